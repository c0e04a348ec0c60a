/**
 * Applying what came in one turn to a document, whoever sent it, in one transaction, and saying
 * what is to be stored and sent of it.
 */
import * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import type { ClientRange } from './check-update.ts';
import type { Connection } from './connection.ts';
import { FrameError } from './cursor.ts';
import { withoutKnownPart } from './known-part.ts';
import type { Limits } from './limits.ts';
import { checkNesting, UnknownPlace } from './nesting.ts';

/** A document message that was checked and waits to be applied. */
export interface Received {
	connection: Connection;
	/** Its number among the connection's document messages. */
	count: number;
	update: Uint8Array;
	/** Whose structs it carries. */
	ranges: ClientRange[];
	/** It brings shared types. */
	hasTypes: boolean;
	/** It came before its sender's step 2, which has all of it again. */
	isEarly: boolean;
}

export interface Change {
	/** What changed; empty when all of it was known. */
	updates: Uint8Array[];
	/**
	 * Messages that wait for content before them. Yjs says nothing of them until that has come, so
	 * they are stored as they came, and others get them with what they wait for.
	 */
	gaps: Uint8Array[];
	/** The state vector before it. */
	before: Map<number, number>;
	/** Who sent all of `updates` and so needs none of it; undefined when that is nobody. */
	author: Connection | undefined;
	/** Everybody who sent something, with the number of their last message in it. */
	counts: Map<Connection, number>;
	/** Those who sent what the document as it is cannot take; what they sent after it was left out. */
	refused: Map<Connection, FrameError>;
}

/** The document is lost: Yjs failed on it. */
export class CannotApply extends Error {
	override readonly name = 'CannotApply';
	/** Those who sent what it failed on; empty when that cannot be told. */
	readonly senders: readonly Connection[];

	constructor(senders: readonly Connection[], cause: unknown) {
		super('an update cannot be applied', { cause });
		this.senders = senders;
	}
}

/** Applies `messages`, at least one. Throws `CannotApply`. */
export function applyMessages(doc: Y.Doc, messages: readonly Received[], limits: Limits): Change {
	const updates: Uint8Array[] = [];
	const gaps: Received[] = [];
	const counts = new Map<Connection, number>();
	const refused = new Map<Connection, FrameError>();
	const hadGaps = pendingBytes(doc) > 0;
	let before = new Map<number, number>();
	let current: Connection | undefined;
	const collect = (update: Uint8Array) => updates.push(update);
	doc.on('update', collect);
	try {
		doc.transact(({ beforeState }) => {
			before = beforeState;
			for (const message of messages) {
				current = message.connection;
				if (refused.has(current)) continue;
				try {
					const gap = take(doc, message, limits);
					if (gap !== null) gaps.push({ ...message, update: gap });
				} catch (error) {
					if (!(error instanceof FrameError)) throw error;
					// Somebody who comes back and writes at once, before what was done offline is here.
					if (error instanceof UnknownPlace && message.isEarly) continue;
					refused.set(current, error);
					continue;
				}
				counts.set(current, message.count);
			}
			current = undefined;
		});
		// What waits is part of what is stored: it must be possible to write it.
		if (gaps.length > 0) Y.encodeStateAsUpdate(doc);
	} catch (cause) {
		const senders = current ? [current] : sendersOf(messages);
		throw new CannotApply(senders.length === 1 ? senders : [], cause);
	} finally {
		doc.off('update', collect);
	}
	if (pendingBytes(doc) > limits.maxPendingBytes) {
		throw new CannotApply(sendersOf(gaps), new Error('too much waits for content before it'));
	}
	const [author] = counts.size === 1 && !hadGaps && updates.length <= 1 ? counts.keys() : [];
	return { updates, gaps: gaps.map(({ update }) => update), before, author, counts, refused };
}

/** What a document keeps for later because content before it is missing, in bytes. */
export function pendingBytes({ store }: Y.Doc): number {
	return (store.pendingStructs?.update.byteLength ?? 0) + (store.pendingDs?.byteLength ?? 0);
}

function sendersOf(messages: readonly Received[]): Connection[] {
	return [...new Set(messages.map(({ connection }) => connection))];
}

/** What of it is to be stored as it is, because it leaves a gap. Throws `FrameError` when it is not applied. */
function take(doc: Y.Doc, message: Received, limits: Limits): Uint8Array | null {
	const { connection, ranges, hasTypes } = message;
	if (connection.gaps > limits.maxGapsPerConnection) {
		throw new FrameError('synchronise anew', CLOSE.tryLater);
	}
	if (hasTypes) checkNesting(doc, message.update, limits.maxTypeDepth);
	const update = withoutKnownPart(doc, message.update, ranges);
	if (!applyLeavesGap(doc, update)) return null;
	connection.gaps += 1;
	return update;
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
