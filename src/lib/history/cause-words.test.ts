import { expect, it } from 'vitest';
import type { HistoryEntry } from '../../../server/history/history.ts';
import { causeWords } from './cause-words.ts';

const words = (entry: Partial<HistoryEntry>) => {
	const { title, what } = causeWords({
		...{ subject: { id: 'a', title: 'Extradition' }, from: null, to: null, was: null },
		...{ became: null, ...entry }
	} as HistoryEntry);
	return `${title}: ${what}`;
};

it('says from where to where a card moved', () => {
	expect(words({ kind: 'card.moved', from: 'Tension', to: 'Easing' })).toBe(
		'Extradition: Tension to Easing'
	);
	expect(words({ kind: 'card.shifted', from: null, to: 'Easing' })).toBe(
		'Extradition: a column that is gone to Easing'
	);
});

it('says what else became of a card', () => {
	expect(words({ kind: 'card.added', to: 'Easing' })).toBe('Extradition: added to Easing');
	expect(words({ kind: 'card.weighed', was: { weight: 2 }, became: { weight: 5 } })).toBe(
		'Extradition: weight 2 to 5'
	);
	expect(words({ kind: 'card.archived' })).toBe('Extradition: taken off the board');
	expect(words({ kind: 'card.restored' })).toBe('Extradition: back on the board');
	expect(words({ kind: 'card.gone', subject: { id: 'a', title: null } })).toBe(
		'A parameter that is gone: taken off the board'
	);
	expect(words({ kind: 'card.moved', subject: { id: 'a', title: '' }, from: 'A', to: 'B' })).toBe(
		'Untitled: A to B'
	);
});

it('says what became of a column', () => {
	const column = { label: 'Thaw', score: 60 };
	expect(words({ kind: 'column', was: null, became: column })).toBe('Column “Thaw”: added');
	expect(words({ kind: 'column', was: column, became: null })).toBe('Column “Thaw”: removed');
	expect(words({ kind: 'column', was: column, became: column })).toBe('Column “Thaw”: changed');
});
