import { expect, test } from 'vitest';
import { AT, board, card, daysBefore } from './board.fixture.ts';
import { coverage, isOverdue } from './coverage.ts';
import { standings } from './standing.ts';

const MOMENT = Date.parse(AT);

test('is the share of weight that was reviewed within the window', () => {
	// Of a weight of 8, 3 + 1 are recent.
	const all = standings(
		board([
			card('recent', 0, { weight: 3, reviewed: daysBefore(30) }),
			card('old', 0, { weight: 2, reviewed: daysBefore(30.01) }),
			card('never', 0, { weight: 2, reviewed: undefined }),
			card('ahead', 0, { weight: 1, reviewed: daysBefore(-2) }),
			card('watched', 0, { weight: 0 })
		])
	);
	expect(coverage(all, MOMENT, 30)).toBe(0.5);
});

test('is exactly a half when half of the weight is recent', () => {
	// Seven shares of 1/14 add up to a little less.
	const cards = Array.from({ length: 14 }, (_, i) => {
		return card(`card-${i}`, 0, { reviewed: i < 7 ? AT : undefined });
	});
	expect(coverage(standings(board(cards)), MOMENT, 30)).toBe(0.5);
});

test('is 0 when nothing counts', () => {
	expect(coverage(standings(board([card('a', 0, { weight: 0 })])), MOMENT, 30)).toBe(0);
});

test('a card is overdue when never reviewed or out of the window', () => {
	expect(isOverdue(null, 30)).toBe(true);
	expect(isOverdue(30, 30)).toBe(false);
	expect(isOverdue(30.1, 30)).toBe(true);
});
