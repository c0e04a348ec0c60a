import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import { SYNC } from '#sync/messages.ts';
import { broken, honestFrames } from './broken-frames.ts';
import { seededRandom } from './random.ts';
import { contains } from './sync-client.ts';
import { connectTo, equalState, setUp, storedDocument, until } from './sync-fixture.ts';

/** Structs of no length; deletions out of order, which made every later edit throw. */
const POISON = [
	'01010200000000',
	'010202002101016d016b01a802000000',
	'0001050200feffffffffffff0f0001'
];

describe('hostile input', () => {
	it.each(POISON)('[V2] the poison %s is refused, and everybody else goes on', async (hex) => {
		const { connect, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		const eve = connect('person=eve');
		await until(() => ann.isSynchronised && eve.isSynchronised);
		eve.sendSync(SYNC.update, Buffer.from(hex, 'hex'));
		await until(() => eve.closeCode === CLOSE.badFrame);
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.isSaved);
		const bob = connect('person=bob');
		await until(() => bob.isSynchronised && bob.doc.getMap('cards').has('a'));
		Y.encodeStateAsUpdate(await storedDocument(db));
	});

	it('[R4] content over what was said to be erased disturbs nobody', async () => {
		const { connect } = await setUp();
		const ann = connect('person=ann&ack=1');
		const eve = connect('person=eve');
		await until(() => ann.isSynchronised && eve.isSynchronised);
		const known = () => Y.getState(ann.doc.store, 5);
		// Three erased clocks of client 5, then "hello" on the same and two more.
		eve.sendSync(SYNC.update, Buffer.from('01010500000300', 'hex'));
		await until(() => known() === 3);
		eve.sendSync(SYNC.update, Buffer.from('01010500040101740568656c6c6f00', 'hex'));
		await until(() => known() === 5 || eve.closeCode !== undefined);
		expect([ann.closeCode, eve.closeCode]).toEqual([undefined, undefined]);
	});

	it('[V1] a text frame, an unknown message, a stray byte and too much close with their codes', async () => {
		const { connect } = await setUp({ limits: { maxFrameBytes: 10_000 } });
		const codeAfter = async (frame: string | Uint8Array) => {
			const client = connect('person=eve');
			await until(() => client.isSynchronised);
			client.socket.send(frame);
			await until(() => client.closeCode !== undefined);
			return client.closeCode;
		};
		const ann = connect('person=ann&ack=1');
		expect(await codeAfter('hello')).toBe(CLOSE.badFrame);
		expect(await codeAfter(new Uint8Array())).toBe(CLOSE.badFrame);
		expect(await codeAfter(Uint8Array.of(77))).toBe(CLOSE.badFrame);
		expect(await codeAfter(Uint8Array.of(0, 0, 1, 0, 9))).toBe(CLOSE.badFrame);
		expect(await codeAfter(Uint8Array.of(0, 0, 3, 255, 255, 127))).toBe(CLOSE.badFrame);
		expect(await codeAfter(new Uint8Array(15_000))).toBe(CLOSE.tooLarge);
		expect(await codeAfter(new Uint8Array(50_000))).toBe(1009);
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.isSaved);
	});

	it('[V5] takes deletions, but nothing that would make a document larger than it may be', async () => {
		const { connect } = await setUp({ limits: { maxDocumentBytes: 5_000 } });
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		ann.doc.getText('t').insert(0, 'x'.repeat(4_500));
		await until(() => ann.isSaved);
		ann.doc.getText('t').delete(0, 10);
		await until(() => ann.isSaved);
		ann.doc.getText('t').insert(0, 'y'.repeat(500));
		await until(() => ann.closeCode === CLOSE.tooLarge);
	});

	it('[V6] four thousand updates out of order cost nothing: none of them is taken', async () => {
		const { connect, server } = await setUp();
		const author = new Y.Doc();
		const updates: Uint8Array[] = [];
		author.on('update', (update) => updates.push(update));
		for (let i = 0; i < 4_000; i++) author.getArray('list').push([i]);
		const ann = connect('person=ann');
		await until(() => ann.isOpen);
		ann.holdsStep2 = true;
		for (const update of updates.slice(1).reverse()) ann.sendSync(SYNC.update, update);
		const bob = connect('person=bob&ack=1');
		await until(() => bob.isSynchronised && bob.isSaved);
		const live = await server.liveRooms.read('room-1', (doc) => doc);
		expect(live.store.pendingStructs).toBeNull();
		expect(live.store.clients.size).toBe(0);
		const again = connect('person=ann&ack=1', author);
		await until(() => again.isSaved && bob.doc.getArray('list').length === 4_000);
	});

	it('[V9] what is left of a struct after its known part lies where that does', async () => {
		const { connect, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		ann.doc.clientID = 1;
		ann.doc.getText('one').insert(0, 'ab');
		const known = new Y.Doc();
		known.clientID = 2;
		known.getText('other').insert(0, 'xy');
		ann.sendSync(SYNC.update, Y.encodeStateAsUpdate(known));
		await until(() => ann.isSaved);
		// Client 2, from 0 again: four letters between the two of client 1; two of them are known.
		const update = Buffer.from('01010200c40100010104777879' + '7a00', 'hex');
		const eve = connect('person=eve');
		await until(() => eve.isSynchronised);
		eve.sendSync(SYNC.update, update);
		await until(() => eve.closeCode === CLOSE.badFrame);
		const stored = await storedDocument(db);
		expect(stored.getText('one').toJSON() + stored.getText('other').toJSON()).toBe('abxy');
	});

	it('[V9] what is known is not looked at again: it parts no character in memory alone', async () => {
		const { connect, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		const eve = connect('person=eve&ack=1');
		await until(() => ann.isSynchronised && eve.isSynchronised);
		ann.doc.getText('notes').insert(0, 'a dove 🕊 in the air');
		await until(() => eve.doc.getText('notes').length > 0);
		const before = Y.encodeStateAsUpdate(eve.doc);
		eve.doc.getText('notes').insert(0, '!');
		await until(() => eve.isSaved);
		// The same item once more, now saying that it lies within the dove.
		const other = new Y.Doc();
		Y.applyUpdate(other, before);
		other.clientID = eve.doc.clientID;
		let again = new Uint8Array();
		other.on('update', (update: Uint8Array) => (again = new Uint8Array(update)));
		other.getText('notes').insert('a dove '.length + 1, '!');
		eve.sendSync(SYNC.update, again);
		await until(() => eve.isSaved);
		const bob = connect('person=bob');
		await until(() => bob.isSynchronised);
		const stored = (await storedDocument(db)).getText('notes').toJSON();
		expect(stored).toBe('!a dove 🕊 in the air');
		expect(bob.doc.getText('notes').toJSON()).toBe(stored);
		expect(eve.closeCode).toBeUndefined();
	});

	it('[V1] [V2] thousands of broken frames leave the process, the peers and the room whole', async () => {
		const { connect, db, server } = await setUp();
		const random = seededRandom(20_210_616);
		const ann = connect('person=ann&ack=1');
		const bob = connect('person=bob&ack=1');
		await until(() => ann.isSynchronised && bob.isSynchronised);
		const seeds = honestFrames(random);
		let sent = 0;
		for (let round = 0; round < 600; round++) {
			const eve = new WebSocket(`${server.url}/room-1?person=eve`);
			eve.on('error', () => undefined);
			await new Promise((resolve) => eve.once('open', resolve));
			for (let i = 0; i < 6; i++, sent++) eve.send(broken(seeds, random));
			eve.close();
			await new Promise((resolve) => eve.once('close', resolve));
			if (round % 20 === 0) (random.chance(0.5) ? ann : bob).doc.getMap('cards').set('n', round);
		}
		expect(sent).toBe(3_600);
		const peers = [ann, bob].map((peer) =>
			peer.isOpen ? peer : connectTo(server.url, 'person=ann&ack=1', peer.doc)
		);
		await until(() => peers.every((peer) => peer.isSynchronised && peer.isSaved));
		const fresh = connect('person=cyd');
		await until(() => fresh.isSynchronised && equalState(fresh.doc, peers[0]!.doc));
		const stored = await storedDocument(db);
		for (const { witness } of [...peers, ann, bob]) expect(contains(stored, witness)).toBe(true);
		await server.liveRooms.board('room-1');
		// A room that had to start again from its log cuts its peers: that must not have been needed.
		expect([ann.closeCode, bob.closeCode]).toEqual([undefined, undefined]);
	}, 30_000);
});
