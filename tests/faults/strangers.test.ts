/** Sockets of people the server does not know yet do not stay. */
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { runServer } from '../contract/run-server.ts';

const UPGRADE =
	'GET /sync/nowhere HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
	'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n';

it('[V7] whoever says nothing, too little or never answers is gone within ten seconds', async () => {
	const { address } = await runServer();
	const { port } = new URL(address);
	const openFor = (bytes: string) => {
		const start = performance.now();
		const socket = connect(Number(port), '127.0.0.1');
		onTestFinished(() => void socket.destroy());
		socket.on('error', () => undefined);
		socket.resume();
		socket.write(bytes);
		return new Promise<number>((resolve) => {
			socket.on('close', () => resolve(performance.now() - start));
		});
	};
	const times = await Promise.all([
		openFor('G'),
		openFor(UPGRADE),
		openFor(`${UPGRADE}\r\n`),
		// A handshake, and a frame that does not end.
		openFor(`${UPGRADE}\r\n\x82\xff`)
	]);
	console.log(times.map((time) => `${(time / 1_000).toFixed(1)} s`).join(', '));
	expect(Math.max(...times)).toBeLessThan(10_000);
}, 30_000);
