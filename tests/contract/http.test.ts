/** DESIGN.md, section 7, line by line over real HTTP. */
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Client, runServer, type Answer, type ServerProcess } from './run-server.ts';

vi.setConfig({ testTimeout: 30_000 });

const TEMPLATE = 'us-russia-cyber-detente';

/** A room and its facilitator. */
async function openRoom(server: ServerProcess, body: object = { template: TEMPLATE, name: 'Ann' }) {
	const facilitator = new Client(server);
	const answer = await facilitator.post('/api/rooms', body);
	expect(answer.status).toBe(201);
	return { facilitator, answer, ...(answer.json as { id: string; url: string; code: string }) };
}

function expectError(answer: Answer, status: number, code: string): void {
	expect(answer).toMatchObject({ status, json: { error: { code } } });
	expect(answer.headers['content-type']).toBe('application/json');
	expect(answer.json.error.message).toMatch(/^[A-Z].+\.$/);
	expect(Object.keys(answer.json)).toEqual(['error']);
	expect(Object.keys(answer.json.error)).toEqual(['code', 'message']);
}

describe('GET /healthz', () => {
	it('says that all is well', async () => {
		const answer = await new Client(await runServer()).get('/healthz');
		expect(answer).toMatchObject({ status: 200, text: '{"status":"ok"}' });
	});
});

describe('POST /api/rooms', () => {
	it('opens a room, with a guest’s cookie for its facilitator', async () => {
		const server = await runServer();
		const { answer, id, url, code } = await openRoom(server);
		expect(Object.keys(answer.json).sort()).toEqual(['code', 'id', 'url']);
		expect(id).toMatch(/^[A-Za-z0-9_-]{22}$/);
		expect(url).toBe(`${server.address}/rooms/${id}`);
		expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
		expect(answer.headers['set-cookie']?.[0]).toMatch(
			/^guest=[A-Za-z0-9_-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/
		);
	});

	it('takes a title, keeps a known caller and needs no name', async () => {
		const server = await runServer();
		const { facilitator, id } = await openRoom(server, { template: 'blank', title: 'Our board' });
		expect((await facilitator.get(`/api/rooms/${id}`)).json.title).toBe('Our board');
		const second = await facilitator.post('/api/rooms', { template: 'blank' });
		expect(second.status).toBe(201);
		expect(second.headers['set-cookie']).toBeUndefined();
		expect((await facilitator.get(`/api/rooms/${second.json.id}`)).status).toBe(200);
	});

	it('answers everything it cannot take with a status, a code and a sentence', async () => {
		const client = new Client(await runServer());
		const post = (value: unknown) => client.post('/api/rooms', value);
		expectError(await post({ template: 'nope', name: 'Ann' }), 422, 'unknown-template');
		expectError(await post({ template: TEMPLATE, name: ' ' }), 422, 'name-missing');
		expectError(await post({ template: TEMPLATE, name: 'x'.repeat(61) }), 422, 'name-too-long');
		expectError(await post({ template: TEMPLATE, title: 'x'.repeat(241) }), 422, 'title-too-long');
		expectError(await post({}), 400, 'wrong-field');
		expectError(await post({ template: 7 }), 400, 'wrong-field');
		expectError(await post({ template: TEMPLATE, title: ['x'] }), 400, 'wrong-field');
		for (const value of [null, [], 'text', 7, true]) {
			expectError(await post(value), 400, 'not-an-object');
		}
		expect(client.cookie).toBeUndefined();
	});

	it('refuses a body that is no JSON, too large or of another type', async () => {
		const client = new Client(await runServer());
		const post = (body: string | Uint8Array, type = 'application/json') =>
			client.send('/api/rooms', { method: 'POST', headers: { 'content-type': type }, body });
		expectError(await post('{"template":'), 400, 'malformed-json');
		expectError(await post(''), 400, 'malformed-json');
		expectError(await post(Uint8Array.of(0x22, 0xff, 0x22)), 400, 'malformed-json');
		expectError(await post('{}', 'text/plain'), 415, 'wrong-content-type');
		expectError(await post('a=1', 'application/x-www-form-urlencoded'), 415, 'wrong-content-type');
		expectError(await post('<a/>', 'application/xml'), 415, 'wrong-content-type');
		expectError(await client.send('/api/rooms', { method: 'POST' }), 415, 'wrong-content-type');

		const large = JSON.stringify({ template: 'x'.repeat(20_000) });
		expectError(await post(large), 413, 'body-too-large');
		const chunked = await client.send('/api/rooms', {
			method: 'POST',
			headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
			body: large
		});
		expectError(chunked, 413, 'body-too-large');
		expect((await client.get('/healthz')).status).toBe(200);
	});

	it('answers a huge body to a client that sends all of it first, on a connection that goes on', async () => {
		const server = await runServer();
		const { port } = new URL(server.address);
		const socket = connect({ port: Number(port), host: '127.0.0.1' });
		onTestFinished(() => void socket.destroy());
		const head = 'POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
		const body = Buffer.alloc(8_000_000, 'x');
		const send = (part: string | Buffer) =>
			new Promise<void>((resolve, reject) =>
				socket.write(part, (error) => (error ? reject(error) : resolve()))
			);
		await send(`${head}Content-Length: ${body.length}\r\n\r\n`);
		await send(body);
		await send(`${head}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`);
		await send(body);
		await send('\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
		let text = '';
		for await (const part of socket) text += String(part);
		const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
		expect(statuses).toEqual(['413', '413', '200']);
	});

	it('limits how many rooms an address opens in an hour', async () => {
		const server = await runServer({ ROOMS_PER_HOUR: '2' });
		await openRoom(server);
		await openRoom(server);
		const refused = await new Client(server).post(
			'/api/rooms',
			{ template: 'blank' },
			{ 'x-forwarded-for': '203.0.113.9', 'x-detente-address': '203.0.113.9' }
		);
		expectError(refused, 429, 'too-many-attempts');
		expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3500);
	});
});

describe('POST /api/join', () => {
	it('lets a stranger in as an editor, with a guest’s cookie', async () => {
		const server = await runServer();
		const { id, code } = await openRoom(server);
		const bob = new Client(server);
		const answer = await bob.post('/api/join', { code: code.toLowerCase(), name: 'Bob' });
		expect(answer).toMatchObject({ status: 200, json: { id, role: 'editor' } });
		expect(Object.keys(answer.json).sort()).toEqual(['id', 'role']);
		expect(bob.cookie).toMatch(/^guest=/);
		expect((await bob.get(`/api/rooms/${id}`)).status).toBe(200);
	});

	it('leaves the facilitator one', async () => {
		const server = await runServer();
		const { facilitator, code } = await openRoom(server);
		const answer = await facilitator.post('/api/join', { code, name: 'Ann' });
		expect(answer.json.role).toBe('facilitator');
	});

	it('says the same of every wrong code', async () => {
		const client = new Client(await runServer());
		const join = (value: object) => client.post('/api/join', value);
		const unknown = await join({ code: '0000-0000', name: 'Bob' });
		expectError(unknown, 404, 'wrong-code');
		expect((await join({ code: 'what?', name: 'Bob' })).text).toBe(unknown.text);
		expectError(await join({ code: '0000-0000', name: '' }), 422, 'name-missing');
		expectError(await join({ code: '0000-0000' }), 422, 'name-missing');
		expectError(await join({ name: 'Bob' }), 400, 'wrong-field');
		expectError(await join({ code: 1, name: 'Bob' }), 400, 'wrong-field');
	});

	it('ends guessing, whatever X-Forwarded-For says, for right codes too', async () => {
		const server = await runServer();
		const { code } = await openRoom(server);
		const eve = new Client(server);
		const guess = (tried: string, n: number) =>
			eve.post(
				'/api/join',
				{ code: tried, name: 'Eve' },
				{ 'x-forwarded-for': `203.0.113.${n}`, 'x-detente-address': `203.0.113.${n}` }
			);
		for (let n = 0; n < 20; n++) expectError(await guess('0000-0000', n), 404, 'wrong-code');
		const wrong = await guess('0000-0000', 21);
		const right = await guess(code, 22);
		expectError(wrong, 429, 'too-many-attempts');
		expect(Number(wrong.headers['retry-after'])).toBeGreaterThan(280);
		expect(right).toMatchObject({ status: 429, text: wrong.text });
	});

	it('lets people in by an invitation link while somebody spends every limit on codes', async () => {
		const server = await runServer({ TRUSTED_PROXY: '1' });
		const { id, code } = await openRoom(server);
		const { id: gone } = await openRoom(server);
		let address = 0;
		const join = (value: object) => {
			address += 1;
			const from = { 'x-forwarded-for': `10.0.${address >> 8}.${address & 255}` };
			return new Client(server).post('/api/join', { name: 'Bob', ...value }, from);
		};
		for (let n = 0; n < 150; n++) await join({ code: '0000-0000' });
		const refused = await join({ code });
		expectError(refused, 429, 'too-many-attempts');
		expect(await join({ code, room: id })).toMatchObject({
			status: 200,
			json: { id, role: 'editor' }
		});
		for (const room of [gone, 'A'.repeat(22), 'x', '']) {
			expect((await join({ code, room })).text).toBe(refused.text);
		}
		expectError(await join({ code, room: 7 }), 400, 'wrong-field');
	});

	it('tells addresses behind a configured proxy apart', async () => {
		const server = await runServer({ TRUSTED_PROXY: '1' });
		const guess = (forwarded: string) =>
			new Client(server).post(
				'/api/join',
				{ code: '0000-0000', name: 'Eve' },
				{ 'x-forwarded-for': forwarded }
			);
		for (let n = 0; n < 20; n++) await guess(`198.51.100.${n}, 203.0.113.9`);
		expectError(await guess('198.51.100.99, 203.0.113.9'), 429, 'too-many-attempts');
		expectError(await guess('203.0.113.10'), 404, 'wrong-code');
	});
});

describe('GET /api/rooms/<id>', () => {
	it('gives the board and its reading to members', async () => {
		const server = await runServer();
		const { facilitator, id } = await openRoom(server);
		const board = (await facilitator.get(`/api/rooms/${id}`)).json;
		expect(board.id).toBe(id);
		expect(board.columns).toHaveLength(5);
		expect(board.themes).toHaveLength(4);
		expect(board.cards).toHaveLength(12);
		expect(board.cards[0].evidence).toBeInstanceOf(Array);

		const answer = await facilitator.get(`/api/rooms/${id}/reading`);
		expect(answer.status).toBe(200);
		expect(answer.headers['cache-control']).toBe('no-store');
		const { value, low, high, word, coverage, formula } = answer.json;
		expect(low).toBeLessThan(value);
		expect(value).toBeLessThan(high);
		expect(word).toEqual(expect.any(String));
		expect(coverage).toBe(1);
		expect(formula).toBe(1);
	});

	it('has no reading for a board on which nothing counts', async () => {
		const server = await runServer();
		const { facilitator, id } = await openRoom(server, { template: 'blank' });
		const { json } = await facilitator.get(`/api/rooms/${id}/reading`);
		expect(json).toMatchObject({ value: null, low: null, high: null, word: null });
	});

	it('knows a guest by exactly that cookie, whatever else is in the header', async () => {
		const server = await runServer();
		const { facilitator, id } = await openRoom(server);
		const own = facilitator.cookie ?? '';
		const token = own.slice('guest='.length);
		const status = async (cookie: string) =>
			(await new Client(server, cookie).get(`/api/rooms/${id}`)).status;
		const filler = `a=${'b'.repeat(7000)}`;
		for (const known of [
			own,
			`x=%; ${own}`,
			`;;=;${own}`,
			`${filler}; ${own}`,
			`${own}; guest=x`
		]) {
			expect(await status(known)).toBe(200);
		}
		const swapped = token.replace(/[a-z]/i, (letter) => (letter === 'x' ? 'y' : 'x'));
		for (const unknown of [
			'guest',
			'guest=',
			'guest=%',
			'guest=%00',
			`guest=${token}%20`,
			`guest=${swapped}`,
			`GUEST=${token}`,
			`guest=x; ${own}`
		]) {
			expect(await status(unknown)).toBe(401);
		}
		expect(await status(`a=${'b'.repeat(20_000)}; ${own}`)).toBe(431);
		expect(await status(own)).toBe(200);
	});

	it('is refused like the page: 401 unknown, 403 no member, 404 no room', async () => {
		const server = await runServer();
		const { id } = await openRoom(server);
		const { facilitator: other } = await openRoom(server);
		const stranger = new Client(server);
		const forger = new Client(server, `guest=${'x'.repeat(43)}`);
		for (const path of [`/api/rooms/${id}`, `/api/rooms/${id}/reading`]) {
			expectError(await stranger.get(path), 401, 'not-signed-in');
			expectError(await forger.get(path), 401, 'not-signed-in');
			expectError(await other.get(path), 403, 'not-allowed');
		}
		expectError(await other.get('/api/rooms/nowhere'), 404, 'no-such-room');
		expectError(await stranger.get(`/api/rooms/${'A'.repeat(22)}/reading`), 404, 'no-such-room');
		expectError(await other.get('/api/rooms/%00'), 404, 'no-such-room');
		expect((await stranger.get(`/rooms/${id}`)).status).toBe(401);
		expect((await other.get(`/rooms/${id}`)).status).toBe(403);
		expect((await other.get('/rooms/nowhere')).status).toBe(404);
	});
});

describe('every address of the interface', () => {
	it('answers other methods with 405 and unknown addresses with 404', async () => {
		const client = new Client(await runServer());
		for (const [path, method, allow] of [
			['/api/rooms', 'GET', 'POST'],
			['/api/rooms', 'DELETE', 'POST'],
			['/api/join', 'PUT', 'POST'],
			['/api/rooms/x', 'POST', 'GET, HEAD'],
			['/api/rooms/x/reading', 'PATCH', 'GET, HEAD']
		] as const) {
			const answer = await client.send(path, { method });
			expectError(answer, 405, 'wrong-method');
			expect(answer.headers.allow).toBe(allow);
		}
		for (const path of ['/api', '/api/', '/api/nope', '/api/rooms/x/y', '/api/__data.json']) {
			expectError(await client.get(path), 404, 'not-found');
		}
		expectError(await client.get('/api/rooms/x/__data.json'), 404, 'not-found');
		expectError(await client.send('/api/rooms', { method: 'TRACE' }), 405, 'wrong-method');
		expectError(await client.post('/api/nope', {}), 404, 'not-found');
		expectError(await client.get('/api/rooms/%ff'), 400, 'malformed-address');
		expectError(await client.get('/sync/x'), 426, 'upgrade-required');
	});

	it('takes nothing from pages of other sites', async () => {
		const server = await runServer();
		const client = new Client(server);
		const post = (origin: string) => client.post('/api/rooms', { template: 'blank' }, { origin });
		for (const origin of ['http://evil.example', 'null', `${server.address}0`]) {
			expectError(await post(origin), 403, 'cross-site');
		}
		expect((await post(server.address)).status).toBe(201);
	});

	it('is not brought down by odd requests', async () => {
		const server = await runServer();
		const client = new Client(server);
		for (const path of [
			'//',
			'/%',
			'/%c0%af',
			'/..%2f..%2fetc/passwd',
			'http://evil.example/',
			'*',
			'/api/%'
		]) {
			expect((await client.send(path)).status).toBeGreaterThanOrEqual(200);
		}
		const odd = { 'x-detente-protocol': 'javascript:', host: 'a b', upgrade: 'h2c' };
		await client.get('/', { ...odd, connection: 'upgrade' });
		expect((await client.get('/', { upgrade: 'h2c', connection: 'upgrade' })).status).toBe(200);
		expect((await client.get('/healthz')).status).toBe(200);
	});
});

describe('the address people use', () => {
	const form = (origin: string) => ({
		method: 'POST',
		headers: {
			origin,
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded'
		},
		body: 'template=blank&title=&name=Ann'
	});

	it('may be 127.0.0.1 or localhost with nothing configured: forms work', async () => {
		const server = await runServer();
		const { port } = new URL(server.address);
		for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
			const sending = form(`http://${host}`);
			const headers = { ...sending.headers, host, 'x-detente-protocol': 'https' };
			const answer = await new Client(server).send('/?/open', { ...sending, headers });
			expect(answer.status).toBe(303);
			expect(answer.headers.location).toMatch(/^\/rooms\/.{22}$/);
		}
		const foreign = await new Client(server).send('/?/open', form('http://evil.example'));
		expect(foreign.status).toBe(403);
	});

	it('says of a form that cannot be read that it is the sender’s mistake', async () => {
		const server = await runServer();
		const { headers } = form(server.address);
		for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x', 'text/plain']) {
			const sending = {
				method: 'POST',
				headers: { ...headers, 'content-type': type },
				body: '--y'
			};
			expect((await new Client(server).send('/?/open', sending)).status).toBe(400);
		}
		const large = { ...form(server.address), body: `name=${'x'.repeat(600_000)}` };
		expect((await new Client(server).send('/?/open', large)).status).toBe(413);
		expect(server.errors).toBe('');
	});

	it('may be a public one behind a proxy: forms, absolute addresses, secure cookies', async () => {
		const origin = 'https://board.example.org';
		const server = await runServer({ ORIGIN: origin });
		expect((await new Client(server).send('/?/open', form(origin))).status).toBe(303);
		const own = await new Client(server).send('/?/open', form(server.address));
		expect(own.status).toBe(403);
		const { answer, id, url } = await openRoom(server);
		expect(url).toBe(`${origin}/rooms/${id}`);
		expect(answer.headers['set-cookie']?.[0]).toContain('; Secure;');
	});
});
