import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boardPairs, countedBoards } from './board.arbitrary.ts';
import { board, card } from './board.fixture.ts';
import { change } from './change.ts';
import { effect } from './effect.ts';

describe('worked examples', () => {
	test('a card that moves and gains weight', () => {
		// B0 = (0 + 100)/2 = 50; B1 = 3/4 * 50 + 1/4 * 100 = 62.5; midpoint 56.25.
		// a: moved (1/2 + 3/4)/2 * 50 = 31.25; reweighted (25 - 56.25) * 1/4 = -7.8125.
		// b: moved 0; reweighted (100 - 56.25) * -1/4 = -10.9375. In all 12.5.
		const before = board([card('a', 0), card('b', 100)]);
		const after = board([card('a', 50, { weight: 3, title: 'Renamed' }), card('b', 100)]);
		expect(change(before, after)).toEqual({
			from: 50,
			to: 62.5,
			total: 12.5,
			parts: [
				{ card: 'a', title: 'Renamed', moved: 31.25, reweighted: -7.8125, kind: 'both' },
				{ card: 'b', title: 'Title b', moved: 0, reweighted: -10.9375, kind: 'both' }
			]
		});
	});

	test('a card that is added, and removed again', () => {
		// B0 = 0, B1 = 50, midpoint 25. c: (100 - 25) * 1/2 = 37.5; a: (0 - 25) * -1/2 = 12.5.
		const few = board([card('a', 0)]);
		const more = board([card('a', 0), card('c', 100)]);
		expect(change(few, more).parts).toMatchObject([
			{ card: 'c', moved: 0, reweighted: 37.5, kind: 'added' },
			{ card: 'a', moved: 0, reweighted: 12.5, kind: 'both' }
		]);
		expect(change(more, few).parts).toMatchObject([
			{ card: 'c', moved: 0, reweighted: -37.5, kind: 'removed' },
			{ card: 'a', moved: 0, reweighted: -12.5, kind: 'both' }
		]);
	});

	test('a watched card that starts to count is on both boards', () => {
		// B0 = 0, B1 = 50, midpoint 25. c: moved (0 + 1/2)/2 * 50 = 12.5; reweighted (75 - 25)/2.
		const before = board([card('a', 0), card('c', 50, { weight: 0 })]);
		const after = board([card('a', 0), card('c', 100)]);
		expect(change(before, after).parts).toMatchObject([
			{ card: 'c', moved: 12.5, reweighted: 25, kind: 'both' },
			{ card: 'a', moved: 0, reweighted: 12.5 }
		]);
	});

	test('one drop moves nobody else', () => {
		const before = board([card('a', 0), card('b', 100)]);
		const after = board([card('a', 50), card('b', 100)]);
		expect(change(before, after).parts).toMatchObject([
			{ card: 'a', moved: 25, reweighted: expect.closeTo(0) }
		]);
		expect(effect(before, after)).toBe(25);
	});

	test('there is no change to tell from or to a board without a reading', () => {
		const none = board([card('a', 0, { weight: 0 })]);
		const some = board([card('a', 50)]);
		expect(change(none, some)).toEqual({ from: null, to: 50, total: null, parts: [] });
		expect(change(some, none)).toEqual({ from: 50, to: null, total: null, parts: [] });
		expect(effect(none, some)).toBeNull();
	});
});

describe('for any two boards', () => {
	test('the parts add up to the change', () => {
		fc.assert(
			fc.property(boardPairs, ([before, after]) => {
				const { from, to, total, parts } = change(before, after);
				const sum = parts.reduce((rest, part) => rest + part.moved + part.reweighted, 0);
				expect(Math.abs(sum - (total ?? NaN))).toBeLessThan(1e-9);
				expect(total).toBe((to ?? NaN) - (from ?? NaN));
				expect(effect(before, after)).toBe(total);
			})
		);
	});

	test('swapping them flips every sign', () => {
		const signs = new Map([
			['both', 'both'],
			['added', 'removed'],
			['removed', 'added']
		]);
		fc.assert(
			fc.property(boardPairs, ([before, after]) => {
				const there = new Map(change(before, after).parts.map((part) => [part.card, part]));
				const back = change(after, before).parts;
				expect(back).toHaveLength(there.size);
				for (const part of back) {
					const other = there.get(part.card);
					expect(part.moved + (other?.moved ?? NaN)).toBeCloseTo(0, 12);
					expect(part.reweighted + (other?.reweighted ?? NaN)).toBeCloseTo(0, 12);
					expect(other?.kind).toBe(signs.get(part.kind));
				}
			})
		);
	});

	test('between a board and itself there is nothing', () => {
		fc.assert(
			fc.property(countedBoards, (one) => {
				expect(change(one, one)).toMatchObject({ total: 0, parts: [] });
			})
		);
	});

	test('parts come largest first, a card once', () => {
		fc.assert(
			fc.property(boardPairs, ([before, after]) => {
				const { parts } = change(before, after);
				const sizes = parts.map((part) => Math.abs(part.moved + part.reweighted));
				expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
				expect(new Set(parts.map((part) => part.card)).size).toBe(parts.length);
			})
		);
	});
});
