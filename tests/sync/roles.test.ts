import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import { MESSAGE, SYNC } from '#sync/messages.ts';
import type { PublicPerson, Role } from '#sync/people.ts';
import { createCutOff } from '../../server/auth/cut-off.ts';
import { ROOM, setUp, storedDocument, until } from './sync-fixture.ts';

const person = (id: string, role: Role, name = `Name of ${id}`): PublicPerson => ({
	id,
	name,
	colour: 0,
	role
});

describe('roles', () => {
	it('[A1] a viewer from now on: what came before stays, what comes later is dropped', async () => {
		const { connect, db, server } = await setUp();
		const ann = connect('person=ann&ack=1');
		const bob = connect('person=bob&ack=1');
		await until(() => ann.isSynchronised && bob.isSynchronised && bob.isSaved);
		for (let i = 0; i < 20; i++) bob.doc.getText('notes').insert(i, 'x');
		await until(() => ann.doc.getText('notes').length > 0);
		server.liveRooms.assign(ROOM, person('bob', 'viewer'));
		await until(() => bob.roles.length === 2);
		const { role, after = 0 } = bob.roles[1] ?? {};
		expect(role).toBe('viewer');
		// One document message is his step 2; each of the others brought one letter.
		await until(() => ann.doc.getText('notes').length === after - 1);
		bob.doc.getText('notes').insert(0, 'too late');
		bob.doc.getText('notes').delete(8, 3);
		await until(() => bob.isSaved);
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.isSaved && bob.doc.getMap('cards').has('a'));
		const kept = 'x'.repeat(after - 1);
		expect(ann.doc.getText('notes').toJSON()).toBe(kept);
		expect((await storedDocument(db)).getText('notes').toJSON()).toBe(kept);
	});

	it('[A1] what was received before is stored, although its turn comes after', async () => {
		const { connect, db, server } = await setUp({ limits: { minTurnMs: 300, maxTurnMs: 400 } });
		const bob = connect('person=bob&ack=1');
		await until(() => bob.isSynchronised && bob.isSaved);
		for (let i = 0; i < 3; i++) bob.doc.getMap('cards').set(String(i), i);
		await until(() => bob.stored > 1 || bob.types.includes(MESSAGE.stored));
		for (let i = 3; i < 6; i++) bob.doc.getMap('cards').set(String(i), i);
		// A question is answered in the order of what came before it.
		bob.socket.send(Uint8Array.of(MESSAGE.queryAwareness));
		const heard = () => bob.types.filter((type) => type === MESSAGE.awareness).length;
		const before = heard();
		await until(() => heard() > before);
		server.liveRooms.assign(ROOM, person('bob', 'viewer'));
		await until(() => bob.isSaved);
		const cards = (await storedDocument(db)).getMap('cards').toJSON();
		expect(Object.keys(cards)).toHaveLength(6);
	});

	it('[A2] is told first, to those who ask for it, and again whenever it changes', async () => {
		const { connect, server } = await setUp();
		const bob = connect('person=bob&role=viewer&ack=1');
		const stock = connect('person=bob&role=viewer');
		await until(() => bob.isSynchronised && stock.isSynchronised);
		expect(bob.types[0]).toBe(MESSAGE.role);
		server.liveRooms.assign(ROOM, person('bob', 'viewer', 'Bobby'));
		server.liveRooms.assign(ROOM, person('bob', 'facilitator', 'Bobby'));
		await until(() => bob.roles.length === 2);
		expect(bob.roles).toEqual([
			{ role: 'viewer', after: 0 },
			{ role: 'facilitator', after: 0 }
		]);
		expect(stock.types).not.toContain(MESSAGE.role);
	});

	it('[A3] an editor from now on: writes at once, also on top of what was dropped', async () => {
		const { connect, db, server } = await setUp();
		const ann = connect('person=ann&ack=1');
		const vic = connect('person=vic&role=viewer&ack=1');
		await until(() => ann.isSynchronised && vic.isSynchronised);
		vic.doc.getText('notes').insert(0, 'dropped ');
		await until(() => vic.isSaved);
		vic.holdsStep2 = true;
		server.liveRooms.assign(ROOM, person('vic', 'editor'));
		await until(() => vic.roles.length === 2);
		vic.doc.getText('notes').insert(8, 'kept');
		const early = vic.sent.length;
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.isSaved && vic.doc.getMap('cards').has('a'));
		expect(vic.stored).toBeLessThan(early);
		expect(vic.closeCode).toBeUndefined();
		vic.sendStep2();
		await until(() => vic.isSaved && ann.doc.getText('notes').length > 0);
		expect((await storedDocument(db)).getText('notes').toJSON()).toBe('dropped kept');
		expect(ann.doc.getText('notes').toJSON()).toBe('dropped kept');
	});

	it('[A3] demoted and promoted twenty times while writing, a client is never cut', async () => {
		const { connect, server } = await setUp();
		const ann = connect('person=ann&ack=1');
		const bob = connect('person=bob&ack=1');
		await until(() => ann.isSynchronised && bob.isSynchronised);
		for (let i = 0; i < 20; i++) {
			bob.doc.getText('notes').insert(0, 'a');
			server.liveRooms.assign(ROOM, person('bob', i % 2 === 0 ? 'viewer' : 'editor'));
			bob.doc.getText('notes').insert(0, 'b');
			await until(() => bob.roles.length === i + 2);
			bob.doc.getText('notes').insert(0, 'c');
		}
		await until(() => bob.isSaved && ann.doc.getText('notes').length === 60);
		expect(bob.closeCode).toBeUndefined();
	});

	it('[A4] who is put out is sent nothing more, and their unread frames count for nothing', async () => {
		const { connect, db, server } = await setUp();
		const ann = connect('person=ann&ack=1');
		const bob = connect('person=bob');
		const bobsPhone = connect('person=bob');
		await until(() => ann.isSynchronised && bob.isSynchronised && bobsPhone.isSynchronised);
		server.liveRooms.disconnect(ROOM, 'bob', CLOSE.removed);
		const update = new Y.Doc();
		update.getMap('cards').set('late', 1);
		bob.sendSync(SYNC.update, Y.encodeStateAsUpdate(update));
		ann.doc.getMap('cards').set('secret', 1);
		await until(() => ann.isSaved);
		await until(() => bob.closeCode === CLOSE.removed && bobsPhone.closeCode === CLOSE.removed);
		expect(bob.doc.getMap('cards').has('secret')).toBe(false);
		expect((await storedDocument(db)).getMap('cards').toJSON()).toEqual({ secret: 1 });
	});

	it('[A5] who is being looked up while their role changes gets the new one', async () => {
		const { promise: changed, resolve: change } = Promise.withResolvers<void>();
		let asked = 0;
		const { connect, db, server } = await setUp({
			authorize: async () => {
				asked += 1;
				if (asked > 1) return { person: person('bob', 'viewer'), epoch: 1 };
				await changed;
				return { person: person('bob', 'editor'), epoch: 1 };
			}
		});
		const bob = connect('ack=1');
		await until(() => asked === 1);
		server.liveRooms.rights.note(ROOM);
		change();
		await until(() => bob.roles.at(-1)?.role === 'viewer');
		bob.doc.getMap('cards').set('forged', 1);
		await until(() => bob.isSaved && bob.stored > 0);
		expect((await storedDocument(db)).getMap('cards').size).toBe(0);
	});

	it('[A5] who is being looked up while they are removed does not stay', async () => {
		const { promise: changed, resolve: change } = Promise.withResolvers<void>();
		let asked = 0;
		const { connect, server } = await setUp({
			authorize: async () => {
				asked += 1;
				if (asked > 1) return { close: CLOSE.removed };
				await changed;
				return { person: person('bob', 'editor'), epoch: 1 };
			}
		});
		const bob = connect();
		await until(() => asked === 1);
		server.liveRooms.rights.note(undefined);
		change();
		await until(() => bob.closeCode === CLOSE.removed);
	});

	it('[A5] of two browsers of one person only the one that signed out is closed', async () => {
		const { promise: changed, resolve: change } = Promise.withResolvers<void>();
		let hasAsked = false;
		let hasEnded = false;
		const { connect, server } = await setUp({
			authorize: async (request) => {
				if (!request.url?.includes('ack=1')) return { person: person('bob', 'editor'), epoch: 1 };
				if (hasEnded) return { close: CLOSE.notSignedIn };
				hasAsked = true;
				await changed;
				return { person: person('bob', 'editor'), epoch: 1 };
			}
		});
		const other = connect();
		await until(() => other.isSynchronised);
		const bob = connect('ack=1');
		await until(() => hasAsked);
		hasEnded = true;
		createCutOff(server.liveRooms).fromEverything('bob');
		await until(() => other.closeCode === CLOSE.tryLater);
		const back = connect();
		await until(() => back.isSynchronised);
		change();
		await until(() => bob.closeCode === CLOSE.notSignedIn);
		expect(back.closeCode).toBeUndefined();
	});

	it('[P2] [P9] the directory says the new name and role, whatever a client’s own state says', async () => {
		const { connect, server } = await setUp();
		const ann = connect('person=ann');
		const eve = connect('person=eve');
		await until(() => ann.isSynchronised && eve.isSynchronised);
		eve.sendState(1001, 1, { role: 'facilitator', name: 'ann', person: { role: 'owner' } });
		await until(() => ann.people?.['1001']?.role === 'editor');
		const before = ann.server?.changes ?? 0;
		server.liveRooms.assign(ROOM, person('eve', 'viewer', 'Renamed'));
		await until(() => ann.people?.['1001']?.role === 'viewer');
		expect(ann.people?.['1001']).toMatchObject({ id: 'eve', name: 'Renamed' });
		expect(ann.server?.changes).toBeGreaterThan(before);
	});

	it('[P9] how many wait at the door is told, also to a room that was not in memory', async () => {
		const { connect, db, server } = await setUp();
		const waiting = { room_id: ROOM, role: 'editor' as const, asked_at: '2026-01-01T00:00:00Z' };
		await db
			.insertInto('waiting')
			.values({ ...waiting, person_id: 'zoe' })
			.execute();
		const ann = connect('person=ann');
		await until(() => ann.server?.waiting === 1);
		expect(JSON.stringify(ann.server)).not.toContain('zoe');
		server.liveRooms.peopleChanged(ROOM, 0);
		await until(() => ann.server?.waiting === 0);
	});
});
