import fc from 'fast-check';
import { expect, test } from 'vitest';
import { board, card, columnsAt } from './board.fixture.ts';
import { average, standings } from './standing.ts';

test('a card has its share of the weight and the score of its column', () => {
	const all = standings(
		board([card('b', 100, { weight: 3 }), card('a', -50), card('w', 0, { weight: 0 })])
	);
	expect(all.map(({ card, share, position }) => [card.id, share, position])).toEqual([
		['a', 0.25, -50],
		['b', 0.75, 100],
		['w', 0, 0]
	]);
});

test('shares are all 0 when nothing counts', () => {
	const watched = standings(board([card('a', 50, { weight: 0 }), card('b', 0, { weight: 0 })]));
	expect(watched.map(({ share }) => share)).toEqual([0, 0]);
	expect(average(watched)).toBeNull();
});

test('a card that stands in no column of the board is a bug', () => {
	expect(() => standings(board([card('a', 7)]))).toThrow('a stands in no column');
});

test('the average of some cards takes no notice of the others', () => {
	// a and b alone: (1 * 0 + 3 * 100) / 4.
	const all = standings(board([card('a', 0), card('b', 100, { weight: 3 }), card('c', -100)]));
	expect(average(all.slice(0, 2))).toBe(75);
});

test('whole weights and scores are rounded once, so that a midpoint is met exactly', () => {
	const scores = [-100, -50, 0, 30, 100];
	const one = fc.record({
		score: fc.constantFrom(...scores),
		weight: fc.integer({ min: 1, max: 5 })
	});
	fc.assert(
		fc.property(fc.array(one, { minLength: 1, maxLength: 12 }), (list) => {
			const cards = list.map(({ score, weight }, i) => card(`${i}`, score, { weight }));
			// Both sums are whole numbers, so this is the nearest number that there is.
			const total = list.reduce((sum, { score, weight }) => sum + weight * score, 0);
			const weight = list.reduce((sum, { weight }) => sum + weight, 0);
			const all = standings(board(cards, { columns: columnsAt(...scores) }));
			expect((average(all) ?? NaN) - total / weight).toBe(0);
		})
	);
});
