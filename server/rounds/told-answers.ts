/** Which answers of a round everybody may be told: none before its reveal. */
import type { RoundState } from '#rounds/round-state.ts';
import type { Database } from '../database/database.ts';
import { findTold } from './round.repository.ts';
import type { Placement, Round } from './round.table.ts';

/**
 * Of cards whose outcome is shown, in the order of the scale: in a named round all of them, else
 * only reasons, without persons, and nothing ties two together.
 */
export async function toldAnswers(
	db: Database,
	round: Round,
	{ columns, cards, isNamed }: RoundState
): Promise<Omit<Placement, 'id'>[]> {
	const shown = new Set(cards.filter(({ outcome }) => outcome !== null).map(({ id }) => id));
	if (columns === null || shown.size === 0) return [];
	const place = (id: string) => columns.findIndex((column) => column.id === id);
	return (await findTold(db, round))
		.filter(({ card_id }) => shown.has(card_id))
		.sort((a, b) => place(a.column_id) - place(b.column_id))
		.map(({ id: _, ...answer }) => ({
			...answer,
			person_id: isNamed ? answer.person_id : null
		}));
}
