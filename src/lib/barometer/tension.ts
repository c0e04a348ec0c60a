/** How far the cards stand apart: two boards can both read 0, one calm, one torn. */
import { sum } from './arithmetic.ts';
import { average } from './standing.ts';
import type { Standing } from './standing.ts';

export type TensionWord = 'calm' | 'mixed' | 'torn';

export interface Tension {
	/** Weighted standard deviation of the positions, in points: 0 to 100. */
	value: number;
	word: TensionWord;
}

/** Points. Half a step of the five-column scale: the typical card stands under the board's word. */
export const CALM_BELOW = 25;

/**
 * Points. Just above what weight spread evenly over the whole scale shows (100 / sqrt(3) = 57.7):
 * from here on the weight gathers at the ends.
 */
export const TORN_FROM = 60;

/**
 * `sqrt(sum(share_i * (v_i - B)^2))` and its word, or null when no card counts. Taken from the
 * weights rather than the shares, so that two halves of a board give one word however many cards
 * they have.
 */
export function tension(all: readonly Standing[]): Tension | null {
	const mean = average(all);
	if (mean === null) return null;
	const weight = sum(all, ({ card }) => card.weight);
	const squares = sum(all, ({ card, position }) => card.weight * (position - mean) ** 2);
	const value = Math.sqrt(squares / weight);
	return { value, word: wordOf(value) };
}

function wordOf(value: number): TensionWord {
	if (value < CALM_BELOW) return 'calm';
	return value < TORN_FROM ? 'mixed' : 'torn';
}
