import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import { SYNC } from '#sync/messages.ts';
import * as updateLog from '../../server/sync/update-log.ts';
import { contains } from './sync-client.ts';
import { ROOM, setUp, storedDocument, until } from './sync-fixture.ts';

function template(): Uint8Array {
	const doc = new Y.Doc();
	doc.getMap('meta').set('title', 'A board');
	return Y.encodeStateAsUpdate(doc);
}

describe('rooms', () => {
	it('[R1] [W4] are loaded once for twenty who come at once', async () => {
		const { connect, db } = await setUp();
		await db.transaction().execute((trx) => updateLog.storeFirstUpdate(trx, ROOM, template()));
		const loads = vi.spyOn(db, 'selectFrom');
		const clients = Array.from({ length: 20 }, (_, i) => connect(`person=p${i}&ack=1`));
		await until(() => clients.every((each) => each.isSynchronised && each.isSaved));
		for (const { doc } of clients) expect(doc.getMap('meta').get('title')).toBe('A board');
		// Snapshot and log in one, the newest of these, whether its record has begun, where its set
		// hand points, what is set of the stage, its run of show, which workshop and which round are open, and who waits at
		// the door.
		expect(loads).toHaveBeenCalledTimes(9);
	});

	it('[R2] leave memory, and come back whole at the same instant', async () => {
		const { connect, db, server } = await setUp({
			limits: { roomIdleMs: 1, compactAtUnloadUpdates: 1 }
		});
		const doc = new Y.Doc();
		for (let round = 0; round < 30; round++) {
			const client = connect('person=ann&ack=1', doc);
			await until(() => client.isSynchronised);
			doc.getArray('list').push([round]);
			await until(() => client.isSaved);
			client.close();
			if (round % 3 === 0) await until(() => server.liveRooms.loaded.length === 0, 'unloaded');
		}
		await until(() => server.liveRooms.loaded.length === 0, 'unloaded');
		await until(async () => (await updateLog.loadRoom(db, ROOM)).logUpdates === 0, 'compacted');
		expect(contains(await storedDocument(db), doc)).toBe(true);
		const fresh = connect('person=bob');
		await until(() => fresh.doc.getArray('list').length === 30);
	});

	it('[R3] store what came in before they close for a restart', async () => {
		const { connect, db, server } = await setUp();
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		for (let i = 0; i < 200; i++) ann.doc.getArray('list').push([i]);
		await until(() => ann.stored > 0);
		await server.stop();
		await until(() => ann.closeCode === CLOSE.restarting);
		expect(contains(await storedDocument(db), ann.witness)).toBe(true);
	});

	it('[R3] do not wait for ever for a database that cannot store', async () => {
		const { connect, db, server } = await setUp({ limits: { drainMs: 100 } });
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised && ann.isSaved);
		const failing = vi.spyOn(db, 'insertInto').mockImplementation(() => {
			throw new Error('no disk');
		});
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.storage.at(-1) === 1);
		await server.stop();
		await until(() => ann.closeCode !== undefined);
		failing.mockRestore();
		expect(ann.isSaved).toBe(false);
	});

	it('[L1] are refused alone when a stored byte is wrong', async () => {
		const { connect, db, server } = await setUp();
		await db.transaction().execute((trx) => updateLog.storeFirstUpdate(trx, ROOM, template()));
		const data = template();
		data[data.length - 3]! ^= 1;
		await db.updateTable('updates').set({ data }).execute();
		const ann = connect('person=ann');
		await until(() => ann.closeCode === CLOSE.roomDamaged);
		await expect(server.liveRooms.board(ROOM)).rejects.toThrow('checksum');
		await db.updateTable('updates').set({ data: template() }).execute();
	});

	it('[L2] are compacted while people write, and nothing is missing', async () => {
		const { connect, db } = await setUp({ limits: { compactAfterUpdates: 10 } });
		const ann = connect('person=ann&ack=1');
		const bob = connect('person=bob&ack=1');
		await until(() => ann.isSynchronised && bob.isSynchronised);
		for (let i = 0; i < 60; i++) {
			ann.doc.getMap('cards').set(`k${i % 7}`, i);
			if (i % 5 === 0) bob.doc.getMap('cards').delete(`k${(i + 3) % 7}`);
			await until(() => ann.isSaved && bob.isSaved);
		}
		expect((await updateLog.loadRoom(db, ROOM)).logUpdates).toBeLessThan(20);
		const rows = await db.selectFrom('updates').select('seq').execute();
		expect(rows.length).toBeLessThan(40);
		const stored = await storedDocument(db);
		expect(contains(stored, ann.witness)).toBe(true);
		expect(contains(stored, bob.witness)).toBe(true);
	});

	it('[R4] go on without an update that Yjs cannot take, and without its sender only', async () => {
		const { connect, db } = await setUp();
		const [ann, bob, eve] = ['ann', 'bob', 'eve'].map((who) => connect(`person=${who}&ack=1`));
		if (!ann || !bob || !eve) throw new Error('nobody came');
		await until(() => [ann, bob, eve].every((each) => each.isSynchronised && each.isSaved));
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.isSaved && bob.doc.getMap('cards').has('a'));
		const transact = Y.Doc.prototype.transact;
		const failing = vi.spyOn(Y.Doc.prototype, 'transact').mockImplementation(function (
			this: Y.Doc,
			...args
		) {
			const result = transact.apply(this, args);
			const isServers = ![ann, bob, eve].some(
				({ doc, witness }) => doc === this || witness === this
			);
			if (isServers && this.getMap('cards').has('poison')) throw new Error('Yjs fails');
			return result;
		});
		bob.doc.getMap('cards').set('b', 1);
		eve.doc.getMap('cards').set('poison', 1);
		ann.doc.getMap('cards').set('c', 1);
		await until(() => eve.closeCode === CLOSE.badFrame && ann.isSaved && bob.isSaved);
		await until(() => ann.doc.getMap('cards').has('b') && bob.doc.getMap('cards').has('c'));
		failing.mockRestore();
		expect([ann.closeCode, bob.closeCode]).toEqual([undefined, undefined]);
		const cyd = connect('person=cyd');
		await until(() => cyd.isSynchronised);
		expect(cyd.doc.getMap('cards').toJSON()).toEqual({ a: 1, b: 1, c: 1 });
		expect((await storedDocument(db)).getMap('cards').toJSON()).toEqual({ a: 1, b: 1, c: 1 });
	});

	it('[R4] do not take the process with them when their document cannot be written', async () => {
		const { connect, server } = await setUp();
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.isSaved);
		const live = await server.liveRooms.read(ROOM, (doc) => doc);
		vi.spyOn(live.store.clients, 'forEach').mockImplementation(() => {
			throw new Error('cannot be written');
		});
		ann.sendSync(SYNC.step1, Uint8Array.of(0));
		await until(() => ann.closeCode === CLOSE.tryLater);
		const again = connect('person=ann&ack=1', ann.doc);
		await until(() => again.isSynchronised && again.isSaved);
	});

	it('give their board without being kept', async () => {
		const { db, server } = await setUp();
		await db.transaction().execute((trx) => updateLog.storeFirstUpdate(trx, ROOM, template()));
		expect((await server.liveRooms.board(ROOM)).title).toBe('A board');
		expect(server.liveRooms.loaded).toEqual([]);
	});

	it('disconnect one person', async () => {
		const { connect, server } = await setUp();
		const ann = connect('person=ann');
		const bob = connect('person=bob');
		await until(() => ann.isSynchronised && bob.isSynchronised);
		server.liveRooms.disconnect(ROOM, 'ann', CLOSE.notAllowed);
		await until(() => ann.closeCode === CLOSE.notAllowed);
		expect(bob.isOpen).toBe(true);
	});
});
