/** What lies between a moment of the record and now. */
import { average, standings } from '#barometer/standing.ts';
import type { Board } from '#board/board.ts';
import type { HistoryEntry } from '../../../server/history/history.ts';
import type { HistoryEvent } from './board-event.ts';
import { boardOfRecord, recordedBoard } from './recorded-board.ts';
import { unfold } from './unfold.ts';

/** Those after the entry `seq`, newest first; null when `entries` does not reach back to it. */
export function entriesSince(entries: readonly HistoryEntry[], seq: number): HistoryEntry[] | null {
	const place = entries.findIndex((entry) => entry.seq <= seq);
	return place < 0 ? null : entries.slice(0, place);
}

/**
 * The board, without words, as it was before `since`, which led to `board`. Null when that cannot be
 * said: the record begins anew in between, or the board and the record are not of the same moment,
 * which shows when the reading would not be `value`, as it was recorded.
 */
export function boardBefore(
	since: readonly HistoryEntry[],
	board: Board,
	value: number | null
): Board | null {
	const recorded = unfold(since.map(eventOf), recordedBoard(board));
	if (recorded === null) return null;
	const columns = new Set(recorded.columns.map(({ id }) => id));
	if (!recorded.cards.every(({ column }) => columns.has(column))) return null;
	const before = boardOfRecord(recorded);
	const then = average(standings(before));
	const isSame = then === null || value === null ? then === value : near(then, value);
	return isSame ? before : null;
}

/** An entry names what it is about; an event has its id alone. */
function eventOf({ kind, subject, was, became }: HistoryEntry): HistoryEvent {
	return { kind, subject: subject?.id ?? null, was, became } as HistoryEvent;
}

/** Points: sums in another order round otherwise. */
function near(one: number, other: number): boolean {
	return Math.abs(one - other) < 1e-6;
}
