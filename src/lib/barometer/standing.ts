/**
 * Where each card stands on the scale and how much of the board's weight it carries. Shares add up
 * to 1, or are all 0 when nothing counts; every other formula starts from them.
 */
import type { Board, Card } from '#board/board.ts';
import { clamp, sum } from './arithmetic.ts';

export interface Standing {
	card: Card;
	/** `share_i = w_i / W`, 0 to 1; 0 for a watched card. */
	share: number;
	/** `v_i`: the score of its column, -100 to +100. */
	position: number;
}

/**
 * A standing for each card of the board, archived ones excepted. In order of id, so that rounding,
 * and with it a word at the very midpoint, doesn't depend on how cards are ranked on screen.
 */
export function standings(board: Board): Standing[] {
	const scores = new Map(board.columns.map(({ id, score }) => [id, score]));
	const cards = board.cards.toSorted((a, b) => (a.id < b.id ? -1 : 1));
	const weight = sum(cards, (card) => card.weight);
	return cards.map((card) => {
		const position = scores.get(card.column);
		if (position === undefined) throw new Error(`card ${card.id} stands in no column`);
		return { card, share: weight > 0 ? card.weight / weight : 0, position };
	});
}

/** Those that carry weight. */
export function counted(all: readonly Standing[]): Standing[] {
	return all.filter(({ share }) => share > 0);
}

/**
 * `B = sum(share_i * v_i)` over the cards given, as if there were no others, in points; null when
 * none carries weight. Never outside the positions of the counted cards, whatever the rounding, and
 * rounded only once where weights and scores are whole numbers: `sum(w_i * v_i) / sum(w_i)`.
 * Source: weighted arithmetic aggregation, OECD/JRC Handbook (2008).
 */
export function average(some: readonly Standing[]): number | null {
	const cards = counted(some);
	if (cards.length === 0) return null;
	const total = sum(cards, ({ card, position }) => card.weight * position);
	const mean = total / sum(cards, ({ card }) => card.weight);
	const positions = cards.map(({ position }) => position);
	return clamp(mean, Math.min(...positions), Math.max(...positions));
}
