import { expect, it } from 'vitest';
import { outcomeOf } from './outcome.ts';
import { consensusWords, halfWords, medianWords } from './outcome-words.ts';

const columns = ['Conflict', 'Tension', 'Stalemate', 'Easing', 'Cooperation'].map((label, n) => ({
	id: label.toLowerCase(),
	label,
	score: n * 50 - 100
}));
const of = (...counts: number[]) =>
	outcomeOf(
		counts,
		columns.map(({ score }) => score),
		0.75
	)!;

it('says where the middle is, also between two columns', () => {
	expect(medianWords(of(1, 3, 6, 4, 0), columns)).toBe('Stalemate');
	expect(medianWords(of(0, 2, 2, 0, 0), columns)).toBe('Tension to Stalemate');
});

it('says where half of the answers lie, unless that is one column', () => {
	expect(halfWords(of(1, 3, 6, 4, 0), columns)).toBe('Half of them lie from Tension to Easing.');
	expect(halfWords(of(0, 0, 9, 1, 0), columns)).toBeNull();
});

it('says whether that is the consensus that was agreed', () => {
	expect(consensusWords(of(1, 3, 6, 4, 0), 0.75)).toBe(
		'93 % within one column of the middle: consensus'
	);
	expect(consensusWords(of(3, 0, 0, 0, 3), 0.75)).toBe(
		'0 % within one column of the middle: no consensus, which would be 75 %'
	);
});
