/** The one card that the reading hangs on most: each is left out once. */
import { byMagnitude } from './arithmetic.ts';
import { average, counted } from './standing.ts';
import type { Standing } from './standing.ts';

export interface Fragility {
	/** Id of the card. */
	card: string;
	/** Points by which the reading would change without it, with sign. */
	change: number;
}

/**
 * The card whose absence would change the reading most, ties by card id; null when fewer than two
 * cards count, since without the only one there is no reading to compare. With all cards in one
 * place the change is 0.
 */
export function fragility(all: readonly Standing[]): Fragility | null {
	const cards = counted(all);
	const mean = average(cards);
	if (mean === null || cards.length < 2) return null;
	const changes = cards.map((one) => {
		return { card: one.card.id, change: changeWithout(one, cards, mean) };
	});
	return changes.sort(byMagnitude(({ change }) => change))[0] ?? null;
}

/**
 * From `B = share_i * v_i + (1 - share_i) * B_without` follows
 * `B_without - B = share_i * (B - v_i) / (1 - share_i)`: no second pass over the cards. Only a card
 * with more than half of the weight gets one, since `1 - share_i` may lose all its digits there.
 */
function changeWithout(one: Standing, cards: readonly Standing[], mean: number): number {
	if (one.share <= 0.5) return (one.share * (mean - one.position)) / (1 - one.share);
	return (average(cards.filter((other) => other !== one)) ?? mean) - mean;
}
