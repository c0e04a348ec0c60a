/**
 * Where everything stands in the shared Y.Doc, and how this person writes to it.
 *
 * One Y.Doc a room, made only by the server (`template.ts`); a client never seeds content.
 * - `meta`    Y.Map: `title`, `question` (strings), `schema` (number)
 * - `columns` Y.Map id -> Y.Map: `label`, `score`, `removed` (a tombstone: label and score stay known)
 * - `themes`  Y.Map id -> Y.Map: `label`, `tone`, `removed`
 * - `cards`   Y.Map id -> Y.Map: the fields of `CardField`
 *
 * Everything is a plain value, replaced whole by the last writer, except the Y.Text `title` and
 * `notes` and the Y.Map `evidence` and `thread` of a card. A card's map is written once, whole, so
 * that two clients never create the same nested type. Keys are never deleted: unset is `null`.
 */

import { equalityDeep } from 'lib0/function';
import * as Y from 'yjs';

export const SCHEMA_VERSION = 1;

export type RootName = 'meta' | 'columns' | 'themes' | 'cards';
export const ROOT_NAMES: readonly RootName[] = ['meta', 'columns', 'themes', 'cards'];

export type MetaField = 'title' | 'question' | 'schema';
export type ColumnField = 'label' | 'score' | 'removed';
export type ThemeField = 'label' | 'tone' | 'removed';
export type CardField =
	| 'title'
	| 'notes'
	| 'place'
	| 'weight'
	| 'confidence'
	| 'theme'
	| 'signposts'
	| 'reviewed'
	| 'spread'
	| 'archived'
	| 'evidence'
	| 'thread';

/** The value of a card's `place`: one value, so that a move is one last-writer-wins write. */
export type Place = { column: string; rank: string };

export type YFields = Y.Map<unknown>;

/** The transaction origin of this person's own operations: what undo remembers. */
export const LOCAL = Symbol('local edit');

/** Runs `fn` as one transaction of this person: one update to others, one step of undo. */
export function edit<T>(doc: Y.Doc, fn: () => T): T {
	return doc.transact(fn, LOCAL);
}

/** A root, or undefined when this process has already defined the name as another type. */
export function root(doc: Y.Doc, name: RootName): YFields | undefined {
	const existing = doc.share.get(name);
	const isOtherType =
		existing !== undefined &&
		existing.constructor !== Y.AbstractType &&
		!(existing instanceof Y.Map);
	return isOtherType ? undefined : doc.getMap(name);
}

/** The map of one column, theme or card, or undefined when there is none (or no map). */
export function entry(doc: Y.Doc, name: RootName, id: string): YFields | undefined {
	const value = root(doc, name)?.get(id);
	return value instanceof Y.Map ? value : undefined;
}

/**
 * Writes a plain field unless it has that value already: no update and no step of undo for nothing.
 * Returns whether it wrote.
 */
export function write(fields: YFields, key: string, value: unknown): boolean {
	if (equalityDeep(fields.get(key), value)) return false;
	fields.set(key, value);
	return true;
}
