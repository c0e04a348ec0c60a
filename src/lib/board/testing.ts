/** What the tests of this folder share: boards to work on, and people who exchange their updates. */

import * as Y from 'yjs';
import type { Card, Column } from './board.ts';
import { edit, entry, root, ROOT_NAMES, type CardField } from './document.ts';
import { readBoard } from './read-board.ts';
import { instantiate, parseTemplate, type Template } from './template.ts';

export const AT = '2021-06-16T18:00:00.000Z';
export const LATER = '2021-07-16T18:00:00.000Z';

const column = (id: string, score: number): Column => ({ id, label: id, score });

/** Five columns and three cards: `a` and `b` in `stalemate`, `c` in `easing`. */
export const SMALL: Template = parseTemplate({
	id: 'small',
	title: 'Small',
	description: 'Three cards.',
	question: 'Which way?',
	columns: [
		column('conflict', -100),
		column('tension', -50),
		column('stalemate', 0),
		column('easing', 50),
		column('cooperation', 100)
	],
	themes: [{ id: 'talks', label: 'Talks', tone: 't1' }],
	cards: [
		{ id: 'a', title: 'A', column: 'stalemate', weight: 1, theme: 'talks' },
		{ id: 'b', title: 'B', column: 'stalemate', weight: 2, confidence: 'low' },
		{ id: 'c', title: 'C', column: 'easing', weight: 3 }
	],
	events: [
		{
			id: 'e',
			what: 'They met.',
			date: '2021-06-16',
			reliability: 0.8,
			source: 'public record',
			directions: { a: 4 }
		}
	]
});

/** One copy of a board for each person, all equal. */
export function replicas(count: number, template = SMALL): Y.Doc[] {
	const first = instantiate(template, { at: AT });
	return Array.from({ length: count }, () => {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, first, 'remote');
		return doc;
	});
}

export function board(): Y.Doc {
	const [doc] = replicas(1);
	return doc as Y.Doc;
}

export function pair(): [Y.Doc, Y.Doc] {
	return replicas(2) as [Y.Doc, Y.Doc];
}

/** Everybody gets everything. */
export function exchange(...docs: Y.Doc[]): void {
	for (const from of docs) {
		for (const to of docs) {
			if (from === to) continue;
			const missing = Y.encodeStateAsUpdate(from, Y.encodeStateVector(to));
			Y.applyUpdate(to, missing, 'remote');
		}
	}
}

export function card(doc: Y.Doc, id: string): Card {
	const { cards, archived } = readBoard(doc);
	const found = [...cards, ...archived].find((each) => each.id === id);
	if (!found) throw new Error(`The board shows no card ${id}.`);
	return found;
}

/** Ids of the cards in a column, in order. */
export function order(doc: Y.Doc, column: string): string[] {
	return readBoard(doc)
		.cards.filter((each) => each.column === column)
		.map((each) => each.id);
}

/** Writes past every check, as a hostile client can. */
export function force(doc: Y.Doc, id: string, field: CardField, value: unknown): void {
	edit(doc, () => entry(doc, 'cards', id)?.set(field, value));
}

/** Everything that stands under the roots, shown or not, as plain values. */
export function contents(doc: Y.Doc): Record<string, unknown> {
	return Object.fromEntries(ROOT_NAMES.map((name) => [name, root(doc, name)?.toJSON()]));
}

/** The same as one flat map from the path of each value; evidence is one value. */
export function values(doc: Y.Doc): Map<string, string> {
	const flat = new Map<string, string>();
	const visit = (map: Y.Map<unknown>, path: string) => {
		for (const [key, value] of map.entries()) {
			if (value instanceof Y.Map) visit(value, `${path}/${key}`);
			else flat.set(`${path}/${key}`, JSON.stringify(value) ?? '');
		}
	};
	for (const name of ROOT_NAMES) visit(root(doc, name) ?? new Y.Map(), name);
	return flat;
}
