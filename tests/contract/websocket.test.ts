/** `ws://…/sync/<id>` of DESIGN.md, section 7: stock y-websocket providers and raw upgrades. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { readBoard } from '../../src/lib/board/read-board.ts';
import { CLOSE } from '../../src/lib/sync/close-codes.ts';
import { SERVER_CLIENT_ID } from '../../src/lib/sync/people.ts';
import { Client, runServer, type ServerProcess } from './run-server.ts';

vi.setConfig({ testTimeout: 30_000 });
const WAIT = { timeout: 10_000 };

/** A stock provider with a client's cookie, ended with the test. */
function connect(server: ServerProcess, room: string, client: Client): WebsocketProvider {
	const { cookie = '' } = client;
	class CookieSocket extends WebSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols, { headers: { cookie } });
		}
	}
	const provider = new WebsocketProvider(`${wsAddress(server)}/sync`, room, new Y.Doc(), {
		WebSocketPolyfill: CookieSocket as unknown as typeof globalThis.WebSocket,
		disableBc: true
	});
	onTestFinished(() => provider.destroy());
	return provider;
}

/** How a bare socket ends: a close code after the upgrade, or an HTTP status instead of it. */
function outcome(
	server: ServerProcess,
	path: string,
	headers: Record<string, string>
): Promise<{ code: number } | { status: number | undefined } | 'open'> {
	const socket = new WebSocket(`${wsAddress(server)}${path}`, { headers });
	onTestFinished(() => socket.terminate());
	return new Promise((resolve, reject) => {
		socket.on('message', () => resolve('open'));
		socket.on('close', (code) => resolve({ code }));
		socket.on('unexpected-response', (_, response) => resolve({ status: response.statusCode }));
		socket.on('error', reject);
	});
}

const wsAddress = (server: ServerProcess) => server.address.replace('http', 'ws');

async function openRoom(server: ServerProcess) {
	const ann = new Client(server);
	const { json } = await ann.post('/api/rooms', {
		template: 'us-russia-cyber-detente',
		name: 'Ann'
	});
	return { ann, id: json.id as string, code: json.code as string };
}

describe('two stock providers', () => {
	it('with the cookies of POST /api/rooms and /api/join share one board, which the server reads', async () => {
		const server = await runServer();
		const { ann, id, code } = await openRoom(server);
		const bob = new Client(server);
		await bob.post('/api/join', { code, name: 'Bob' });

		const first = connect(server, id, ann);
		const second = connect(server, id, bob);
		await vi.waitFor(() => {
			expect(readBoard(first.doc).cards).toHaveLength(12);
			expect(readBoard(second.doc).cards).toHaveLength(12);
		}, WAIT);
		const before = (await ann.get(`/api/rooms/${id}/reading`)).json;

		const cards = first.doc.getMap<Y.Map<unknown>>('cards');
		const [card] = cards.keys();
		const place = { column: 'cooperation', rank: 'a0' };
		cards.get(card ?? '')?.set('place', place);
		await vi.waitFor(() => {
			const seen = second.doc.getMap<Y.Map<unknown>>('cards').get(card ?? '');
			expect(seen?.get('place')).toEqual(place);
		}, WAIT);

		const board = (await bob.get(`/api/rooms/${id}`)).json;
		const moved = board.cards.find((one: { id: string }) => one.id === card);
		expect(moved.column).toBe('cooperation');
		expect((await bob.get(`/api/rooms/${id}/reading`)).json.value).not.toBe(before.value);

		second.awareness.setLocalStateField('cursor', 'here');
		await vi.waitFor(() => {
			const states = first.awareness.getStates();
			expect([...states.values()]).toContainEqual(expect.objectContaining({ cursor: 'here' }));
			const people = states.get(SERVER_CLIENT_ID)?.people as object;
			const names = Object.values(people).map((person: { name: string }) => person.name);
			expect(names.sort()).toEqual(['Ann', 'Bob']);
		}, WAIT);
	});
});

describe('the door', () => {
	it('refuses who is not known, not a member, or in no room, with a final code', async () => {
		const server = await runServer();
		const { id } = await openRoom(server);
		const { ann: other } = await openRoom(server);
		const cookie = other.cookie ?? '';
		const nowhere = 'A'.repeat(22);
		expect(await outcome(server, `/sync/${id}`, {})).toEqual({ code: CLOSE.notSignedIn });
		const forged = { cookie: `guest=${'x'.repeat(43)}` };
		expect(await outcome(server, `/sync/${id}`, forged)).toEqual({ code: CLOSE.notSignedIn });
		expect(await outcome(server, `/sync/${id}`, { cookie })).toEqual({ code: CLOSE.notAllowed });
		expect(await outcome(server, `/sync/${nowhere}`, { cookie })).toEqual({
			code: CLOSE.noSuchRoom
		});
	});

	it('refuses an old epoch', async () => {
		const server = await runServer();
		const { ann, id } = await openRoom(server);
		const headers = { cookie: ann.cookie ?? '' };
		expect(await outcome(server, `/sync/${id}?epoch=0`, headers)).toEqual({ code: CLOSE.roomGone });
		expect(await outcome(server, `/sync/${id}?epoch=1`, headers)).toBe('open');
	});

	it('refuses pages of other sites with 403 and takes its own under either local name', async () => {
		const server = await runServer();
		const { ann, id } = await openRoom(server);
		const { port } = new URL(server.address);
		const from = (origin: string, host = `127.0.0.1:${port}`) =>
			outcome(server, `/sync/${id}`, { cookie: ann.cookie ?? '', origin, host });
		expect(await from('http://evil.example')).toEqual({ status: 403 });
		expect(await from('null')).toEqual({ status: 403 });
		expect(await from(`https://127.0.0.1:${port}`)).toEqual({ status: 403 });
		expect(await from(`http://127.0.0.1:${port}`)).toBe('open');
		expect(await from(`http://localhost:${port}`, `localhost:${port}`)).toBe('open');
	});

	it('takes the public address behind a proxy, and only that', async () => {
		const origin = 'https://board.example.org';
		const server = await runServer({ ORIGIN: origin });
		const { ann, id } = await openRoom(server);
		const from = (origin: string) =>
			outcome(server, `/sync/${id}`, { cookie: ann.cookie ?? '', origin });
		expect(await from(origin)).toBe('open');
		expect(await from(server.address)).toEqual({ status: 403 });
	});
});
