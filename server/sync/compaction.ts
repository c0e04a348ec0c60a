/**
 * A snapshot that may replace the log: the whole document as one update, proven by a second
 * document that was made from nothing else and equals the first.
 */
import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';

/** Throws when the document cannot be encoded, or what was encoded is not the document. */
export function encodeVerified(doc: Y.Doc): Uint8Array {
	const snapshot = Y.encodeStateAsUpdate(doc);
	const copy = new Y.Doc();
	try {
		Y.applyUpdate(copy, snapshot);
		verifyEqual(doc, copy);
	} finally {
		copy.destroy();
	}
	return snapshot;
}

/** Throws unless both hold the same structs, the same deletions and the same content. */
export function verifyEqual(one: Y.Doc, other: Y.Doc): void {
	const vectors = [one, other].map((doc) => Y.decodeStateVector(Y.encodeStateVector(doc)));
	if (!isDeepStrictEqual(vectors[0], vectors[1])) throw new Error('state vectors differ');
	const deleted = [one, other].map((doc) => Y.createDeleteSetFromStructStore(doc.store));
	if (!Y.equalDeleteSets(deleted[0]!, deleted[1]!)) throw new Error('delete sets differ');
	if (!isDeepStrictEqual(contentOf(one), contentOf(other))) throw new Error('contents differ');
}

/** All visible content by root name, whatever types the roots are. */
export function contentOf(doc: Y.Doc): Map<string, unknown> {
	const roots = new Map<string, unknown>();
	for (const [name, type] of doc.share) {
		const content = contentOfType(type);
		if (content.keys.size > 0 || content.list.length > 0) roots.set(name, content);
	}
	return roots;
}

interface Content {
	keys: Map<string, unknown>;
	list: unknown[];
}

/** As Yjs declares the types of a document. */
type SharedType = Y.ContentType['type'];

function contentOfType(type: SharedType): Content {
	const keys = new Map<string, unknown>();
	for (const [key, item] of type._map) {
		if (!item.deleted) keys.set(key, valuesOf(item).at(-1));
	}
	const list: unknown[] = [];
	for (let item = type._start; item !== null; item = item.right) {
		if (!item.deleted) for (const value of valuesOf(item)) list.push(value);
	}
	return { keys, list };
}

function valuesOf(item: Y.Item): unknown[] {
	const { content } = item;
	if (content instanceof Y.ContentType) return [contentOfType(content.type)];
	if (content instanceof Y.ContentFormat) return [{ [content.key]: content.value }];
	return content.getContent();
}
