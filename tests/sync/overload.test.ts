import { connect as connectTcp } from 'node:net';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import { SYNC } from '#sync/messages.ts';
import { LIMITS } from '../../server/sync/limits.ts';
import { connectTo, setUp, until } from './sync-fixture.ts';

describe('overload', () => {
	it('[B1] leaves a client behind that does not read, and makes it good at once', async () => {
		const { connect } = await setUp({
			limits: { maxQueueBytes: 100_000, maxAwarenessQueueBytes: 50_000, maxDocumentBytes: 1e8 }
		});
		const ann = connect('person=ann&ack=1');
		const slow = connect('person=slow');
		await until(() => ann.isSynchronised && slow.isSynchronised);
		slow.socket.pause();
		// More than the kernel's buffers between the two hold.
		for (let i = 0; i < 200; i++) {
			ann.doc.getMap('cards').set(`k${i}`, 'x'.repeat(100_000));
			if (i % 5 === 0) await until(() => ann.isSaved);
		}
		ann.doc.getMap('cards').delete('k0');
		await until(() => ann.isSaved);
		slow.socket.resume();
		await until(() => slow.doc.getMap('cards').size === 199);
		expect(slow.closeCode).toBeUndefined();
		expect(slow.types.length).toBeLessThan(190);
	}, 15_000);

	it('[B1] never owes one socket more than 8 MB, whatever its client leaves unread', async () => {
		expect(LIMITS.maxQueueBytes + LIMITS.maxDocumentBytes).toBeLessThan(8_000_000);
		expect(LIMITS.maxQueueBytes + LIMITS.maxFrameBytes).toBeLessThan(8_000_000);
		const { connect, server } = await setUp();
		const ann = connect('person=ann&ack=1');
		const slow = connect('person=slow');
		await until(() => ann.isSynchronised && slow.isSynchronised);
		slow.socket.pause();
		let owed = 0;
		for (let round = 0; round < 60; round++) {
			ann.doc.getMap('cards').set('big', `${round}`.repeat(500_000).slice(0, 500_000));
			if (round % 3 === 0) slow.sendSync(SYNC.step1, Uint8Array.of(0));
			await until(() => ann.isSaved);
			owed = Math.max(owed, server.liveRooms.mostQueuedBytes);
		}
		expect(owed).toBeGreaterThan(LIMITS.maxQueueBytes);
		expect(owed).toBeLessThan(8_000_000);
		expect(ann.isOpen).toBe(true);
	}, 20_000);

	it('[B2] closes who asks for the document without end', async () => {
		const { connect } = await setUp({ limits: { maxQuestionsPerHeartbeat: 5 } });
		const eve = connect('person=eve');
		await until(() => eve.isSynchronised);
		for (let i = 0; i < 5; i++) eve.sendSync(SYNC.step1, Uint8Array.of(0));
		await until(() => eve.closeCode === CLOSE.tooMuch);
	});

	it('[V7] answers pings, but not without end', async () => {
		const { connect } = await setUp({ limits: { maxPingsPerHeartbeat: 3 } });
		const eve = connect('person=eve');
		await until(() => eve.isSynchronised);
		let pongs = 0;
		eve.socket.on('pong', () => (pongs += 1));
		for (let i = 0; i < 3; i++) eve.socket.ping('still there?');
		await until(() => pongs === 3);
		eve.socket.ping();
		await until(() => eve.closeCode === CLOSE.tooMuch);
	});

	it('[V7] refuses the newest of too many connections of one person, and nobody else', async () => {
		const { connect } = await setUp({ limits: { maxConnectionsPerPerson: 3 } });
		const tabs = [1, 2, 3].map(() => connect('person=eve'));
		await until(() => tabs.every((each) => each.isSynchronised));
		const another = connect('person=eve');
		await until(() => another.closeCode === CLOSE.tooMuch);
		const ann = connect('person=ann');
		await until(() => ann.isSynchronised);
		expect(tabs.every((each) => each.isOpen)).toBe(true);
	});

	it('[V7] closes a message that comes in crumbs', async () => {
		const { connect } = await setUp({ limits: { maxFragments: 10 } });
		const eve = connect('person=eve');
		await until(() => eve.isSynchronised);
		for (let i = 0; i < 20; i++) eve.socket.send(Uint8Array.of(0), { fin: false });
		await until(() => eve.closeCode === 1008);
	});

	it('[V7] cuts who does not answer the closing', async () => {
		const { server } = await setUp({ limits: { closeMs: 100, maxFrameBytes: 10 } });
		const raw = connectTcp(server.port, '127.0.0.1');
		let isClosed = false;
		raw.on('error', () => undefined);
		raw.on('close', () => (isClosed = true));
		raw.on('data', () => undefined);
		raw.write(
			'GET /sync/room-1?person=eve HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n' +
				'Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n' +
				'Sec-WebSocket-Version: 13\r\n\r\n'
		);
		// A frame of a kind that no client may send; the answer to it is never read.
		raw.write(Buffer.from([0x82, 0x81, 0, 0, 0, 0, 77]));
		await until(() => isClosed, 'cut');
	});

	it('[S11] reads who sends faster than is stored when it is stored', async () => {
		const { connect } = await setUp({ limits: { maxWaitingBytesPerConnection: 5_000 } });
		const flooder = connect('person=eve&ack=1');
		const ann = connect('person=ann&ack=1');
		await until(() => flooder.isSynchronised && ann.isSynchronised);
		for (let i = 0; i < 3_000; i++) flooder.doc.getArray('list').push([i]);
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.isSaved && flooder.isSaved, 'all stored');
		await until(() => ann.doc.getArray('list').length === 3_000);
	});

	it('[V8] refuses types nested too deep, and what is there can still be deleted', async () => {
		const { connect } = await setUp();
		const ann = connect('person=ann&ack=1');
		const eve = connect('person=eve');
		await until(() => ann.isSynchronised && eve.isSynchronised);
		const deep = new Y.Doc();
		let map = deep.getMap<unknown>('cards');
		for (let level = 0; level < 2_500; level++) {
			const inner = new Y.Map<unknown>();
			map.set('k', inner);
			map = inner;
		}
		eve.sendSync(SYNC.update, Y.encodeStateAsUpdate(deep));
		await until(() => eve.closeCode === CLOSE.badFrame);
		ann.doc.getMap('cards').set('a', 1);
		ann.doc.getMap('cards').delete('a');
		await until(() => ann.isSaved);
		const bob = connectTo(eve.socket.url.replace(/\/room-1.*/, ''), 'person=bob');
		await until(() => bob.isSynchronised);
		expect(bob.doc.getMap('cards').size).toBe(0);
	}, 15_000);

	it('[V8] lets somebody come back and write at once about what was done offline', async () => {
		const { connect } = await setUp();
		const doc = new Y.Doc();
		const card = new Y.Map<unknown>();
		doc.getMap('cards').set('offline', card);
		const updates: Uint8Array[] = [];
		doc.on('update', (update) => updates.push(update));
		card.set('evidence', new Y.Map());
		const ann = connect('person=ann&ack=1', doc);
		await until(() => ann.isOpen);
		// As the stock provider does: it sends what is written as soon as the socket is open.
		ann.sendSync(SYNC.update, updates[0]!);
		await until(() => ann.isSynchronised && ann.isSaved);
		expect(ann.stored).toBe(2);
		const bob = connect('person=bob');
		await until(() => bob.isSynchronised);
		expect(bob.doc.getMap('cards').toJSON()).toEqual({ offline: { evidence: {} } });
		expect(ann.closeCode).toBeUndefined();
	});

	it.each([0, 10, 100, 1_000])(
		'[S9] keeps a last edit whose connection breaks at once, rejoined after %i ms',
		async (ms) => {
			const { connect } = await setUp();
			const ann = connect('person=ann&ack=1');
			await until(() => ann.isSynchronised && ann.isSaved);
			ann.doc.getMap('cards').set('last', ms);
			// The bytes are handed to the kernel; nobody waits for an answer.
			await new Promise((resolve) => setImmediate(resolve));
			ann.close();
			const start = performance.now();
			await until(() => performance.now() - start >= ms);
			const again = connect('person=ann&ack=1');
			await until(() => again.isSynchronised);
			await until(() => again.doc.getMap('cards').get('last') === ms, 'the last edit');
		}
	);
});
