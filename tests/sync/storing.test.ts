import { sql } from 'kysely';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import { SYNC } from '#sync/messages.ts';
import { openDatabase } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import type { Limits } from '../../server/sync/limits.ts';
import { contains } from './sync-client.ts';
import {
	connectTo,
	equalState,
	ROOM,
	setUp,
	storedDocument,
	until,
	type Setup
} from './sync-fixture.ts';
import { addRoom, startSyncServer } from './sync-server.ts';

/** A server on a database file that a second connection can look into or lock. */
async function setUpFile(limits: Partial<Limits> = {}): Promise<Setup & { file: DatabaseSync }> {
	const folder = temporaryFolder();
	const db = openDatabase(folder);
	onTestFinished(() => db.destroy());
	await migrate(db);
	await addRoom(db, ROOM);
	const file = new DatabaseSync(join(folder, 'detente.sqlite'));
	onTestFinished(() => file.close());
	const server = await startSyncServer(db, { limits });
	onTestFinished(() => server.stop());
	return { db, file, server, connect: (query, doc) => connectTo(server.url, query, doc) };
}

describe('storing', () => {
	it('[S1] comes before sending: a second connection to the file sees each update first', async () => {
		const { connect, file } = await setUpFile();
		const ann = connect('person=ann&ack=1');
		const bob = connect('person=bob');
		await until(() => ann.isSynchronised && bob.isSynchronised);
		const rows = file.prepare('select count(*) as n from updates');
		const onArrival: [received: number, stored: number][] = [];
		bob.doc.on('update', () => {
			const { n } = rows.get() as { n: number };
			onArrival.push([bob.doc.getArray('list').length, n]);
		});
		for (let i = 1; i <= 20; i++) {
			ann.doc.getArray('list').push([i]);
			await until(() => bob.doc.getArray('list').length === i);
		}
		expect(onArrival).toHaveLength(20);
		for (const [received, stored] of onArrival) expect(stored).toBeGreaterThanOrEqual(received);
		await until(() => ann.isSaved, 'acknowledged');
	});

	it('[S2] is acknowledged by count, deletions and known updates too, only to who asks', async () => {
		const { connect, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		const bob = connect('person=bob');
		await until(() => ann.isSynchronised && bob.isSynchronised && ann.isSaved);
		ann.doc.getMap('cards').set('a', 1);
		ann.doc.getMap('cards').delete('a');
		ann.sendSync(SYNC.update, Y.encodeStateAsUpdate(ann.doc));
		await until(() => ann.stored === 4 && ann.isSaved);
		const stored = await storedDocument(db);
		expect(contains(stored, ann.witness)).toBe(true);
		bob.doc.getMap('cards').set('b', 1);
		await until(() => ann.doc.getMap('cards').has('b'));
		expect(bob.types.every((type) => type < 100)).toBe(true);
	});

	it('[S3] makes no row of what is known', async () => {
		const { connect, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.isSaved);
		for (let i = 0; i < 5; i++) ann.sendSync(SYNC.update, Y.encodeStateAsUpdate(ann.doc));
		await until(() => ann.isSaved);
		expect(await db.selectFrom('updates').select('seq').execute()).toEqual([{ seq: 1 }]);
	});

	it('[S4] takes nothing that lacks what it builds on', async () => {
		const { connect, db } = await setUp();
		const author = new Y.Doc();
		const updates: Uint8Array[] = [];
		author.on('update', (update) => updates.push(update));
		author.getText('t').insert(0, 'one');
		author.getText('t').insert(3, ' two');
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised && ann.isSaved);
		ann.sendSync(SYNC.update, updates[1]!);
		await until(() => ann.closeCode === CLOSE.tryLater);
		expect(await db.selectFrom('updates').select('seq').execute()).toEqual([]);
		const again = connect('person=ann&ack=1', author);
		await until(() => again.isSynchronised && again.isSaved);
		expect((await storedDocument(db)).getText('t').toJSON()).toBe('one two');
	});

	it('[S4] acknowledges nothing after what was left out until step 2 has brought it', async () => {
		const { db, server } = await setUp();
		const author = new Y.Doc();
		const updates: Uint8Array[] = [];
		author.on('update', (update) => updates.push(update));
		author.getText('t').insert(0, 'one');
		author.getText('t').insert(3, ' two');
		const other = new Y.Doc();
		other.getMap('cards').set('a', 1);
		const ann = connectTo(server.url, 'person=ann&ack=1', author);
		ann.holdsStep2 = true;
		await until(() => ann.isOpen);
		ann.sendSync(SYNC.update, updates[1]!);
		ann.sendSync(SYNC.update, Y.encodeStateAsUpdate(other));
		const bob = connectTo(server.url, 'person=bob');
		await until(() => bob.doc.getMap('cards').has('a'), 'what was taken');
		expect(ann.stored).toBe(0);
		expect(bob.doc.getText('t').toJSON()).toBe('');
		ann.sendStep2();
		await until(() => ann.isSaved && bob.doc.getText('t').toJSON() === 'one two');
		expect((await storedDocument(db)).getText('t').toJSON()).toBe('one two');
	});

	it('[S5] [S6] waits for a locked database: nothing acknowledged, sent or lost', async () => {
		const { connect, db, file, server } = await setUpFile();
		const ann = connect('person=ann&ack=1');
		const bob = connect('person=bob&ack=1');
		await until(() => ann.isSynchronised && bob.isSynchronised && ann.isSaved && bob.isSaved);
		ann.doc.getMap('cards').set('before', 1);
		await until(() => bob.doc.getMap('cards').has('before') && ann.isSaved);

		file.exec('begin immediate');
		ann.doc.getMap('cards').set('during', 1);
		await until(() => ann.storage.at(-1) === 1 && bob.storage.at(-1) === 1, 'storage 1');
		ann.doc.getMap('cards').delete('before');
		const cyd = connect('person=cyd&ack=1');
		await until(() => cyd.isSynchronised && cyd.storage.at(-1) === 1, 'cyd gets what is stored');
		expect(cyd.doc.getMap('cards').toJSON()).toEqual({ before: 1 });
		const seen = await server.liveRooms.read(ROOM, (doc) => doc.getMap('cards').toJSON());
		expect(seen).toEqual({ before: 1 });
		expect(bob.doc.getMap('cards').toJSON()).toEqual({ before: 1 });
		expect(ann.isSaved).toBe(false);

		file.exec('rollback');
		await until(() => ann.storage.at(-1) === 0 && cyd.storage.at(-1) === 0, 'storage 0');
		await until(() => ann.isSaved && equalState(ann.doc, bob.doc) && equalState(ann.doc, cyd.doc));
		expect((await storedDocument(db)).getMap('cards').toJSON()).toEqual({ during: 1 });
		await until(
			() => !cyd.doc.getMap('cards').has('before') && !bob.doc.getMap('cards').has('before')
		);
	});

	it('[S5] waits for room on a full disk', async () => {
		const { connect, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		const bob = connect('person=bob&ack=1');
		await until(() => ann.isSynchronised && bob.isSynchronised && ann.isSaved);
		await sql`pragma max_page_count = 1`.execute(db);
		ann.doc.getText('t').insert(0, 'x'.repeat(200_000));
		await until(() => ann.storage.at(-1) === 1, 'storage 1');
		expect(ann.isSaved).toBe(false);
		expect(bob.doc.getText('t').length).toBe(0);
		await sql`pragma max_page_count = 1000000`.execute(db);
		await until(() => ann.isSaved && bob.doc.getText('t').length === 200_000);
		expect((await storedDocument(db)).getText('t').length).toBe(200_000);
	});

	it('[S7] takes only so much that it cannot store', async () => {
		const { connect, file, server } = await setUpFile({ maxUnstoredBytes: 15_000 });
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		file.exec('begin immediate');
		for (let i = 0; i < 20; i++) ann.doc.getArray('list').push(['x'.repeat(1_000)]);
		await until(() => ann.closeCode === 1013 && !server.liveRooms.storing);
		file.exec('rollback');
		await until(() => server.liveRooms.storing);
		const again = connect('person=ann&ack=1', ann.doc);
		const bob = connect('person=bob');
		await until(() => again.isSynchronised && again.isSaved);
		await until(() => bob.doc.getArray('list').length === 20);
	});

	it('[S8] closes a room whose row is gone, and goes on with the others', async () => {
		const { connect, db, server } = await setUp();
		await addRoom(db, 'other');
		const ann = connect('person=ann&ack=1');
		const bob = connectTo(server.url, 'person=bob&ack=1', undefined, 'other');
		await until(() => ann.isSynchronised && bob.isSynchronised && ann.isSaved && bob.isSaved);
		await db.deleteFrom('rooms').where('id', '=', ROOM).execute();
		ann.doc.getMap('cards').set('a', 1);
		bob.doc.getMap('cards').set('b', 1);
		await until(() => ann.closeCode === 4410);
		await until(() => bob.isSaved && bob.stored === 2);
		expect(server.liveRooms.loaded).toEqual(['other']);
	});
});
