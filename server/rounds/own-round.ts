/** A round as one person sees it: their own answers, and after the reveal what the others said. */
import { isOutlier } from '#rounds/outcome.ts';
import type { OwnRound, PlacementView, RoundReason, RoundState } from '#rounds/round-state.ts';
import type { Database } from '../database/database.ts';
import { findNames } from '../history/people-names.ts';
import { columnsOf, findOwn, findPlacements, findRound, stateOf } from './round.repository.ts';
import type { Round } from './round.table.ts';

export async function ownRound(db: Database, round: Round, personId: string): Promise<OwnRound> {
	const state = await stateOf(db, round);
	const mine = await findOwn(db, round.id, personId);
	return {
		...state,
		mine,
		farOut: farOutOf(state, mine),
		reasons: state.columns === null ? [] : await reasonsOf(db, round, state),
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

/** Of cards whose outcome is shown. Without names there are only reasons, and nothing ties two together. */
async function reasonsOf(
	db: Database,
	round: Round,
	{ columns, cards, isNamed }: RoundState
): Promise<RoundReason[]> {
	const shown = new Set(cards.filter(({ outcome }) => outcome !== null).map(({ id }) => id));
	const placements = await findPlacements(db, round.id);
	const told = placements.filter(
		({ card_id, reason }) => shown.has(card_id) && (isNamed || reason !== null)
	);
	const names = isNamed ? await findNames(db, round.room_id, told) : undefined;
	const place = (id: string) => columns?.findIndex((column) => column.id === id) ?? -1;
	return told
		.sort((a, b) => place(a.column_id) - place(b.column_id))
		.map(({ card_id, column_id, confidence, reason, person_id }) => ({
			card: card_id,
			column: column_id,
			confidence,
			reason,
			by: names?.get(person_id ?? '')?.name ?? null
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
