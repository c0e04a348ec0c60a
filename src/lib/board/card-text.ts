/**
 * A card's title and notes: Y.Texts, so that people can type in them at the same time. An editor
 * binds to the text itself; a plain field writes the difference only, which leaves what somebody
 * else types meanwhile in place.
 */

import { simpleDiffString } from 'lib0/diff';
import type * as Y from 'yjs';
import { findCard } from './card-map.ts';
import { checkText, found } from './checks.ts';
import { edit, entry } from './document.ts';
import { NOTES_LENGTH, TITLE_LENGTH } from './limits.ts';
import { isText } from './values.ts';

/** Undefined when the card is unknown or a foreign client overwrote the text. */
export function titleText(doc: Y.Doc, id: string): Y.Text | undefined {
	return textOf(doc, id, 'title');
}

/** Undefined when the card is unknown or a foreign client overwrote the text. */
export function notesText(doc: Y.Doc, id: string): Y.Text | undefined {
	return textOf(doc, id, 'notes');
}

export function setTitle(doc: Y.Doc, id: string, title: string): void {
	setText(doc, id, 'title', checkText(title, TITLE_LENGTH));
}

export function setNotes(doc: Y.Doc, id: string, notes: string): void {
	setText(doc, id, 'notes', checkText(notes, NOTES_LENGTH));
}

function textOf(doc: Y.Doc, id: string, field: 'title' | 'notes'): Y.Text | undefined {
	const text = entry(doc, 'cards', id)?.get(field);
	return isText(text) ? text : undefined;
}

function setText(doc: Y.Doc, id: string, field: 'title' | 'notes', value: string): void {
	findCard(doc, id);
	const text = found(textOf(doc, id, field), 'damaged-board', `The ${field} cannot be edited.`);
	if (text.toString() === value) return;
	const { index, remove, insert } = difference(text, value);
	edit(doc, () => {
		text.delete(index, remove);
		text.insert(index, insert);
	});
}

function difference(text: Y.Text, value: string) {
	const current = text.toString();
	// With something in it that is no character (an embed of a foreign client), positions differ.
	if (text.length !== current.length) return { index: 0, remove: text.length, insert: value };
	return simpleDiffString(current, value);
}
