import { expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { openTestDatabase } from '../../server/database/open-test-databases.ts';
import { verifyEqual } from '../../server/sync/compaction.ts';
import { editAtRandom } from './edits.ts';
import { seededRandom } from './random.ts';
import { contains, type SyncClient } from './sync-client.ts';
import { connectTo, ROOM, storedDocument, until } from './sync-fixture.ts';
import { addRoom, startSyncServer } from './sync-server.ts';

/** 124: a viewer's own edits are not kept. */
const SEEDS = Array.from({ length: 150 }, (_, i) => i + 100);
const STEPS = 150;
const LIMITS = { compactAfterUpdates: 15, compactAtUnloadUpdates: 3, roomIdleMs: 5 };

/**
 * Some people with a viewer among them edit, lose their connection, come back, and the server
 * restarts; in the end all documents, what is stored and a fresh joiner are the same.
 */
it.each(SEEDS)('[S1] [S9] [L2] [R2] [V3] seed %i converges', async (seed) => {
	const random = seededRandom(seed);
	const db = await openTestDatabase();
	await addRoom(db, ROOM);
	let server = await startSyncServer(db, { limits: LIMITS });
	onTestFinished(() => server.stop());
	const docs = Array.from({ length: 2 + random.below(4) }, () => new Y.Doc());
	const viewer = docs.length;
	const clients = new Map<number, SyncClient>();
	const accounts: SyncClient[] = [];
	const enter = (who: number) => {
		const doc = docs[who] ?? new Y.Doc();
		const role = who === viewer ? 'viewer' : 'editor';
		const client = connectTo(server.url, `person=p${who}&role=${role}&ack=1`, doc);
		clients.set(who, client);
		// To a viewer, `stored` says that an edit is dealt with: it is dropped (V3).
		if (who !== viewer) accounts.push(client);
	};

	for (let step = 0; step < STEPS; step++) {
		const who = random.below(docs.length + 1);
		const event = random.below(100);
		if (event < 70) {
			const doc = docs[who] ?? clients.get(viewer)?.doc;
			if (doc !== undefined) editAtRandom(doc, random);
		} else if (event < 80) {
			clients.get(who)?.close();
			clients.delete(who);
		} else if (event < 92) {
			if (!clients.get(who)?.isOpen) enter(who);
		} else if (event < 98) {
			await new Promise((resolve) => setImmediate(resolve));
		} else {
			await server.stop();
			server = await startSyncServer(db, { limits: LIMITS });
		}
	}

	for (const client of clients.values()) client.close();
	docs.forEach((_, who) => enter(who));
	const current = () => docs.map((_, who) => clients.get(who)!);
	await until(() => current().every((client) => client.isSynchronised && client.isSaved));
	const fresh = connectTo(server.url, 'person=fresh');
	await until(() => fresh.isSynchronised);
	const all = [fresh.doc, ...docs];
	await until(() => all.every((doc) => all.every((other) => contains(doc, other))));
	const stored = await storedDocument(db);
	for (const doc of all) verifyEqual(doc, stored);
	for (const { witness } of accounts) expect(contains(stored, witness)).toBe(true);
});
