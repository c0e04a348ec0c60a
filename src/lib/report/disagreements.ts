/** What a workshop leaves unsettled: rounds without consensus, torn cards, evidence that points elsewhere. */
import type { Reading } from '#barometer/reading.ts';
import { exceeds } from '#barometer/arithmetic.ts';
import type { Board } from '#board/board.ts';
import type { RoundCardState, RoundState } from '../rounds/round-state.ts';
import type { Naming } from './naming.ts';
import type { Disagreement } from './report.ts';

/** Points of spread above which people are said to stand far apart: two columns of five, half each, have 25. */
export const SPREAD_ABOVE = 25;

/** At the end: `board` and its `reading`, and the rounds of the workshop, the first one first. */
export function disagreementsIn(
	rounds: readonly RoundState[],
	board: Board,
	{ cards }: Pick<Reading, 'cards'>,
	naming: Naming
): Disagreement[] {
	const last = new Map<string, { round: RoundState; card: RoundCardState }>();
	for (const round of rounds) {
		for (const card of round.cards) if (card.outcome) last.set(card.id, { round, card });
	}
	const onBoard = new Set(board.cards.map(({ id }) => id));
	const unsettled = [...last.values()].flatMap(({ round, card }): Disagreement[] => {
		const { outcome, decision } = card;
		const isOpen = decision === null || decision === 'left';
		if (outcome === null || outcome.hasConsensus || !isOpen || !onBoard.has(card.id)) return [];
		const { number, consensus } = round;
		const { within } = outcome;
		return [{ kind: 'round', card: naming.card(card.id), round: number, within, consensus }];
	});
	const torn = board.cards
		.filter(({ spread }) => exceeds(spread, SPREAD_ABOVE))
		.map(({ id, spread }): Disagreement => ({ kind: 'spread', card: naming.card(id), spread }));
	const scores = new Map(board.columns.map(({ id, score }) => [id, score]));
	const contradicted = board.cards.flatMap(({ id, column }): Disagreement[] => {
		const { lean = null, disagrees = false } = cards.get(id) ?? {};
		if (lean === null || !disagrees) return [];
		return [{ kind: 'evidence', card: naming.card(id), lean, position: scores.get(column) ?? 0 }];
	});
	return [...unsettled, ...torn, ...contradicted];
}
