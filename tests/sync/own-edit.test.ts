/** What the server does in a room on its own account: edits, and sending everybody out. */
import { describe, expect, it, vi } from 'vitest';
import type * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import * as updateLog from '../../server/sync/update-log.ts';
import { ROOM, setUp, storedDocument, until } from './sync-fixture.ts';

const retitle = (title: string) => (doc: Y.Doc) => void doc.getMap('meta').set('title', title);

describe('an edit of the server’s own', () => {
	it('[X1] is stored when it resolves, and live people have it', async () => {
		const { connect, server, db } = await setUp();
		const [ann, bob] = [connect('person=ann'), connect('person=bob&role=viewer')];
		await until(() => ann.isSynchronised && bob.isSynchronised);
		await server.liveRooms.edit(ROOM, retitle('Renamed'));
		expect((await storedDocument(db)).getMap('meta').get('title')).toBe('Renamed');
		await until(() => [ann, bob].every(({ doc }) => doc.getMap('meta').get('title') === 'Renamed'));
	});

	it('[X1] goes to a room that nobody is in, and changes nothing where it says what is so', async () => {
		const { server, db } = await setUp();
		await server.liveRooms.edit(ROOM, retitle('Renamed'));
		await server.liveRooms.edit(ROOM, () => {});
		expect(await updateLog.loadRoom(db, ROOM)).toMatchObject({ seq: 1 });
	});

	it('[X1] goes together with what people write, and nothing of either is lost', async () => {
		const { connect, server, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		const own = [];
		for (let i = 0; i < 100; i++) {
			ann.doc.getArray('list').push([i]);
			own.push(server.liveRooms.edit(ROOM, (doc) => doc.getMap('own').set(String(i), i)));
			if (i % 10 === 0) await until(() => ann.isSaved);
		}
		await Promise.all(own);
		await until(() => ann.isSaved && ann.doc.getMap('own').size === 100);
		const stored = await storedDocument(db);
		expect(stored.getArray('list').length).toBe(100);
		expect(stored.getMap('own').size).toBe(100);
	});

	it('[X2] that throws changes nothing, and nobody notices', async () => {
		const { connect, server, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		const failing = server.liveRooms.edit(ROOM, (doc) => {
			retitle('Half')(doc);
			throw new Error('no');
		});
		await expect(failing).rejects.toThrow('no');
		ann.doc.getArray('list').push([1]);
		await until(() => ann.isSaved);
		expect(ann.isOpen).toBe(true);
		expect((await storedDocument(db)).getMap('meta').size).toBe(0);
	});

	it('[X2] to a room that is gone, or on a server that stops, is rejected', async () => {
		const { server, db } = await setUp();
		await server.liveRooms.edit(ROOM, retitle('Renamed'));
		await db.deleteFrom('rooms').execute();
		await expect(server.liveRooms.edit(ROOM, retitle('Too late'))).rejects.toThrow();
		await server.stop();
		await expect(server.liveRooms.edit(ROOM, retitle('Too late'))).rejects.toThrow();
	});
});

describe('a room', () => {
	it('[X3] tells one listener of every change that is stored, by its id', async () => {
		const { connect, server } = await setUp();
		const changed = vi.fn();
		server.liveRooms.onChanged(changed);
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised && ann.isSaved);
		expect(changed).not.toHaveBeenCalled();
		ann.doc.getArray('list').push([1]);
		await until(() => ann.isSaved);
		expect(changed).toHaveBeenCalledExactlyOnceWith(ROOM);
	});

	it('[X4] says who is in it, each once, and sends everybody out', async () => {
		const { connect, server } = await setUp();
		const clients = ['ann', 'ann', 'bob'].map((person) => connect(`person=${person}`));
		await until(() => clients.every((client) => client.isSynchronised));
		expect(server.liveRooms.people(ROOM).map(({ id }) => id)).toEqual(['ann', 'bob']);
		expect(server.liveRooms.people('elsewhere')).toEqual([]);
		server.liveRooms.disconnectAll(ROOM, CLOSE.inTrash);
		await until(() => clients.every(({ closeCode }) => closeCode === CLOSE.inTrash));
		expect(server.liveRooms.people(ROOM)).toEqual([]);
	});
});
