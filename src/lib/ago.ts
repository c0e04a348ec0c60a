/** Times in words, as lists of rooms say them. English, UTC: the server and the page say the same. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const longDate = new Intl.DateTimeFormat('en-GB', {
	day: 'numeric',
	month: 'long',
	year: 'numeric',
	timeZone: 'UTC'
});

/** "just now", "5 minutes ago", "yesterday", "3 weeks ago", then the day. What lies ahead is now. */
export function ago(iso: string, now: string): string {
	const past = Math.max(0, Date.parse(now) - Date.parse(iso));
	if (past < MINUTE) return 'just now';
	if (past < HOUR) return relative.format(-Math.floor(past / MINUTE), 'minute');
	if (past < DAY) return relative.format(-Math.floor(past / HOUR), 'hour');
	const days = Math.floor(past / DAY);
	if (days < 14) return relative.format(-days, 'day');
	if (days < 60) return relative.format(-Math.floor(days / 7), 'week');
	return `on ${dayOf(iso)}`;
}

/** "in 12 days", "tomorrow", "today": rounded up, for something that ends. */
export function ahead(iso: string, now: string): string {
	const days = Math.ceil((Date.parse(iso) - Date.parse(now)) / DAY);
	return relative.format(Math.max(0, days), 'day');
}

/** "24 November 2026", of a time or a day. */
export function dayOf(iso: string): string {
	return longDate.format(new Date(iso));
}
