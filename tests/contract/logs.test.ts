/** A whole session, with all that goes wrong in one, at the most talkative level of the log. */
import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { addCard } from '../../src/lib/board/cards.ts';
import { readBoard } from '../../src/lib/board/read-board.ts';
import { databaseFile } from '../../server/database/database.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { Client, runServer } from './run-server.ts';

vi.setConfig({ testTimeout: 60_000 });

const NAMES = ['Zebulon Quagga', 'Ottoline Okapi'];
const EMAIL = 'zebulon.quagga@example.org';
const PASSWORD = 'seven tapirs in a teapot';
const CARD = 'Aardvark overflights';
const ADDRESS = '203.0.113.77';

/** A frame of the sync protocol that carries `update`. */
function frameOf(update: Uint8Array): Uint8Array {
	const length = update.length;
	return Uint8Array.of(0, 2, (length & 127) | 128, length >> 7, ...update);
}

it('tells nothing of anybody: no name, address, password, token, code or text of a card', async () => {
	const dataDir = temporaryFolder();
	const server = await runServer({ DATA_DIR: dataDir, LOG_LEVEL: 'trace', TRUSTED_PROXY: '1' });
	const from = { 'x-forwarded-for': ADDRESS };
	const form = (client: Client, path: string, fields: Record<string, string>) =>
		client.send(path, {
			method: 'POST',
			headers: {
				...from,
				origin: server.address,
				accept: 'text/html',
				'content-type': 'application/x-www-form-urlencoded'
			},
			body: String(new URLSearchParams(fields))
		});
	const secrets = [...NAMES, EMAIL, PASSWORD, CARD, ADDRESS];

	const zeb = new Client(server);
	const account = { email: EMAIL, name: NAMES[0] ?? '', password: PASSWORD };
	expect((await form(zeb, '/sign-up', account)).status).toBe(303);
	secrets.push(zeb.cookie?.split('=')[1] ?? '');
	expect((await form(new Client(server), '/sign-up', account)).status).toBe(409);
	const wrong = { email: EMAIL, password: `${PASSWORD}!` };
	expect((await form(new Client(server), '/sign-in', wrong)).status).toBe(401);
	const again = new Client(server);
	expect((await form(again, '/sign-in', account)).status).toBe(303);
	secrets.push(again.cookie?.split('=')[1] ?? '');

	const opened = await zeb.post('/api/rooms', { template: 'blank', title: CARD }, from);
	const { id, code } = opened.json as { id: string; code: string };
	secrets.push(code, code.replace('-', ''));
	const ottoline = new Client(server);
	await ottoline.post('/api/join', { code: '0000-0000', name: NAMES[1] }, from);
	expect((await ottoline.post('/api/join', { code, name: NAMES[1] }, from)).status).toBe(200);
	secrets.push(ottoline.cookie?.split('=')[1] ?? '');
	await zeb.send('/api/rooms', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: `{"title": "${CARD}", oops`
	});
	await zeb.get(`/rooms/${id}?${encodeURIComponent(CARD)}`);
	await zeb.get(`/${encodeURIComponent(CARD)}`);
	await zeb.get(`/%ff${encodeURIComponent(CARD)}`);

	const doc = new Y.Doc();
	const board = await zeb.get(`/api/rooms/${id}`);
	expect(board.json.title).toBe(CARD);
	const socket = new WebSocket(`${server.address.replace('http', 'ws')}/sync/${id}`, {
		headers: { cookie: ottoline.cookie ?? '', ...from }
	});
	socket.on('message', (data: Buffer) => {
		if (data[0] === 0 && data[1] !== 0)
			Y.applyUpdate(doc, data.subarray(data.length < 130 ? 3 : 4));
	});
	await new Promise((resolve) => socket.once('message', resolve));
	socket.send(Uint8Array.of(0, 0, 1, 0));
	await vi.waitFor(() => expect(readBoard(doc).columns.length).toBeGreaterThan(1));
	socket.send(Uint8Array.of(0, 1, 2, 0, 0));

	// While the database is locked, so that storing fails and is logged.
	const other = new DatabaseSync(databaseFile(dataDir));
	other.exec('begin immediate');
	let made: Uint8Array = new Uint8Array();
	doc.on('update', (update: Uint8Array) => (made = update));
	addCard(doc, { title: CARD, column: readBoard(doc).columns[0]?.id ?? '' }, new Date());
	socket.send(frameOf(made));
	await vi.waitFor(() => expect(server.errors).toContain('cannot store updates'), 10_000);
	await zeb.post('/api/rooms', { template: 'blank', title: CARD, name: NAMES[0] }, from);
	other.exec('rollback');
	other.close();
	await vi.waitFor(async () => {
		expect((await zeb.get(`/api/rooms/${id}`)).json.cards).toHaveLength(1);
	}, 10_000);

	// Frames that are none, with a text in them.
	socket.send(frameOf(new TextEncoder().encode(CARD)));
	await new Promise((resolve) => socket.once('close', resolve));
	await form(zeb, '/sign-out', {});

	// A board that cannot be read any more.
	await server.stop();
	const file = new DatabaseSync(databaseFile(dataDir));
	file.exec(`update updates set data = cast('${CARD}' as blob)`);
	file.exec(`delete from snapshots`);
	file.close();
	const later = await runServer({ DATA_DIR: dataDir, LOG_LEVEL: 'trace' });
	await new Client(later, ottoline.cookie).get(`/api/rooms/${id}`);
	await later.stop();

	const log = server.errors + later.errors;
	for (const told of ['cannot store updates', 'a room is damaged', 'stopped']) {
		expect(log).toContain(told);
	}
	for (const line of log.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
	for (const secret of secrets) {
		expect(secret.length).toBeGreaterThan(7);
		expect(log).not.toContain(secret);
		expect(log).not.toContain(encodeURIComponent(secret));
	}
	expect(log).not.toMatch(/quagga|okapi|aardvark|tapir/i);
});
