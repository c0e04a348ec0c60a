/** What the long runs share: where they store, how they wait, and what must be the same. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as Y from 'yjs';
import type { Database } from '../../server/database/database.ts';
import { readBoard } from '#board/read-board.ts';
import { fold } from '#history/fold.ts';
import { recordedBoard } from '#history/recorded-board.ts';
import { findEvents } from '../../server/history/history.repository.ts';
import { verifyEqual } from '../../server/sync/compaction.ts';
import { documentOf } from '../../server/sync/stored-room.ts';
import { loadRoom } from '../../server/sync/update-log.ts';
import { contains } from './sync-client.ts';

/** Time in which everything must agree once all are connected, in milliseconds. */
const SETTLE_MS = 10_000;

/** A folder in memory where there is one: the disk is not what is tested. */
export function temporaryFolder(): { path: string; remove(): void } {
	const path = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'detente-fuzz-'));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export async function storedDocument(db: Database, roomId: string): Promise<Y.Doc> {
	return documentOf(roomId, await loadRoom(db, roomId));
}

/** As it comes back from the database: what is not set is not there. */
const plain = (value: object): unknown => JSON.parse(JSON.stringify(value));

/** Throws unless the record of a room folds to its board [H2], which was empty before. */
export async function verifyRecord(db: Database, roomId: string, stored: Y.Doc): Promise<void> {
	const events = await findEvents(db, roomId);
	const told = events.length === 0 ? recordedBoard(readBoard(new Y.Doc())) : fold(events);
	assert.deepEqual(plain(told), plain(recordedBoard(readBoard(stored))), 'another board');
}

/** Throws unless both hold the same structs, deletions and content. */
export function verifySame(doc: Y.Doc, stored: Y.Doc, who: string): void {
	try {
		verifyEqual(doc, stored);
	} catch (cause) {
		throw new Error(`${who} and what is stored: ${String(cause)}`, { cause });
	}
}

/** Throws when `stored` lacks anything of `part`, also of what waits there for content before it. */
export function verifyHolds(stored: Y.Doc, part: Y.Doc, who: string): void {
	assert(contains(stored, part), `${who} had something that is lost`);
	const waiting = waitingIn(stored);
	for (const [client, to] of waitingIn(part)) {
		const known = Math.max(waiting.get(client) ?? 0, Y.getState(stored.store, client));
		assert(known >= to, `${who} had something waiting that is lost`);
	}
}

/** How far each client's waiting structs go. */
function waitingIn({ store }: Y.Doc): Map<number, number> {
	return store.pendingStructs ? Y.parseUpdateMetaV2(store.pendingStructs.update).to : new Map();
}

/** Throws when something waits for content that never came. */
export function verifyWhole({ store }: Y.Doc): void {
	assert(store.pendingStructs === null && store.pendingDs === null, 'something is pending');
}

/** Waits until `holds` returns true or, returning nothing, does not throw. */
export async function eventually(
	what: string,
	holds: () => boolean | void | Promise<boolean | void>
): Promise<void> {
	const deadline = Date.now() + SETTLE_MS;
	for (;;) {
		try {
			if ((await holds()) !== false) return;
			if (Date.now() > deadline) throw new Error(`not within ${SETTLE_MS} ms`);
		} catch (cause) {
			if (Date.now() > deadline) throw new Error(`${what}: ${String(cause)}`, { cause });
		}
		await pause(1);
	}
}
