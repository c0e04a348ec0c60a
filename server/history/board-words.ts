/** What the things on a board are called, for the record, which knows their ids alone. */
import type * as Y from 'yjs';
import { root } from '#board/document.ts';
import { LABEL_LENGTH } from '#board/limits.ts';
import { readBoard } from '#board/read-board.ts';
import { readText } from '#board/values.ts';

/** By id. */
export interface BoardWords {
	title: string;
	cards: Map<string, string>;
	/** Those that were removed among them. */
	columns: Map<string, string>;
	themes: Map<string, string>;
}

/** As they are now. */
export function wordsOf(doc: Y.Doc): BoardWords {
	const { title, cards, archived } = readBoard(doc);
	return {
		title,
		cards: new Map([...cards, ...archived].map((card) => [card.id, card.title])),
		columns: labelsIn(doc, 'columns'),
		themes: labelsIn(doc, 'themes')
	};
}

function labelsIn(doc: Y.Doc, name: 'columns' | 'themes'): Map<string, string> {
	const labels = new Map<string, string>();
	for (const id of root(doc, name)?.keys() ?? []) {
		const fields = root(doc, name)?.get(id) as { get?(key: string): unknown } | undefined;
		labels.set(id, readText(fields?.get?.('label'), LABEL_LENGTH));
	}
	return labels;
}
