/**
 * Applying what one connection sent to a document, in one transaction, and saying what is to be
 * stored and sent of it.
 */
import * as Y from 'yjs';
import type { Connection } from './connection.ts';

/** A document message that was checked and waits to be applied. */
export interface Received {
	connection: Connection;
	/** Its number among the connection's document messages. */
	count: number;
	update: Uint8Array;
}

export interface Change {
	connection: Connection;
	/** The number of the last message in it. */
	count: number;
	/** What it changed; empty when all of it was known. */
	updates: Uint8Array[];
	/**
	 * Messages that wait for content before them. Yjs says nothing of them until that has come, so
	 * they are stored as they came, and others get them with what they wait for.
	 */
	gaps: Uint8Array[];
	/** The state vector before it. */
	before: Map<number, number>;
	/** Some of it did not come from the sender, who needs it too. */
	concernsSender: boolean;
}

/** `messages` of one connection, at least one. Throws when Yjs does; the document is then lost. */
export function applyMessages(doc: Y.Doc, messages: readonly Received[]): Change {
	const { connection, count } = messages.at(-1)!;
	const updates: Uint8Array[] = [];
	const gaps: Uint8Array[] = [];
	const hadGaps = pendingBytes(doc) > 0;
	let before = new Map<number, number>();
	const collect = (update: Uint8Array) => updates.push(update);
	doc.on('update', collect);
	try {
		doc.transact(({ beforeState }) => {
			before = beforeState;
			for (const { update } of messages) if (applyLeavesGap(doc, update)) gaps.push(update);
		}, connection);
	} finally {
		doc.off('update', collect);
	}
	// What waits is part of what a joiner gets: it must be possible to write it.
	if (gaps.length > 0) Y.encodeStateAsUpdate(doc);
	const concernsSender = hadGaps || updates.length > 1;
	return { connection, count, updates, gaps, before, concernsSender };
}

/** What a document keeps for later because content before it is missing, in bytes. */
export function pendingBytes({ store }: Y.Doc): number {
	return (store.pendingStructs?.update.byteLength ?? 0) + (store.pendingDs?.byteLength ?? 0);
}

function applyLeavesGap(doc: Y.Doc, update: Uint8Array): boolean {
	const { store } = doc;
	const structs = store.pendingStructs?.update;
	const deletions = store.pendingDs;
	Y.applyUpdate(doc, update);
	return isNew(store.pendingStructs?.update, structs) || isNew(store.pendingDs, deletions);
}

/** Yjs writes pending deletions anew at every update: only other bytes count. */
function isNew(now: Uint8Array | null | undefined, before: Uint8Array | null | undefined): boolean {
	if (!now || now === before) return false;
	return !before || Buffer.compare(now, before) !== 0;
}
