/** What moved the needle, in the fewest words: what it was, and what became of it. Without names. */
import type { Column } from '#board/board.ts';
import type { HistoryEntry } from '../../../server/history/history.ts';
import type { CardPatch } from './board-event.ts';

export interface CauseWords {
	/** Title of the card, or what else it was. */
	title: string;
	/** Such as "Stalemate to Easing". */
	what: string;
}

export function causeWords(entry: HistoryEntry): CauseWords {
	if (entry.kind === 'column') return columnWords(entry);
	const title = entry.subject?.title ?? 'A parameter that is gone';
	return { title: title || 'Untitled', what: whatOf(entry) };
}

function whatOf({ kind, from, to, was, became }: HistoryEntry): string {
	switch (kind) {
		case 'card.moved':
		case 'card.shifted':
			return `${from ?? 'a column that is gone'} to ${to ?? 'a column that is gone'}`;
		case 'card.added':
			return to === null ? 'added' : `added to ${to}`;
		case 'card.weighed':
			return `weight ${weightOf(was)} to ${weightOf(became)}`;
		case 'card.restored':
			return 'back on the board';
		case 'card.archived':
		case 'card.gone':
			return 'taken off the board';
		default:
			return 'changed';
	}
}

function columnWords({ was, became }: HistoryEntry): CauseWords {
	const [before, after] = [was as Column | null, became as Column | null];
	const label = (after ?? before)?.label ?? '';
	const what = before === null ? 'added' : after === null ? 'removed' : 'changed';
	return { title: `Column “${label}”`, what };
}

function weightOf(patch: unknown): string {
	return String((patch as CardPatch | null)?.weight ?? '');
}
