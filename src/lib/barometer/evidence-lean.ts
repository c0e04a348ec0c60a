/**
 * Where the dated evidence on a card points, beside where people have placed it. Thin and old
 * evidence leans towards 0, so that one rumour is no direction.
 */
import type { Evidence } from '#board/board.ts';
import { DAY_MS } from './age.ts';
import { exceeds, sum } from './arithmetic.ts';

/**
 * Weight in all below which evidence no longer speaks: one piece of full reliability after 200 days.
 * What has faded that far leans to 0 by the formula, which says nothing about any placement.
 */
export const FADED_BELOW = 0.1;

/** Days after which a piece of evidence weighs half. */
export const EVIDENCE_HALF_LIFE_DAYS = 60;

/** Points between lean and placement, above which the card says that they disagree. */
export const DISAGREEMENT_ABOVE = 50;

/**
 * A date names a day, and the day begins first at UTC+14: evidence of "today" counts at once,
 * wherever the person who enters it sits.
 */
const EARLIEST_DAY_START_MS = 14 * 60 * 60 * 1000;

/**
 * `10 * sum(a_j * g_j) / max(sum(a_j), 1)` with `a_j = p_j * 2^(-age_days / 60)`, in points, -100
 * to +100, at `moment` (Unix milliseconds). Evidence dated after `moment` does not exist yet. null
 * when nothing speaks any more: no evidence, none yet, none reliable, or all of it faded.
 *
 * Source: Goldstein, J. Conflict Resolution 36(2), 1992, for the directions `g_j`; decay with a
 * half-life and shrinkage for thin evidence as forecasting platforms do.
 */
export function evidenceLean(evidence: readonly Evidence[], moment: number): number | null {
	const weighed = evidence.map(({ date, direction, reliability }) => {
		return { direction, weight: reliability * freshness(date, moment) };
	});
	const total = sum(weighed, ({ weight }) => weight);
	if (!(total >= FADED_BELOW)) return null;
	return (10 * sum(weighed, ({ weight, direction }) => weight * direction)) / Math.max(total, 1);
}

/** Whether evidence and placement (both in points) disagree. */
export function disagrees(lean: number | null, position: number): boolean {
	return lean !== null && exceeds(Math.abs(lean - position), DISAGREEMENT_ABOVE);
}

/** 1 on the day, a half after the half-life; 0 for a day that has not begun or cannot be read. */
function freshness(date: string, moment: number): number {
	const day = Date.parse(date);
	if (!(moment >= day - EARLIEST_DAY_START_MS)) return 0;
	const ageDays = Math.max(moment - day, 0) / DAY_MS;
	return 2 ** (-ageDays / EVIDENCE_HALF_LIFE_DAYS);
}
