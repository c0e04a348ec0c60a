import { describe, expect, it } from 'vitest';
import type { HistoryEntry } from '../../../server/history/history.ts';
import type { HistoryKind } from './board-event.ts';
import { isAsserted, sentenceOf, whoOf } from './history-words.ts';

const entry = (kind: HistoryKind, fields: Partial<HistoryEntry> = {}): HistoryEntry => ({
	seq: 1,
	at: '2026-01-01T12:00:00.000Z',
	kind,
	by: { id: 'ann', name: 'Ann', colour: 0 },
	subject: { id: 'a', title: 'Trust' },
	was: null,
	became: null,
	from: null,
	to: null,
	reason: null,
	source: null,
	sourceUrl: null,
	reading: { formula: 1, value: 0, low: -1, high: 1, word: 'Stalemate', coverage: 1 },
	mayArgue: false,
	...fields
});

const column = (score: number) => ({ id: 'a', label: 'Thaw', score });

describe('the record in words', () => {
	it.each<[HistoryEntry, string]>([
		[entry('card.moved', { from: 'Tension', to: 'Easing' }), 'moved Trust from Tension to Easing.'],
		[
			entry('card.moved', { from: null, to: 'Easing', subject: { id: 'a', title: null } }),
			'moved a parameter that is gone from a column that is gone to Easing.'
		],
		[
			entry('card.weighed', { was: { weight: 1 }, became: { weight: 3 } }),
			'changed the weight of Trust from 1 to 3.'
		],
		[
			entry('card.confidence', { was: { confidence: null }, became: { confidence: 'low' } }),
			'changed the confidence in Trust from not set to low.'
		],
		[entry('column', { became: column(25) }), 'added the column “Thaw” at +25.'],
		[entry('column', { was: column(-25) }), 'removed the column “Thaw” at −25.'],
		[
			entry('column', { was: column(0), became: column(25) }),
			'changed the column “Thaw” at 0 to “Thaw” at +25.'
		],
		[
			entry('checkpoint', { subject: null, became: { name: 'Noon' } }),
			'set the checkpoint “Noon”.'
		],
		[
			entry('card.added', { subject: { id: 'a', title: '' }, to: 'Easing' }),
			'added Untitled to Easing.'
		]
	])('%#', (told, sentence) => expect(sentenceOf(told)).toBe(sentence));

	it('names who did it, nobody for what follows of itself, and somebody for the erased', () => {
		expect(whoOf(entry('card.moved'))).toBe('Ann');
		expect(whoOf(entry('card.shifted'))).toBeNull();
		expect(whoOf(entry('card.moved', { by: null }))).toBe('Somebody who is no longer known');
	});

	it('calls a move without a reason asserted, and nothing else', () => {
		expect(isAsserted(entry('card.moved'))).toBe(true);
		expect(isAsserted(entry('card.moved', { reason: 'They signed.' }))).toBe(false);
		expect(isAsserted(entry('card.weighed'))).toBe(false);
	});
});
