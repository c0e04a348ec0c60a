/** A round as one person sees it: their own answers, and after the reveal what the others said. */
import { isOutlier } from '#rounds/outcome.ts';
import type { OwnRound, PlacementView, RoundReason, RoundState } from '#rounds/round-state.ts';
import type { Database } from '../database/database.ts';
import { findNames } from '../history/people-names.ts';
import { columnsOf, findOwn, findRound, stateOf } from './round.repository.ts';
import type { Round } from './round.table.ts';
import { toldAnswers } from './told-answers.ts';

/** What everybody sees alike of a round. */
export interface ShownRound {
	state: RoundState;
	reasons: RoundReason[];
	/** The round that it repeats, and what it showed. */
	earlier: (Pick<NonNullable<OwnRound['earlier']>, 'columns' | 'cards'> & { id: string }) | null;
}

/** Undefined for a round that is none of the room's. */
export async function findShown(
	db: Database,
	roomId: string,
	roundId: string
): Promise<ShownRound | undefined> {
	const round = await findRound(db, roomId, roundId);
	if (round === undefined) return undefined;
	const state = await stateOf(db, round);
	return {
		state,
		reasons: await reasonsOf(db, round, state),
		earlier: await earlierOf(db, round)
	};
}

export async function ownRound(
	db: Database,
	{ state, reasons, earlier }: ShownRound,
	personId: string
): Promise<OwnRound> {
	const mine = await findOwn(db, state.id, personId);
	return {
		...state,
		mine,
		farOut: farOutOf(state, mine),
		reasons,
		earlier: earlier && {
			columns: earlier.columns,
			cards: earlier.cards,
			mine: await findOwn(db, earlier.id, personId)
		}
	};
}

/** A column that was removed between an answer and the reveal is none of the scale's. */
function farOutOf({ columns, cards }: RoundState, mine: Record<string, PlacementView>): string[] {
	return cards.flatMap(({ id, outcome }) => {
		const place = columns?.findIndex((column) => column.id === mine[id]?.column) ?? -1;
		return outcome !== null && place >= 0 && isOutlier(outcome, place) ? [id] : [];
	});
}

async function reasonsOf(db: Database, round: Round, state: RoundState): Promise<RoundReason[]> {
	const told = await toldAnswers(db, round, state);
	const names = await findNames(db, round.room_id, told);
	return told.map(({ card_id, column_id, confidence, reason, person_id }) => ({
		card: card_id,
		column: column_id,
		confidence,
		reason,
		by: names.get(person_id ?? '')?.name ?? null
	}));
}

async function earlierOf(
	db: Database,
	{ room_id, repeats }: Round
): Promise<ShownRound['earlier']> {
	const round = repeats === null ? undefined : await findRound(db, room_id, repeats);
	if (round === undefined) return null;
	const { cards } = await stateOf(db, round);
	return { id: round.id, columns: columnsOf(round) ?? [], cards };
}
