/**
 * Who may do what in a room, by raw requests: a guest of room A at the doors of room B, every change by
 * every role, a viewer's own frames, somebody who was taken out.
 */
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { CLOSE } from '../../src/lib/sync/close-codes.ts';
import { SYNC } from '../../src/lib/sync/messages.ts';
import { SyncClient } from '../sync/sync-client.ts';
import { Client, runServer, type Answer, type ServerProcess } from './run-server.ts';

vi.setConfig({ testTimeout: 60_000 });
const WAIT = { timeout: 10_000, interval: 20 };

interface Listed {
	people: { id: string; name: string; role: string }[];
	waiting: { id: string; name: string }[];
	removed: { id: string; name: string }[];
}

/** A room with its facilitator, an editor and a viewer. */
async function openRoom(server: ServerProcess, title = 'Hidden title') {
	const fay = new Client(server);
	const body = { template: 'us-russia-cyber-detente', name: 'Fay Facilitator', title };
	const { id, code } = (await fay.post('/api/rooms', body)).json as { id: string; code: string };
	const edgar = await join(server, code, 'Edgar Editor');
	const vic = await join(server, code, 'Vic Viewer');
	const idOf = async (name: string) =>
		((await fay.get(`/api/rooms/${id}/people`)).json as Listed).people.find(
			(person) => person.name === name
		)?.id ?? '';
	await act(server, fay, `/rooms/${id}/people?/role`, {
		person: await idOf('Vic Viewer'),
		role: 'viewer'
	});
	return { id, code, fay, edgar, vic, idOf };
}

async function join(server: ServerProcess, code: string, name: string): Promise<Client> {
	const client = new Client(server);
	expect((await client.post('/api/join', { code, name })).status).toBeLessThan(300);
	return client;
}

/** A form as a browser without scripts sends it. */
function act(
	server: ServerProcess,
	client: Client,
	path: string,
	fields: Record<string, string>,
	origin = server.address
): Promise<Answer> {
	return client.send(path, {
		method: 'POST',
		headers: {
			origin,
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded'
		},
		body: new URLSearchParams(fields).toString()
	});
}

/** The code that a websocket is closed with, the status of a refused upgrade, or "open". */
function knock(server: ServerProcess, path: string, cookie: string): Promise<number | 'open'> {
	const socket = new WebSocket(`${server.address.replace('http', 'ws')}${path}`, {
		headers: { cookie }
	});
	onTestFinished(() => socket.terminate());
	return new Promise((resolve) => {
		socket.on('message', () => resolve('open'));
		socket.on('close', (code) => resolve(code));
		socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0));
		socket.on('error', () => undefined);
	});
}

/** The status that a request line as it stands is answered with, and all that came with it. */
function rawRequest(server: ServerProcess, line: string, cookie: string): Promise<string> {
	const { port } = new URL(server.address);
	const socket = connect({ port: Number(port), host: '127.0.0.1' });
	onTestFinished(() => void socket.destroy());
	socket.write(`${line}\r\nHost: x\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`, 'latin1');
	return new Promise((resolve, reject) => {
		let text = '';
		socket.setEncoding('latin1').on('data', (part: string) => (text += part));
		socket.on('error', reject);
		socket.on('close', () => resolve(text));
	});
}

/** The close code of a websocket asked for by a request line as it stands, or the status instead. */
function rawUpgrade(server: ServerProcess, line: string, cookie: string): Promise<number> {
	const { port } = new URL(server.address);
	const socket = connect({ port: Number(port), host: '127.0.0.1' });
	onTestFinished(() => void socket.destroy());
	const upgrade = [
		'Connection: Upgrade',
		'Upgrade: websocket',
		'Sec-WebSocket-Version: 13',
		`Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`
	].join('\r\n');
	socket.write(`${line}\r\nHost: x\r\nCookie: ${cookie}\r\n${upgrade}\r\n\r\n`, 'latin1');
	return new Promise((resolve, reject) => {
		let bytes = Buffer.alloc(0);
		socket.on('data', (part: Buffer) => {
			bytes = Buffer.concat([bytes, part]);
			const status = Number(/^HTTP\/1\.1 (\d+)/.exec(bytes.toString('latin1'))?.[1]);
			const frame = bytes.subarray(bytes.indexOf('\r\n\r\n') + 4);
			if (status !== 101) resolve(status);
			// A close frame: its code follows the two bytes of its head.
			else if (frame.length >= 4) resolve(frame[0] === 0x88 ? frame.readUInt16BE(2) : 0);
		});
		socket.on('error', reject);
	});
}

/** A live client with somebody's cookie. */
function connectAs({ cookie = '' }: Client, server: ServerProcess, id: string): SyncClient {
	const url = `${server.address.replace('http', 'ws')}/sync/${id}?ack=1`;
	const client = new SyncClient(new WebSocket(url, { headers: { cookie } }));
	onTestFinished(() => client.close());
	return client;
}

const until = (condition: () => boolean) => vi.waitFor(() => expect(condition()).toBe(true), WAIT);

describe('a guest of room A at the doors of room B', () => {
	it('is refused alike at every page and endpoint, and learns nothing', async () => {
		const server = await runServer();
		const a = await openRoom(server, 'Room A');
		const b = await openRoom(server);
		for (const path of ['', '/people', '/door', '/report']) {
			const answer = await a.edgar.get(`/rooms/${b.id}${path}`, { accept: 'text/html' });
			expect(answer.status).toBe(403);
			expect(answer.text).not.toMatch(/Hidden title|Facilitator|Fay|Edgar|Vic/);
			expect(answer.text).not.toContain(b.code);
			const data = await a.edgar.get(`/rooms/${b.id}${path}/__data.json`);
			expect(data.text).not.toMatch(/Hidden title|Fay|Edgar|Vic/);
			expect(data.text).not.toContain(b.code);
		}
		const refused = await a.edgar.get(`/api/rooms/${b.id}`);
		expect(refused).toMatchObject({ status: 403, json: { error: { code: 'not-allowed' } } });
		for (const path of ['/reading', '/people', '/doors']) {
			const answer = await a.edgar.get(`/api/rooms/${b.id}${path}`);
			expect(answer).toMatchObject({ status: 403, text: refused.text });
		}
		expect(await knock(server, `/sync/${b.id}`, a.edgar.cookie ?? '')).toBe(CLOSE.notAllowed);
		// His code of A opens nothing with B's id beside it, but A.
		const code = (await a.fay.get(`/api/rooms/${a.id}/doors`)).json.doors[0].code as string;
		const joined = await a.edgar.post('/api/join', { code, room: b.id });
		expect(joined.json).toMatchObject({ id: a.id });
	});

	it('gets nothing by writing its address otherwise', async () => {
		const server = await runServer();
		const a = await openRoom(server, 'Room A');
		const b = await openRoom(server);
		const cookie = a.edgar.cookie ?? '';
		const swapped = [...b.id]
			.map((letter) =>
				letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
			)
			.join('');
		const hex = (text: string) =>
			[...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
		const ids = [
			`${a.id}/../${b.id}`,
			`${a.id}/..%2f${b.id}`,
			`${a.id}%2f..%2f${b.id}`,
			`${a.id}%2F${b.id}`,
			`${a.id}%5c..%5c${b.id}`,
			`./${b.id}`,
			`%2e/${b.id}`,
			`%2e%2e/rooms/${b.id}`,
			`..;/rooms/${b.id}`,
			`/${b.id}`,
			`${b.id}/`,
			`${b.id}//`,
			`${b.id}/.`,
			`${b.id}%00`,
			`${b.id}%00.html`,
			`${b.id}%20`,
			`${b.id}%0a`,
			`${b.id}.`,
			`${b.id}..`,
			`${b.id};`,
			`${b.id}%3f`,
			`${b.id}?room=${a.id}`,
			`${b.id}#${a.id}`,
			`${b.id}%23`,
			`${b.id}\u00a0`,
			swapped,
			hex(b.id),
			hex(hex(b.id)),
			`%ff${b.id}`,
			`${b.id}%c0%af`,
			`${b.id}%ef%bc%8f${a.id}`,
			`${[...b.id].map((letter) => encodeURIComponent(String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))).join('')}`
		];
		for (const id of ids) {
			for (const prefix of ['/rooms/', '/api/rooms/', '/sync/']) {
				const answer = await rawRequest(server, `GET ${prefix}${id} HTTP/1.1`, cookie);
				expect(answer, prefix + id).toMatch(/^HTTP\/1\.1 (30[178]|40[034]|426) /);
				expect(answer).not.toMatch(/Hidden title|Fay Facilitator|Edgar|Vic/);
				expect(answer).not.toContain(b.code);
			}
			const outcome = await rawUpgrade(server, `GET /sync/${id} HTTP/1.1`, cookie);
			expect([400, 403, 404, CLOSE.notAllowed, CLOSE.noSuchRoom], id).toContain(outcome);
		}
		expect((await a.edgar.get(`/api/rooms/${a.id}`)).status).toBe(200);
		expect((await a.edgar.get('/healthz')).status).toBe(200);
		expect(server.errors).toBe('');
	});
});

describe('every change of people and doors', () => {
	it('is refused to whoever may not, sent as a form by hand', async () => {
		const server = await runServer();
		const a = await openRoom(server, 'Room A');
		const b = await openRoom(server);
		const fay = await b.idOf('Fay Facilitator');
		const edgar = await b.idOf('Edgar Editor');
		const before = (await b.fay.get(`/api/rooms/${b.id}/people`)).text;
		const doors = (await b.fay.get(`/api/rooms/${b.id}/doors`)).text;
		const actions: [string, Record<string, string>][] = [
			...['owner', 'facilitator', 'editor', 'viewer', 'team'].map(
				(role): [string, Record<string, string>] => ['people?/role', { role }]
			),
			['people?/handOver', {}],
			['people?/rename', { name: 'Renamed' }],
			['people?/remove', {}],
			['people?/forgive', {}],
			['people?/admit', {}],
			['people?/admitAll', {}],
			['people?/turnAway', {}],
			['door?/open', { role: 'editor', ends: '30', lobby: '', peopleMax: '', midnight: '' }],
			['door?/renew', { role: 'editor' }],
			['door?/close', { role: 'editor' }],
			['door?/sendOut', { role: 'editor' }]
		];
		const people: [Client, number][] = [
			[new Client(server), 401],
			[new Client(server, `guest=${'x'.repeat(43)}`), 401],
			[a.fay, 403],
			[a.edgar, 403],
			[b.edgar, 403],
			[b.vic, 403]
		];
		for (const [client, status] of people) {
			for (const [action, fields] of actions) {
				for (const person of [fay, edgar]) {
					const answer = await act(server, client, `/rooms/${b.id}/${action}`, {
						person,
						...fields
					});
					expect(answer.status, action).toBe(status);
				}
			}
		}
		// Nor from another site's page, with the facilitator's own cookie.
		for (const [action, fields] of actions) {
			const form = { person: edgar, ...fields };
			const path = `/rooms/${b.id}/${action}`;
			const answer = await act(server, b.fay, path, form, 'http://evil.example');
			expect(answer.status, action).toBe(403);
		}
		expect((await b.fay.get(`/api/rooms/${b.id}/people`)).text).toBe(before);
		expect((await b.fay.get(`/api/rooms/${b.id}/doors`)).text).toBe(doors);
	});

	it('shows who waits and who was taken out to facilitators only, and codes to those who may invite', async () => {
		const server = await runServer();
		const room = await openRoom(server);
		const settings = { role: 'editor', ends: '7', lobby: 'on', peopleMax: '', midnight: '' };
		await act(server, room.fay, `/rooms/${room.id}/door?/open`, settings);
		const lou = await join(server, room.code, 'Lou Lobby');
		const gone = await room.idOf('Edgar Editor');
		const listed = async (client: Client) =>
			(await client.get(`/api/rooms/${room.id}/people`)).json as Listed;
		expect((await listed(room.edgar)).waiting).toEqual([]);
		await act(server, room.fay, `/rooms/${room.id}/people?/remove`, { person: gone });
		expect((await listed(room.fay)).waiting).toMatchObject([{ name: 'Lou Lobby' }]);
		expect((await listed(room.fay)).removed).toMatchObject([{ name: 'Edgar Editor' }]);
		expect(await listed(room.vic)).toMatchObject({ waiting: [], removed: [] });
		for (const client of [lou, room.edgar]) {
			for (const path of ['', '/reading', '/people', '/doors']) {
				expect((await client.get(`/api/rooms/${room.id}${path}`)).status).toBe(403);
			}
		}
		expect((await room.vic.get(`/api/rooms/${room.id}/doors`)).json.error.code).toBe(
			'role-too-low'
		);
		expect(await knock(server, `/sync/${room.id}`, lou.cookie ?? '')).toBe(CLOSE.notAllowed);
		expect(await knock(server, `/sync/${room.id}`, room.edgar.cookie ?? '')).toBe(CLOSE.removed);
	});
});

describe('POST /api/join', () => {
	it('says by its code why a right code does not let somebody in', async () => {
		const server = await runServer();
		const { id, code, fay, edgar, idOf } = await openRoom(server);
		const door = (fields: Record<string, string>) =>
			act(server, fay, `/rooms/${id}/door?/open`, {
				role: 'editor',
				ends: '7',
				lobby: '',
				peopleMax: '',
				midnight: '',
				...fields
			});
		const tryTo = (client = new Client(server)) => client.post('/api/join', { code, name: 'Zoe' });
		await door({ peopleMax: '1' });
		expect(await tryTo()).toMatchObject({ status: 409, json: { error: { code: 'room-full' } } });
		await door({ lobby: 'on' });
		const zoe = new Client(server);
		const waiting = await tryTo(zoe);
		expect(waiting).toMatchObject({ status: 202, json: { id, role: 'editor', waiting: true } });
		expect(zoe.cookie).toMatch(/^guest=/);
		expect((await zoe.get(`/api/rooms/${id}/lobby`)).json).toEqual({ place: 'lobby' });
		const { waiting: list } = (await fay.get(`/api/rooms/${id}/people`)).json as Listed;
		await act(server, fay, `/rooms/${id}/people?/turnAway`, { person: list[0]?.id ?? '' });
		expect(await tryTo(zoe)).toMatchObject({
			status: 403,
			json: { error: { code: 'turned-away' } }
		});
		await act(server, fay, `/rooms/${id}/people?/remove`, {
			person: await idOf('Edgar Editor')
		});
		expect(await tryTo(edgar)).toMatchObject({
			status: 403,
			json: { error: { code: 'removed' } }
		});
		await act(server, fay, `/rooms/${id}/door?/close`, { role: 'editor' });
		expect(await tryTo()).toMatchObject({ status: 410, json: { error: { code: 'door-closed' } } });
	});
});

describe('a live connection', () => {
	it('of a viewer writes nothing, by whatever frame, and names itself as it likes to nobody’s eyes', async () => {
		const server = await runServer();
		const room = await openRoom(server);
		const fay = connectAs(room.fay, server, room.id);
		const vic = connectAs(room.vic, server, room.id);
		await until(() => fay.isSynchronised && vic.isSynchronised);
		const before = JSON.stringify((await room.fay.get(`/api/rooms/${room.id}`)).json);
		const forged = new Y.Doc();
		forged.getMap('meta').set('title', 'Forged');
		vic.sendSync(SYNC.update, Y.encodeStateAsUpdate(forged));
		vic.sendSync(SYNC.step2, Y.encodeStateAsUpdate(forged));
		vic.doc.getMap('cards').clear();
		await until(() => vic.isSaved);
		vic.sendState(77, 1, {
			role: 'facilitator',
			people: { 77: { id: 'fay', name: 'Fay Facilitator', role: 'owner' } },
			waiting: 9
		});
		await until(() => fay.people?.['77'] !== undefined);
		expect(fay.people?.['77']).toMatchObject({ name: 'Vic Viewer', role: 'viewer' });
		expect(fay.server?.waiting).toBe(0);
		expect(JSON.stringify((await room.fay.get(`/api/rooms/${room.id}`)).json)).toBe(before);
	});

	it('is made a viewer, an editor again and cut within a second, over real requests', async () => {
		const server = await runServer();
		const room = await openRoom(server);
		const edgar = connectAs(room.edgar, server, room.id);
		await until(() => edgar.isSynchronised && edgar.isSaved);
		const person = await room.idOf('Edgar Editor');
		const timed = async (path: string, fields: Record<string, string>, done: () => boolean) => {
			const start = performance.now();
			const answer = await act(server, room.fay, `/rooms/${room.id}/people?/${path}`, {
				person,
				...fields
			});
			expect(answer.status).toBe(200);
			await until(done);
			return performance.now() - start;
		};
		const role = () => edgar.roles.at(-1)?.role;
		const times = [
			await timed('role', { role: 'viewer' }, () => role() === 'viewer'),
			await timed('role', { role: 'editor' }, () => role() === 'editor'),
			await timed('remove', {}, () => edgar.closeCode === CLOSE.removed)
		];
		for (const time of times) expect(time).toBeLessThan(1_000);
	});

	it('of somebody who was taken out is refused however often they storm, and the room goes on', async () => {
		const server = await runServer();
		const room = await openRoom(server);
		const fay = connectAs(room.fay, server, room.id);
		await until(() => fay.isSynchronised);
		const person = await room.idOf('Edgar Editor');
		await act(server, room.fay, `/rooms/${room.id}/people?/remove`, { person });
		const cookie = room.edgar.cookie ?? '';
		for (let wave = 0; wave < 5; wave++) {
			const storm = Array.from({ length: 40 }, () => knock(server, `/sync/${room.id}`, cookie));
			expect(new Set(await Promise.all(storm))).toEqual(new Set([CLOSE.removed]));
		}
		fay.doc.getMap('meta').set('title', 'Still here');
		await until(() => fay.isSaved);
		expect(fay.closeCode).toBeUndefined();
		expect(Object.values(fay.people ?? {}).map(({ name }) => name)).not.toContain('Edgar Editor');
	});
});
