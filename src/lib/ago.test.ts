import { expect, it } from 'vitest';
import { ago, dayOf } from './ago.ts';

it.each([
	['2026-03-01T12:00:00Z', 'just now'],
	['2026-03-01T11:00:01Z', 'just now'],
	['2026-03-01T11:00:00Z', '1 hour ago'],
	['2026-02-28T13:00:00Z', '23 hours ago'],
	['2026-02-27T12:00:00Z', '2 days ago'],
	['2026-01-20T12:00:00Z', '1 month ago'],
	['2023-03-01T12:00:00Z', '3 years ago'],
	['2026-03-01T12:30:00Z', 'just now']
])('%s is %s', (then, words) => {
	expect(ago(then, '2026-03-01T12:00:00Z')).toBe(words);
});

it('a day has its date', () => {
	expect(dayOf('2026-03-01T23:59:59Z')).toBe('1 Mar 2026');
});
