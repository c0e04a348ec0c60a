/** A round as one person sees it: their own answers, and after the reveal what the others said. */
import { isOutlier } from '#rounds/outcome.ts';
import type { OwnRound, PlacementView, RoundReason, RoundState } from '#rounds/round-state.ts';
import type { Database } from '../database/database.ts';
import { findNames } from '../history/people-names.ts';
import { columnsOf, findOwn, findRound, stateOf } from './round.repository.ts';
import type { Round } from './round.table.ts';
import { toldAnswers } from './told-answers.ts';

export async function ownRound(db: Database, round: Round, personId: string): Promise<OwnRound> {
	const state = await stateOf(db, round);
	const mine = await findOwn(db, round.id, personId);
	return {
		...state,
		mine,
		farOut: farOutOf(state, mine),
		reasons: await reasonsOf(db, round, state),
		earlier: await earlierOf(db, round, personId)
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
	{ room_id, repeats }: Round,
	personId: string
): Promise<OwnRound['earlier']> {
	const round = repeats === null ? undefined : await findRound(db, room_id, repeats);
	if (round === undefined) return null;
	const { cards } = await stateOf(db, round);
	return { columns: columnsOf(round) ?? [], cards, mine: await findOwn(db, round.id, personId) };
}
