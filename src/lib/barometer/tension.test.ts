import { expect, test } from 'vitest';
import type { Card } from '#board/board.ts';
import { board, card } from './board.fixture.ts';
import { standings } from './standing.ts';
import { tension } from './tension.ts';

const of = (...cards: Card[]) => tension(standings(board(cards)));

test('two boards that both read 0: one calm, one torn', () => {
	expect(of(card('a', 0), card('b', 0))).toEqual({ value: 0, word: 'calm' });
	expect(of(card('a', -100), card('b', 100))).toEqual({ value: 100, word: 'torn' });
});

test('a column to either side is mixed', () => {
	// sqrt(1/2 * 50^2 + 1/2 * 50^2) = 50
	expect(of(card('a', -50), card('b', 50))).toEqual({ value: 50, word: 'mixed' });
});

test('at half a column it is no longer calm', () => {
	// Mean 25, each 25 away.
	expect(of(card('a', 0), card('b', 50))).toEqual({ value: 25, word: 'mixed' });
});

test('weighs the cards', () => {
	// Mean 1/5 * 100 = 20; 4/5 * 20^2 + 1/5 * 80^2 = 1600.
	const calmer = of(card('a', 0, { weight: 4 }), card('b', 100), card('w', -100, { weight: 0 }));
	expect(calmer?.value).toBeCloseTo(40, 9);
});
