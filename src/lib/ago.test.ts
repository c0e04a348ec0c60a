import { expect, it } from 'vitest';
import { ago, ahead, dayOf } from './ago.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const before = (ms: number) => new Date(Date.parse(NOW) - ms).toISOString();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

it.each([
	[-5 * MINUTE, 'just now'],
	[59_999, 'just now'],
	[MINUTE, '1 minute ago'],
	[59 * MINUTE, '59 minutes ago'],
	[60 * MINUTE, '1 hour ago'],
	[DAY - 1, '23 hours ago'],
	[DAY, 'yesterday'],
	[13 * DAY, '13 days ago'],
	[14 * DAY, '2 weeks ago'],
	[59 * DAY, '8 weeks ago'],
	[60 * DAY, 'on 26 September 2026']
])('%i ms earlier is "%s"', (ms, words) => {
	expect(ago(before(ms), NOW)).toBe(words);
});

it.each([
	[-30 * DAY, 'in 30 days'],
	[-DAY - 1, 'in 2 days'],
	[-DAY, 'tomorrow'],
	[-1, 'tomorrow'],
	[0, 'today'],
	[DAY, 'today']
])('what ends %i ms earlier ends "%s"', (ms, words) => {
	expect(ahead(before(ms), NOW)).toBe(words);
});

it('a day is named', () => {
	expect(dayOf('2026-06-03')).toBe('3 June 2026');
});
