import { expect, it } from 'vitest';
import type { HistoryEntry } from '../../../server/history/history.ts';
import { FRAMES_MAX, framesOf } from './replay.ts';

const start = { value: 0, word: 'Stalemate' };
/** With these readings, oldest first. */
const after = (...values: (number | null)[]): HistoryEntry[] =>
	values
		.map((value, seq) => ({ seq, reading: { value, word: `at ${value}` } }) as HistoryEntry)
		.toReversed();
const values = (...of: (number | null)[]) =>
	framesOf(start, after(...of)).map(({ value }) => value);

it('goes from the start through every reading to now', () => {
	expect(values(10, 20, 15)).toEqual([0, 10, 20, 15]);
	expect(framesOf(start, after(10))).toMatchObject([
		{ value: 0, word: 'Stalemate', entry: null },
		{ value: 10, word: 'at 10', entry: { seq: 0 } }
	]);
});

it('leaves out what did not move the needle', () => {
	expect(values(0, 10, 10, null, null, 10)).toEqual([0, 10, null, 10]);
	expect(values()).toEqual([0]);
});

it('is thinned out when it would take too long, from the start to now all the same', () => {
	const many = values(...Array.from({ length: 500 }, (_, n) => n + 1));
	expect(many).toHaveLength(FRAMES_MAX);
	expect(many[0]).toBe(0);
	expect(many.at(-1)).toBe(500);
	expect(many).toEqual(many.toSorted((a, b) => a! - b!));
});
