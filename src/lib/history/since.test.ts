import { expect, it } from 'vitest';
import { AT, board, card } from '#barometer/board.fixture.ts';
import { change } from '#barometer/change.ts';
import { reading } from '#barometer/reading.ts';
import type { HistoryEntry } from '../../../server/history/history.ts';
import type { HistoryEvent } from './board-event.ts';
import { changesBetween } from './changes-between.ts';
import { recordedBoard } from './recorded-board.ts';
import { boardBefore, entriesSince } from './since.ts';

const then = board([card('a', -100), card('b', 0, { weight: 3 })]);
const now = board([card('a', 50), card('b', 0, { weight: 3 }), card('c', 100)]);
const value = reading(then, AT).value;

/** Of what was done, newest first; the checkpoint is number 10. */
const record = (...events: HistoryEvent[]): HistoryEntry[] =>
	[{ kind: 'checkpoint', subject: null, was: null, became: { name: 'Then' } }, ...events]
		.map((event, place) => {
			const subject = event.subject === null ? null : { id: event.subject, title: 'Title' };
			return { ...event, subject, seq: 10 + place } as HistoryEntry;
		})
		.toReversed();

const done = record(...changesBetween(recordedBoard(then), recordedBoard(now)));

it('gives what happened after a moment, the newest first', () => {
	expect(entriesSince(done, 10)?.map(({ seq }) => seq)).toEqual([12, 11]);
	expect(entriesSince(done, 12)).toEqual([]);
	expect(entriesSince(done, 9)).toBeNull();
});

it('gives the board as it was, so that what moved the needle since can be told', () => {
	const before = boardBefore(entriesSince(done, 10)!, now, value)!;
	expect(change(before, now).parts).toEqual(change(then, now).parts);
	expect(change(before, now).from).toBe(value);
});

it('gives none where the board is ahead of the record', () => {
	const ahead = board([card('a', 50), card('b', 100, { weight: 3 }), card('c', 100)]);
	expect(boardBefore(entriesSince(done, 10)!, ahead, value)).toBeNull();
	expect(boardBefore(entriesSince(done, 10)!, now, null)).toBeNull();
});

it('gives none across a place where the record begins anew', () => {
	const anew = { kind: 'board', subject: null, was: null, became: null };
	const broken = [...entriesSince(done, 10)!, anew as unknown as HistoryEntry];
	expect(boardBefore(broken, now, value)).toBeNull();
});
