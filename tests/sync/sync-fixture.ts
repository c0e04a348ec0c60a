/** What a spanning test starts from: a real database file, a server on it, clients, conditions. */
import { onTestFinished, vi } from 'vitest';
import * as Y from 'yjs';
import type { Database } from '../../server/database/database.ts';
import { openTestDatabase } from '../../server/database/open-test-databases.ts';
import type { Limits } from '../../server/sync/limits.ts';
import { loadRoom } from '../../server/sync/update-log.ts';
import { documentOf } from '../../server/sync/stored-room.ts';
import { SyncClient } from './sync-client.ts';
import { addRoom, startSyncServer, type SyncServer } from './sync-server.ts';

export const ROOM = 'room-1';

export interface Setup {
	db: Database;
	server: SyncServer;
	connect(query?: string, doc?: Y.Doc): SyncClient;
}

export async function setUp(
	options: Parameters<typeof startSyncServer>[1] & { limits?: Partial<Limits> } = {}
): Promise<Setup> {
	const db = await openTestDatabase();
	await addRoom(db, ROOM);
	const server = await startSyncServer(db, options);
	onTestFinished(() => server.stop());
	return { db, server, connect: (query, doc) => connectTo(server.url, query, doc) };
}

/** `query` such as `person=bob&ack=1`. */
export function connectTo(url: string, query = '', doc?: Y.Doc, room = ROOM): SyncClient {
	const client = new SyncClient(`${url}/${room}?${query}`, doc);
	onTestFinished(() => client.close());
	return client;
}

/** Waits until `condition` is true; fails after five seconds. */
export async function until(condition: () => unknown, what = 'condition'): Promise<void> {
	await vi.waitFor(
		async () => {
			if (!(await condition())) throw new Error(`still waiting: ${what}`);
		},
		{ timeout: 5_000, interval: 5 }
	);
}

/** What is stored of a room, as a document. */
export async function storedDocument(db: Database, room = ROOM): Promise<Y.Doc> {
	return documentOf(room, await loadRoom(db, room));
}

export function equalState(one: Y.Doc, other: Y.Doc): boolean {
	return Buffer.compare(Y.encodeStateVector(one), Y.encodeStateVector(other)) === 0;
}
