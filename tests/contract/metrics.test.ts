/** `/metrics`: off unless asked for, on loopback alone, and nothing of anybody in it. */
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '../../src/lib/sync/close-codes.ts';
import { Client, runServer, spawnServer, type ServerProcess } from './run-server.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';

vi.setConfig({ testTimeout: 30_000 });

async function runWithMetrics(): Promise<{ server: ServerProcess; metrics: Client; port: number }> {
	const server = await runServer({ METRICS_PORT: '0', LOG_LEVEL: 'info' });
	const address = await vi.waitFor(() => {
		const found = /http:\/\/127\.0\.0\.1:\d+(?=\/metrics)/.exec(server.errors)?.[0];
		if (found === undefined) throw new Error('no address yet');
		return found;
	});
	return { server, metrics: new Client({ address }), port: Number(new URL(address).port) };
}

function figure(text: string, name: string): number {
	const line = text.split('\n').find((each) => each.startsWith(`${name} `));
	return Number(line?.split(' ').at(-1));
}

it('tells of rooms, connections, storing, refusals, sign-ins and the process', async () => {
	const { server, metrics } = await runWithMetrics();
	const ann = new Client(server);
	const { id } = (await ann.post('/api/rooms', { template: 'blank', name: 'Ann Quagga' })).json;
	const url = `${server.address.replace('http', 'ws')}/sync/${id}`;
	const connect = () => new WebSocket(url, { headers: { cookie: ann.cookie ?? '' } });
	const stays = connect();
	await new Promise((resolve) => stays.once('message', resolve));
	const offends = connect();
	await new Promise((resolve) => offends.once('message', resolve));
	offends.send(Uint8Array.of(99));
	expect(await new Promise((resolve) => offends.once('close', resolve))).toBe(CLOSE.badFrame);
	await new Promise((resolve) => new WebSocket(url).once('close', resolve));
	const form = new URLSearchParams({ email: 'quagga@example.org', password: 'wrong, all of it' });
	const headers = {
		origin: server.address,
		accept: 'text/html',
		'content-type': 'application/x-www-form-urlencoded'
	};
	await new Client(server).send('/sign-in', { method: 'POST', headers, body: String(form) });

	const { status, headers: told, text } = await metrics.get('/metrics');
	expect(status).toBe(200);
	expect(told['content-type']).toMatch(/^text\/plain/);
	expect(figure(text, 'detente_rooms_loaded')).toBe(1);
	expect(figure(text, 'detente_connections')).toBe(1);
	expect(figure(text, 'detente_storing')).toBe(1);
	expect(figure(text, `detente_connections_closed_total{code="${CLOSE.badFrame}"}`)).toBe(1);
	expect(figure(text, `detente_connections_closed_total{code="${CLOSE.notSignedIn}"}`)).toBe(1);
	expect(figure(text, 'detente_sign_ins_total{outcome="failed"}')).toBe(1);
	expect(figure(text, 'detente_sign_ins_total{outcome="done"}')).toBe(0);
	expect(figure(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
	for (const theirs of [id, 'uagga', 'example.org', ann.cookie ?? '']) {
		expect(text).not.toContain(theirs);
	}
	stays.close();
});

it('counts what is stored, and how long that took', async () => {
	const { server, metrics } = await runWithMetrics();
	const ann = new Client(server);
	const { id } = (await ann.post('/api/rooms', { template: 'blank' })).json;
	const socket = new WebSocket(`${server.address.replace('http', 'ws')}/sync/${id}?ack=1`, {
		headers: { cookie: ann.cookie ?? '' }
	});
	await new Promise((resolve) => socket.once('message', resolve));
	// An empty step 2, then an update that sets `meta.title` to "x".
	socket.send(Uint8Array.of(0, 1, 2, 0, 0));
	const update = [1, 1, 7, 0, 40, 1, 4, 109, 101, 116, 97, 5, 116, 105, 116, 108, 101, 1, 119, 1, 120, 0]; // prettier-ignore
	socket.send(Uint8Array.of(0, 2, update.length, ...update));
	await vi.waitFor(async () => {
		const { text } = await metrics.get('/metrics');
		expect(figure(text, 'detente_updates_stored_total')).toBe(1);
		expect(figure(text, 'detente_commit_seconds_count')).toBe(1);
		expect(figure(text, 'detente_commit_seconds_sum')).toBeGreaterThan(0);
	});
	socket.close();
});

it('is nowhere else: not on the board’s own port, not for other names, methods or addresses', async () => {
	const { server, metrics, port } = await runWithMetrics();
	expect((await new Client(server).get('/metrics')).status).toBe(404);
	for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example']) {
		expect((await metrics.get('/metrics', { host })).status).toBe(404);
	}
	expect((await metrics.get('/')).status).toBe(404);
	expect((await metrics.send('/metrics', { method: 'POST' })).status).toBe(404);
	const others = Object.values(networkInterfaces())
		.flat()
		.filter((each) => each?.family === 'IPv4' && !each.internal);
	for (const other of others) {
		const outside = new Client({ address: `http://${other?.address}:${port}` });
		await expect(outside.get('/metrics')).rejects.toThrow('ECONNREFUSED');
	}
});

it('says in a sentence that its port is taken', async () => {
	const other = createServer();
	onTestFinished(() => void other.close());
	await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
	const { port } = other.address() as AddressInfo;
	const server = spawnServer({
		PORT: '0',
		DATA_DIR: temporaryFolder(),
		METRICS_PORT: String(port)
	});
	expect(await server.ended).toEqual({ code: 1, signal: null });
	expect(server.errors).toMatch(
		new RegExp(`METRICS_PORT is ${port}, but that port cannot .+\\.\n`)
	);
});
