/** Times in words that are true in every time zone. */

const HOUR_MS = 3_600_000;
const STEPS: [unit: Intl.RelativeTimeFormatUnit, ms: number][] = [
	['year', 365 * 24 * HOUR_MS],
	['month', 30 * 24 * HOUR_MS],
	['day', 24 * HOUR_MS],
	['hour', HOUR_MS]
];

const relative = new Intl.RelativeTimeFormat('en');
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** Such as "3 days ago"; what is below an hour is "just now". Both are ISO times. */
export function ago(then: string, now: string): string {
	const passed = Date.parse(now) - Date.parse(then);
	const step = STEPS.find(([, ms]) => passed >= ms);
	if (step === undefined) return 'just now';
	const [unit, ms] = step;
	return relative.format(-Math.floor(passed / ms), unit);
}

/** Such as "3 Mar 2026", in UTC. */
export function dayOf(time: string): string {
	return day.format(new Date(time));
}
