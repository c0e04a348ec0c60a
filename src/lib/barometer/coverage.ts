/** How much of the weight was looked at recently. */
import { ageInDays } from './age.ts';
import { sum } from './arithmetic.ts';
import type { Standing } from './standing.ts';

/** Days within which a review counts as recent, unless the room says otherwise. */
export const REVIEW_WINDOW_DAYS = 30;

/** Whether a card's last review is out of the window; never reviewed is out, the last day is in. */
export function isOverdue(ageDays: number | null, windowDays: number): boolean {
	return ageDays === null || ageDays > windowDays;
}

/**
 * Share of the weight reviewed within `windowDays` before `moment` (Unix milliseconds), 0 to 1.
 * 0 when no card counts: of no weight, none was reviewed, and nothing may be read from it. Taken
 * from the weights rather than the shares, so that half of whole weights is exactly a half.
 */
export function coverage(all: readonly Standing[], moment: number, windowDays: number): number {
	const weight = sum(all, ({ card }) => card.weight);
	const recent = all.filter(({ card }) => !isOverdue(ageInDays(card.reviewed, moment), windowDays));
	return weight > 0 ? sum(recent, ({ card }) => card.weight) / weight : 0;
}
