/**
 * What is recorded of a board: all that its reading depends on, and nothing of its texts. Words
 * (titles, notes, the question, signposts) and the order within a column live in the document only.
 */
import type { Board, Card, Column, Theme } from '#board/board.ts';
import { compareText } from '#board/values.ts';

export type RecordedCard = Pick<
	Card,
	'id' | 'column' | 'weight' | 'confidence' | 'theme' | 'reviewed' | 'spread' | 'evidence'
> & {
	/** In the trash. */
	archived: boolean;
};

export interface RecordedBoard {
	/** By score, then id. */
	columns: Column[];
	/** By tone, then id. */
	themes: Theme[];
	/** By id, those in the trash among them. */
	cards: RecordedCard[];
}

export const NO_BOARD: RecordedBoard = { columns: [], themes: [], cards: [] };

export function recordedBoard({ columns, themes, cards, archived }: Board): RecordedBoard {
	const kept = [
		...cards.map((card) => recordedCard(card, false)),
		...archived.map((card) => recordedCard(card, true))
	];
	return { columns, themes, cards: kept.sort(byId) };
}

export function recordedCard(card: Card, archived: boolean): RecordedCard {
	const { id, column, weight, confidence, theme, reviewed, spread, evidence } = card;
	return { id, column, weight, confidence, theme, reviewed, spread, evidence, archived };
}

/** The same as a board without words, for `reading` and `change`. */
export function boardOfRecord({ columns, themes, cards }: RecordedBoard): Board {
	const worded = (archived: boolean): Card[] =>
		cards.filter((card) => card.archived === archived).map(withoutWords);
	return {
		title: '',
		question: '',
		columns,
		themes,
		cards: worded(false),
		archived: worded(true)
	};
}

function withoutWords({ archived: _, ...card }: RecordedCard): Card {
	return { ...card, title: '', notes: '', rank: '', signposts: { up: '', down: '' } };
}

export function byId(a: { id: string }, b: { id: string }): number {
	return compareText(a.id, b.id);
}
