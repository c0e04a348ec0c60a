/** Restoring a room beside a running server, as `npm run rooms` does it: over a database of its own. */
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import { openDatabase, type Database } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { repairRoom } from '../../server/sync/repair.ts';
import { verifyRecord } from './fuzz-checks.ts';
import { contains } from './sync-client.ts';
import { connectTo, equalState, ROOM, storedDocument, until } from './sync-fixture.ts';
import { addRoom, startSyncServer } from './sync-server.ts';

async function setUpTwo() {
	const folder = temporaryFolder();
	const open = () => {
		const db = openDatabase(folder);
		onTestFinished(() => db.destroy());
		return db;
	};
	const [ofServer, ofTool] = [open(), open()];
	await migrate(ofServer);
	await addRoom(ofServer, ROOM);
	await addRoom(ofServer, 'other');
	const server = await startSyncServer(ofServer, {
		limits: { roomIdleMs: 20, minTurnMs: 1, maxTurnMs: 1 }
	});
	onTestFinished(() => server.stop());
	const connect = (query: string, doc?: Y.Doc, room = ROOM) =>
		connectTo(server.url, `ack=1&person=${query}`, doc, room);
	const restore = () => repairRoom(ofTool, ROOM, { keepIn: join(folder, 'damaged') });
	return { db: ofTool, server, connect, restore };
}

/** Twelve edits, deletions among them, each a row of its own; returns the document with all of them. */
async function write(connect: (query: string) => ReturnType<typeof connectTo>) {
	const ann = connect('ann');
	await until(() => ann.isSynchronised && ann.isSaved);
	for (let i = 0; i < 12; i++) {
		if (i % 4 === 3) ann.doc.getMap('cards').delete(`k${i - 1}`);
		else ann.doc.getMap('cards').set(`k${i}`, i);
		await until(() => ann.isSaved);
	}
	return ann;
}

async function flipUpdate(db: Database, seq: number): Promise<void> {
	const row = db.selectFrom('updates').select('data').where('seq', '=', seq);
	const data = Uint8Array.from((await row.executeTakeFirstOrThrow()).data);
	data[data.length - 2]! ^= 4;
	await db.updateTable('updates').set({ data }).where('seq', '=', seq).execute();
}

it.each([
	['an edit', 6],
	['a deletion', 8],
	['the first edit of all', 1]
])(
	'[L5] [L1] a device that still has %s which was lost brings it back by joining',
	async (_, seq) => {
		const { db, server, connect, restore } = await setUpTwo();
		const ann = await write(connect);
		const whole = ann.doc;
		ann.close();
		await until(() => server.liveRooms.loaded.length === 0, 'unloaded');
		await flipUpdate(db, seq);

		const refused = connect('bob');
		await until(() => refused.closeCode === CLOSE.roomDamaged);
		const elsewhere = connect('bob', undefined, 'other');
		await until(() => elsewhere.isSynchronised);
		expect((await restore())?.before.missing).toEqual([{ from: seq, to: seq }]);

		const bob = connect('bob');
		await until(() => bob.isSynchronised);
		expect(contains(bob.doc, whole)).toBe(false);
		const back = connect('ann', whole);
		await until(() => back.isSynchronised && back.isSaved);
		await until(() => contains(bob.doc, whole), 'all of it with bob');
		expect(bob.doc.getMap('cards').toJSON()).toEqual(whole.getMap('cards').toJSON());
		const stored = await storedDocument(db);
		expect(contains(stored, whole)).toBe(true);
		expect(stored.store.pendingStructs).toBeNull();
	}
);

it('[L5] [S8] people who are in the room meanwhile lose nothing, and go on after coming back', async () => {
	const { db, connect, restore } = await setUpTwo();
	const ann = await write(connect);
	const bob = connect('bob');
	await until(() => bob.isSynchronised && bob.isSaved);
	await flipUpdate(db, 6);
	await restore();

	bob.doc.getMap('cards').set('after', true);
	await until(() => ann.closeCode === CLOSE.tryLater && bob.closeCode === CLOSE.tryLater);
	const [annBack, bobBack] = [connect('ann', ann.doc), connect('bob', bob.doc)];
	await until(() => [annBack, bobBack].every((each) => each.isSynchronised && each.isSaved));
	await until(() => equalState(annBack.doc, bobBack.doc));
	expect(annBack.doc.getMap('cards').get('after')).toBe(true);
	const stored = await storedDocument(db);
	for (const { doc } of [ann, bob]) expect(contains(stored, doc)).toBe(true);
});

it('[L5] [H2] a repair begins the record anew with the board that it leaves', async () => {
	const { db, server, connect, restore } = await setUpTwo();
	const ann = connect('ann');
	await until(() => ann.isSynchronised && ann.isSaved);
	const card = new Y.Map<unknown>([['weight', 1]]);
	ann.doc.getMap('cards').set('a', card);
	for (const weight of [5, 3]) {
		await until(() => ann.isSaved);
		card.set('weight', weight);
	}
	await until(() => ann.isSaved);
	ann.close();
	await until(() => server.liveRooms.loaded.length === 0, 'unloaded');
	await verifyRecord(db, ROOM, await storedDocument(db));
	await flipUpdate(db, 2);
	await restore();
	await verifyRecord(db, ROOM, await storedDocument(db));
});
