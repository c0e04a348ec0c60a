import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countedBoards } from './board.arbitrary.ts';
import { board, card } from './board.fixture.ts';
import { fragility } from './fragility.ts';
import { average, counted, standings } from './standing.ts';

test('names the card whose absence changes the reading most', () => {
	// B = (100 + 50 - 50 + 0)/4 = 25. Without a: 0, 25 less; without c: 50, 25 more; the others
	// 50/3 and 100/3: -8.3 and +8.3. Of a and c the first by id.
	const all = standings(board([card('d', 0), card('c', -50), card('b', 50), card('a', 100)]));
	expect(fragility(all)?.card).toBe('a');
	expect(fragility(all)?.change).toBeCloseTo(-25, 9);
});

test('needs two cards that count', () => {
	const watched = card('b', -50, { weight: 0 });
	expect(fragility(standings(board([card('a', 50), watched])))).toBeNull();
	expect(fragility(standings(board([watched])))).toBeNull();
});

test('is 0 with all cards in one place', () => {
	expect(fragility(standings(board([card('b', 50), card('a', 50)])))?.change).toBe(0);
});

test('is what leaving each card out in turn finds', () => {
	fc.assert(
		fc.property(countedBoards, (one) => {
			const cards = counted(standings(one));
			fc.pre(cards.length > 1);
			const mean = average(cards) ?? NaN;
			const changes = cards.map((left) => {
				return Math.abs((average(cards.filter((other) => other !== left)) ?? NaN) - mean);
			});
			const found = fragility(cards);
			expect(Math.abs(found?.change ?? NaN)).toBeCloseTo(Math.max(...changes), 9);
		})
	);
});
