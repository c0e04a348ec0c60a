import { expect, test } from 'vitest';
import { board, card } from './board.fixture.ts';
import { contributions } from './contributions.ts';
import { standings } from './standing.ts';

test('come largest first whatever the sign, ties by id, watched cards left out', () => {
	// Shares 1/4, 1/4, 2/4: +25, −25 and +25 again.
	const all = standings(
		board([
			card('c', 50, { weight: 2 }),
			card('b', -100),
			card('a', 100),
			card('w', 100, { weight: 0 })
		])
	);
	expect(contributions(all).map(({ card, value }) => [card, value])).toEqual([
		['a', 25],
		['b', -25],
		['c', 25]
	]);
});
