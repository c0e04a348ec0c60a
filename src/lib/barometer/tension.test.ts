import { expect, test } from 'vitest';
import type { Card } from '#board/board.ts';
import { board, card, columnsAt } from './board.fixture.ts';
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

test('two halves of a board give one word, however many cards they have', () => {
	for (let count = 1; count <= 20; count++) {
		const ids = Array.from({ length: count }, (_, i) => i);
		const halves = ids.flatMap((i) => [card(`a${i}`, 0), card(`b${i}`, 50)]);
		expect(of(...halves), `${count} cards in each`).toEqual({ value: 25, word: 'mixed' });
	}
});

test('is torn from 60 on, where the weight gathers at the ends', () => {
	const apart = (points: number) => {
		const columns = columnsAt(-points, points);
		return tension(standings(board([card('a', -points), card('b', points)], { columns })));
	};
	expect(apart(59.9)?.word).toBe('mixed');
	expect(apart(60)).toEqual({ value: 60, word: 'torn' });
});

test('weighs the cards', () => {
	// Mean 1/5 * 100 = 20; 4/5 * 20^2 + 1/5 * 80^2 = 1600.
	const calmer = of(card('a', 0, { weight: 4 }), card('b', 100), card('w', -100, { weight: 0 }));
	expect(calmer?.value).toBeCloseTo(40, 9);
});
