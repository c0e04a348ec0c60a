/**
 * Applying what came in one turn to a document, whoever sent it, in one transaction, and saying
 * what is to be stored and sent of it.
 *
 * The document never keeps anything that waits for content before it (a gap): what Yjs makes of
 * that depends on the order in which it comes, so that the document and its log would differ. An
 * honest client leaves a gap only before its step 2, which has all of it again.
 */
import * as Y from 'yjs';
import type { RoomEvent } from '#history/board-event.ts';
import { CLOSE, type CloseCode } from '#sync/close-codes.ts';
import type { Recorded } from '../history/history.repository.ts';
import type { Recorder } from '../history/recorder.ts';
import type { BoardLock } from './board-lock.ts';
import type { ClientRange } from './check-update.ts';
import { FrameError } from './cursor.ts';
import { withoutKnownPart } from './known-part.ts';
import type { Limits } from './limits.ts';
import { checkPlaces } from './places.ts';

/** Whose update it is: a connection, or the server itself (`own-edit.ts`). */
export interface Sender {
	/** Who is recorded as the author; null for the server by itself. */
	readonly personId: string | null;
	/** What it moves on a locked board stays. */
	readonly isAboveLock: boolean;
	/** Something it sent before its step 2 was left out: nothing counts as stored until that is here. */
	hasLeftOut: boolean;
	/** An update of that many bytes waits no longer. */
	stopWaiting(bytes: number): void;
	/** Everything up to document message `count` is stored. */
	acknowledge(count: number): void;
	close(code: CloseCode, reason?: string): void;
}

/** A document message that was checked and waits to be applied. */
export interface Received {
	connection: Sender;
	/** Its number among the connection's document messages. */
	count: number;
	update: Uint8Array;
	/** Whose structs it carries. */
	ranges: ClientRange[];
	/** Where its structs lie is to be checked. */
	hasPlaces: boolean;
	/** What it builds on, as a state vector. */
	needs: Map<number, number>;
	/** All that its sender had that the server lacked when he came. */
	isStep2: boolean;
	/** It came before its sender's step 2. */
	isEarly: boolean;
	/** To be recorded after what it changes. */
	note?: RoomEvent | undefined;
}

export interface Change {
	/** What changed; empty when all of it was known. */
	updates: Uint8Array[];
	/** What of that is recorded, by whom. */
	recorded: Recorded[];
	/** The state vector before it. */
	before: Map<number, number>;
	/** Who sent all of `updates` and so needs none of it; undefined when that is nobody. */
	author: Sender | undefined;
	/**
	 * Everybody of whom all is in the document that he sent up to a message, with its number. Who
	 * sent something that was left out is not among them until his step 2 is in it.
	 */
	counts: Map<Sender, number>;
	/** Those who sent what the document as it is cannot take; what they sent after it was left out. */
	refused: Map<Sender, FrameError>;
}

/** Who looks on while messages are applied. */
export interface Watchers {
	recorder: Recorder;
	/** Null while the board is not locked. */
	lock: BoardLock | null;
}

/**
 * Applies `messages`, at least one, while `recorder` watches the document; `lock` where the board is
 * locked. Throws what Yjs throws; the document is lost then.
 */
export function applyMessages(
	doc: Y.Doc,
	messages: readonly Received[],
	limits: Limits,
	{ recorder, lock }: Watchers
): Change {
	const updates: Uint8Array[] = [];
	const counts = new Map<Sender, number>();
	const refused = new Map<Sender, FrameError>();
	const hadGaps = pendingBytes(doc) > 0;
	let before = new Map<number, number>();
	let hasPutBack = false;
	const collect = (update: Uint8Array) => updates.push(update);
	doc.on('update', collect);
	try {
		doc.transact((transaction) => {
			before = transaction.beforeState;
			for (const [index, message] of messages.entries()) {
				const { connection, count, note } = message;
				if (!refused.has(connection)) {
					try {
						if (take(doc, message, limits)) counts.set(connection, count);
					} catch (error) {
						if (!(error instanceof FrameError)) throw error;
						refused.set(connection, error);
					}
					if (connection.isAboveLock) lock?.accept(transaction);
					else if (lock?.putBack(transaction)) hasPutBack = true;
				}
				const next = messages[index + 1]?.connection;
				if (note === undefined && next?.personId === connection.personId) continue;
				recorder.look(transaction, connection.personId, note);
			}
			// What was put back is written by this document itself: else Yjs takes it for somebody who
			// writes under the document's client id, and draws another.
			if (hasPutBack) transaction.local = true;
		});
	} finally {
		doc.off('update', collect);
	}
	const senders = new Set(messages.map(({ connection }) => connection));
	const isAllTheirs = senders.size === 1 && !hadGaps && !hasPutBack && updates.length <= 1;
	const [author] = isAllTheirs ? senders : [];
	return { updates, recorded: recorder.take(), before, author, counts, refused };
}

/**
 * The same for messages of which one made Yjs throw, each by itself on a document that `load` makes
 * of what is stored, so that it shows whose it was. That sender is refused, the others go on.
 */
export function applyOneByOne(
	load: () => Watchers & { doc: Y.Doc },
	messages: readonly Received[],
	limits: Limits
): Watchers & { doc: Y.Doc; change: Change } {
	const refused = new Map<Sender, FrameError>();
	let rest = messages;
	for (;;) {
		const { doc, recorder, lock } = load();
		const { change, failed, cause } = applyEach(doc, rest, limits, { recorder, lock });
		for (const [connection, error] of change.refused) refused.set(connection, error);
		if (failed === undefined) return { doc, recorder, lock, change: { ...change, refused } };
		doc.destroy();
		refused.set(failed, new FrameError('an update that cannot be applied', undefined, { cause }));
		rest = rest.filter(({ connection }) => connection !== failed);
	}
}

/** Ends at the first that makes Yjs throw; the document is lost then. */
function applyEach(
	doc: Y.Doc,
	messages: readonly Received[],
	limits: Limits,
	watchers: Watchers
): { change: Change; failed?: Sender; cause?: unknown } {
	const change: Change = {
		updates: [],
		recorded: [],
		before: Y.decodeStateVector(Y.encodeStateVector(doc)),
		author: undefined,
		counts: new Map(),
		refused: new Map()
	};
	for (const message of messages) {
		if (change.refused.has(message.connection)) continue;
		try {
			const one = applyMessages(doc, [message], limits, watchers);
			const { updates, recorded, counts, refused } = one;
			change.updates.push(...updates);
			change.recorded.push(...recorded);
			for (const [connection, count] of counts) change.counts.set(connection, count);
			for (const [connection, error] of refused) change.refused.set(connection, error);
		} catch (cause) {
			return { change, failed: message.connection, cause };
		}
	}
	return { change };
}

/** What a document keeps for later because content before it is missing, in bytes. */
export function pendingBytes({ store }: Y.Doc): number {
	return (store.pendingStructs?.update.byteLength ?? 0) + (store.pendingDs?.byteLength ?? 0);
}

/** Whether all that its sender sent is in the document now. Throws `FrameError` to refuse him. */
function take(doc: Y.Doc, message: Received, limits: Limits): boolean {
	const { connection, ranges, needs, isStep2 } = message;
	if (!isStep2 && lacks(doc, needs)) {
		if (!message.isEarly) throw new FrameError('synchronise anew', CLOSE.tryLater);
		connection.hasLeftOut = true;
		return false;
	}
	const update = withoutKnownPart(doc, message.update, ranges);
	const isCut = update !== message.update;
	if (isCut || message.hasPlaces) checkPlaces(doc, update, limits.maxTypeDepth);
	const isWhole = applyWithoutGap(doc, update);
	// What waits within a step 2 waits with its sender too, and is seen by nobody.
	if (!isWhole && !isStep2) throw new FrameError('an update that waits for itself');
	if (isStep2) connection.hasLeftOut = false;
	return !connection.hasLeftOut;
}

function lacks({ store }: Y.Doc, needs: Map<number, number>): boolean {
	for (const [client, clock] of needs) if (Y.getState(store, client) < clock) return true;
	return false;
}

/** Changes nothing, but makes Yjs look whether what waits still has to. */
const NOTHING = Uint8Array.of(0, 0);

/** Forgets what would wait; false when something would. What waited before (a repair) goes on. */
function applyWithoutGap(doc: Y.Doc, update: Uint8Array): boolean {
	const { store } = doc;
	const { pendingStructs, pendingDs } = store;
	store.pendingStructs = null;
	store.pendingDs = null;
	Y.applyUpdate(doc, update);
	const isWhole = store.pendingStructs === null && store.pendingDs === null;
	store.pendingStructs = pendingStructs;
	store.pendingDs = pendingDs;
	if (pendingStructs !== null || pendingDs !== null) Y.applyUpdate(doc, NOTHING);
	return isWhole;
}
