/** Ages in days (of 24 hours) at a moment in Unix milliseconds. */

export const DAY_MS = 24 * 60 * 60 * 1000;

/** @throws RangeError when `at` is no date. */
export function momentOf(at: Date | string | number): number {
	const moment = new Date(at).getTime();
	if (Number.isNaN(moment)) throw new RangeError(`not a date: ${String(at)}`);
	return moment;
}

/**
 * Days from `time` to `moment`; 0 when `time` lies ahead (a clock was wrong), null when there is
 * no readable time: the age is then unknown.
 */
export function ageInDays(time: string | undefined, moment: number): number | null {
	const then = time === undefined ? NaN : Date.parse(time);
	if (Number.isNaN(then)) return null;
	return Math.max(moment - then, 0) / DAY_MS;
}
