/**
 * Changes of plain fields, as observed in a transaction, and writing their values back.
 *
 * An observed change can be taken back without ever deleting a key: a key that was not there before
 * gets `null`, and a column, theme or card that was not there before is marked as removed.
 */

import * as Y from 'yjs';
import { root, write, type RootName } from './document.ts';

export interface FieldChange {
	root: RootName;
	/** Keys from the root to the map that holds the field. */
	path: string[];
	key: string;
	before: unknown;
	after: unknown;
}

/** What marks an entry of a root as gone while its map stays. */
const TOMBSTONES: Partial<Record<RootName, string>> = {
	cards: 'archived',
	columns: 'removed',
	themes: 'removed'
};

/** What a transaction of this person changed under one root. Text is not a field. */
export function fieldChanges(name: RootName, events: Y.YEvent<Y.AbstractType<unknown>>[]) {
	return mapEvents(events).flatMap((event) =>
		[...event.keys].flatMap(([key, { oldValue }]): FieldChange[] => {
			const path = event.path.map(String);
			const after: unknown = event.target.get(key);
			const tombstone = path.length === 0 ? TOMBSTONES[name] : undefined;
			if (tombstone && after instanceof Y.Map && !(oldValue instanceof Y.AbstractType)) {
				return [{ root: name, path: [key], key: tombstone, before: true, after: false }];
			}
			if (after instanceof Y.AbstractType || oldValue instanceof Y.AbstractType) return [];
			return [{ root: name, path, key, before: oldValue ?? null, after: after ?? null }];
		})
	);
}

/** The addresses of the fields and entries that a transaction changed under one root. */
export function changedAddresses(name: RootName, events: Y.YEvent<Y.AbstractType<unknown>>[]) {
	return mapEvents(events).flatMap((event) =>
		[...event.keys.keys()].map((key) => address(name, event.path.map(String), key))
	);
}

/** Whether the change of a field, or of something that holds it, at `changed` concerns a change. */
export function concerns(changed: string, change: FieldChange): boolean {
	const own = address(change.root, change.path, change.key);
	return own === changed || own.startsWith(`${changed}/`);
}

/** Writes a value to the field of a change. Returns whether that altered anything. */
export function writeField(doc: Y.Doc, change: FieldChange, side: 'before' | 'after'): boolean {
	let holder: unknown = root(doc, change.root);
	for (const key of change.path) holder = holder instanceof Y.Map ? holder.get(key) : undefined;
	return holder instanceof Y.Map && write(holder, change.key, change[side]);
}

function address(name: RootName, path: string[], key: string): string {
	return [name, ...path, key].join('/');
}

function mapEvents(events: Y.YEvent<Y.AbstractType<unknown>>[]) {
	return events.filter((event) => event instanceof Y.YMapEvent) as Y.YMapEvent<unknown>[];
}
