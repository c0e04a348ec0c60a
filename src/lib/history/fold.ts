/** The board that a record tells of. */
import type { Evidence } from '#board/board.ts';
import { compareText } from '#board/values.ts';
import type { CardPatch, HistoryEvent } from './board-event.ts';
import { byId, NO_BOARD, type RecordedBoard, type RecordedCard } from './recorded-board.ts';

/** `events` oldest first, from the beginning of the record, or from `start`. */
export function fold(events: Iterable<HistoryEvent>, start = NO_BOARD): RecordedBoard {
	let board = start;
	for (const event of events) board = afterEvent(board, event);
	return board;
}

/** The board after one event more. */
export function afterEvent(board: RecordedBoard, event: HistoryEvent): RecordedBoard {
	switch (event.kind) {
		case 'checkpoint':
		case 'hand':
		case 'workshop':
		case 'step':
		case 'round':
		case 'round.decided':
			return board;
		case 'board':
			return event.became;
		case 'column': {
			const columns = replaced(board.columns, event.subject, event.became);
			return { ...board, columns: columns.sort((a, b) => a.score - b.score || byId(a, b)) };
		}
		case 'theme': {
			const themes = replaced(board.themes, event.subject, event.became);
			return { ...board, themes: themes.sort((a, b) => compareText(a.tone, b.tone) || byId(a, b)) };
		}
		case 'card.added':
		case 'card.gone': {
			const cards = replaced(board.cards, event.subject, event.became);
			return { ...board, cards: cards.sort(byId) };
		}
		default: {
			const { subject, was, became } = event;
			const cards = board.cards.map((card) =>
				card.id === subject ? patched(card, was, became) : card
			);
			return { ...board, cards };
		}
	}
}

function replaced<T extends { id: string }>(list: readonly T[], id: string, by: T | null): T[] {
	const others = list.filter((each) => each.id !== id);
	return by === null ? others : [...others, by];
}

function patched(
	card: RecordedCard,
	{ evidence: earlier }: CardPatch,
	{ evidence: later, ...patch }: CardPatch
): RecordedCard {
	const set = Object.entries(patch).map(([field, value]) => [field, value ?? undefined]);
	const fields = Object.fromEntries(set) as Partial<RecordedCard>;
	const entry = (later ?? earlier)?.id;
	if (entry === undefined) return { ...card, ...fields };
	const evidence = replaced(card.evidence, entry, later ?? null).sort(newestFirst);
	return { ...card, ...fields, evidence };
}

function newestFirst(a: Evidence, b: Evidence): number {
	return compareText(b.date, a.date) || byId(a, b);
}
