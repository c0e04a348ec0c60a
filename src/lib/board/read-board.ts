/**
 * The shared document as a plain, valid, bounded board.
 *
 * Never throws and writes nothing, whatever a hostile or older client put into the document. The
 * result depends on the document's content only: equal documents read equally on every machine.
 */

import * as Y from 'yjs';
import { TONES, type Board, type Card, type Theme } from './board.ts';
import { root } from './document.ts';
import { CARDS_MAX, LABEL_LENGTH, QUESTION_LENGTH, THEMES_MAX, TITLE_LENGTH } from './limits.ts';
import { isId } from './new-id.ts';
import { readCard } from './read-card.ts';
import { readColumns } from './read-columns.ts';
import { compareText, readChoice, readText } from './values.ts';

export function readBoard(doc: Y.Doc): Board {
	const meta = root(doc, 'meta');
	const columns = readColumns(doc);
	const themes = readThemes(doc);
	const themeIds = new Set(themes.map((theme) => theme.id));
	const read = ([id, fields]: Entry) => readCard(id, fields, columns, themeIds);
	const { placed, archived } = cardEntries(doc);
	const order = new Map(columns.shown.map((column, index) => [column.id, index]));
	return {
		title: readText(meta?.get('title'), TITLE_LENGTH),
		question: readText(meta?.get('question'), QUESTION_LENGTH),
		columns: columns.shown,
		themes,
		cards: placed
			.map(read)
			.sort(
				(a, b) =>
					(order.get(a.column) ?? 0) - (order.get(b.column) ?? 0) || compareWithinColumn(a, b)
			),
		archived: archived
			.map(read)
			.sort((a, b) => compareText(a.title, b.title) || compareText(a.id, b.id))
	};
}

/** By tone, then id. */
export function readThemes(doc: Y.Doc): Theme[] {
	const themes: Theme[] = [];
	for (const [id, fields] of entriesById(root(doc, 'themes'))) {
		if (themes.length === THEMES_MAX) break;
		if (fields.get('removed') === true) continue;
		themes.push({
			id,
			label: readText(fields.get('label'), LABEL_LENGTH).trim() || 'Untitled',
			tone: readChoice(fields.get('tone'), TONES) ?? TONES[0]
		});
	}
	return themes.sort((a, b) => compareText(a.tone, b.tone));
}

/** The order of cards in one column, total: two cards never compare as equal. */
export function compareWithinColumn(
	a: Pick<Card, 'id' | 'rank'>,
	b: Pick<Card, 'id' | 'rank'>
): number {
	return compareText(a.rank, b.rank) || compareText(a.id, b.id);
}

type Entry = [id: string, fields: Y.Map<unknown>];

/** The first `CARDS_MAX` cards by id that are on the board, and as many in the trash. */
export function cardEntries(doc: Y.Doc): { placed: Entry[]; archived: Entry[] } {
	const placed: Entry[] = [];
	const archived: Entry[] = [];
	for (const entry of entriesById(root(doc, 'cards'))) {
		const list = entry[1].get('archived') === true ? archived : placed;
		if (list.length < CARDS_MAX) list.push(entry);
	}
	return { placed, archived };
}

function entriesById(map: Y.Map<unknown> | undefined): Entry[] {
	const entries: Entry[] = [];
	for (const [id, fields] of map?.entries() ?? []) {
		if (isId(id) && fields instanceof Y.Map) entries.push([id, fields]);
	}
	return entries.sort((a, b) => compareText(a[0], b[0]));
}
