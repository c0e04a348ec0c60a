/** The board that a record leads away from: `fold` backwards. */
import type { HistoryEvent } from './board-event.ts';
import { afterEvent } from './fold.ts';
import type { RecordedBoard } from './recorded-board.ts';

/** The board before `events`, which led to `board`; newest first. Null where the record begins anew. */
export function unfold(events: Iterable<HistoryEvent>, board: RecordedBoard): RecordedBoard | null {
	let before = board;
	for (const event of events) {
		if (event.kind === 'board') return null;
		before = afterEvent(before, reversed(event));
	}
	return before;
}

/** What takes an event back: each says what was. */
function reversed({ was, became, ...event }: HistoryEvent): HistoryEvent {
	return { ...event, was: became, became: was } as HistoryEvent;
}
