import { connect as connectTcp } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '#sync/close-codes.ts';
import { until, connectTo, setUp } from './sync-fixture.ts';

/** The HTTP status that a refused upgrade gets. */
function statusOf(url: string): Promise<number | undefined> {
	return new Promise((resolve) => {
		const socket = new WebSocket(url);
		socket.on('error', () => undefined);
		socket.on('unexpected-response', (_, response) => resolve(response.statusCode));
		socket.on('open', () => resolve(101));
	});
}

describe('the gateway', () => {
	it('[W3] knows only rooms', async () => {
		const { server } = await setUp();
		const root = server.url.replace('/sync', '');
		for (const path of ['/', '/sync', '/sync/', '/sync/a/b', '/sync/%2e', '//', '/other/room-1']) {
			expect(await statusOf(root + path), path).toBe(404);
		}
		expect(await statusOf(`${root}/sync/${'x'.repeat(65)}`)).toBe(404);
	});

	it('[W3] refuses another origin before the upgrade', async () => {
		const { server } = await setUp({ allowsOrigin: () => false });
		expect(await statusOf(`${server.url}/room-1`)).toBe(403);
	});

	it('[W3] says after the upgrade why somebody may not come in', async () => {
		const { connect } = await setUp({
			authorize: () => Promise.resolve({ close: CLOSE.notAllowed })
		});
		const eve = connect();
		await until(() => eve.closeCode === CLOSE.notAllowed);
		expect(eve.types).toEqual([]);
	});

	it('[W3] refuses a copy of another epoch', async () => {
		const { connect } = await setUp();
		const old = connect('epoch=7');
		const current = connect('epoch=1');
		await until(() => old.closeCode === CLOSE.roomGone && current.isSynchronised);
	});

	it('[W3] bounds those who wait for authorisation, in number and time', async () => {
		const { server } = await setUp({
			limits: { maxWaitingSockets: 2, authorizeMs: 100 },
			authorize: () => new Promise(() => undefined)
		});
		const waiting = [connectTo(server.url), connectTo(server.url)];
		await until(() => waiting.every((each) => each.isOpen));
		expect(await statusOf(`${server.url}/room-1`)).toBe(503);
		await until(() => waiting.every((each) => each.closeCode === CLOSE.tryLater));
	});

	it('[W4] keeps what a client sends while its right is looked up', async () => {
		const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
		const person = { id: 'ann', name: 'Ann', colour: 0, role: 'editor' as const };
		const { connect } = await setUp({
			authorize: async () => {
				await allowed;
				return { person, epoch: 1 };
			}
		});
		const ann = connect('ack=1');
		await until(() => ann.isOpen);
		for (let i = 0; i < 50; i++) ann.doc.getArray('list').push([i]);
		expect(ann.types).toEqual([]);
		allow();
		await until(() => ann.isSynchronised && ann.isSaved && ann.stored === 51);
	});

	it('[W5] cuts who does not answer a ping, and shows it to the others', async () => {
		const { connect, server } = await setUp({ limits: { heartbeatMs: 100 } });
		const bob = connect('person=bob');
		const ghost = connect('person=ann');
		await until(() => bob.isSynchronised && ghost.isSynchronised);
		ghost.sendState(1001, 1, { here: true });
		await until(() => bob.heard.get(1001)?.state?.here === true);
		ghost.socket.pause();
		await until(() => bob.heard.get(1001)?.state === null, 'the ghost gone');
		expect(bob.isOpen).toBe(true);
		expect(server.liveRooms.loaded).toEqual(['room-1']);
	});

	it('survives sockets that break off in the middle of the handshake', async () => {
		const { server, connect } = await setUp();
		for (let i = 0; i < 50; i++) {
			const raw = connectTcp(server.port, '127.0.0.1');
			raw.on('error', () => undefined);
			raw.write(
				'GET /sync/room-1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n'
			);
			if (i % 2 === 0) raw.write('Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n');
			raw.write('Sec-WebSocket-Version: 13\r\n\r\n', () => raw.destroy());
		}
		const ann = connect('person=ann');
		await until(() => ann.isSynchronised);
	});
});
