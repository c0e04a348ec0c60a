/** Accounts over real HTTP: what whoever can reach the server may send, and what they learn. */
import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '#sync/close-codes.ts';
import { createResetLink } from '../../server/auth/password-resets.ts';
import { findUserByEmail } from '../../server/auth/user.repository.ts';
import { openDatabase } from '../../server/database/database.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { Client, runServer, spawnServer, type Answer, type ServerProcess } from './run-server.ts';

vi.setConfig({ testTimeout: 60_000 });

const ANA = { email: 'ana@example.org', name: 'Ana', password: 'four plain words here' };
const BEN = { email: 'ben@example.org', name: 'Ben', password: 'quite other words' };
const NEW = 'entirely new words';

/** A form as a browser without scripts sends it. */
function post(
	server: { address: string },
	path: string,
	fields: Record<string, string>,
	{
		cookie,
		origin = server.address,
		from
	}: { cookie?: string; origin?: string; from?: string } = {}
): Promise<Answer> {
	return new Client(server, cookie).send(path, {
		method: 'POST',
		headers: {
			origin,
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded',
			...(from === undefined ? {} : { 'x-forwarded-for': from })
		},
		body: new URLSearchParams(fields).toString()
	});
}

/** The `Set-Cookie` of a name, or undefined. */
function setCookie({ headers }: Answer, name: string): string | undefined {
	return headers['set-cookie']?.find((line) => line.startsWith(`${name}=`));
}

/** The session that an answer starts, as it goes into the header `Cookie`. */
function sessionOf(answer: Answer): string {
	const session = setCookie(answer, 'session')?.split(';', 1)[0];
	expect(answer.status).toBe(303);
	expect(session).toMatch(/^session=[a-z2-7]{40}$/);
	return session!;
}

async function signUp(server: { address: string }, who = ANA): Promise<string> {
	return sessionOf(await post(server, '/sign-up', who));
}

/** Whether a session is one now: who is not signed in is sent away. */
async function isSignedIn(server: { address: string }, cookie: string): Promise<boolean> {
	return (await new Client(server, cookie).get('/account')).status === 200;
}

describe('the cookies of an account', () => {
	it('are for this site’s own requests, and no script’s', async () => {
		const server = await runServer();
		const answer = await post(server, '/sign-up', ANA);
		expect(setCookie(answer, 'session')).toMatch(
			/^session=[a-z2-7]{40}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/
		);
		const asked = await new Client(server).post('/sign-in/passkey', {});
		expect(setCookie(asked, 'passkey')).toMatch(
			/^passkey=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/
		);
	});

	it('go over https alone where that is the public address', async () => {
		const origin = 'https://board.example.org';
		const server = await runServer({ ORIGIN: origin });
		const up = await post(server, '/sign-up', ANA, { origin });
		const into = await post(server, '/sign-in', ANA, { origin });
		for (const answer of [up, into]) {
			expect(setCookie(answer, 'session')).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
		}
		const asked = await new Client(server).post('/sign-in/passkey', {}, { origin });
		expect(setCookie(asked, 'passkey')).toContain('; Secure;');
	});

	it('are taken back at sign-out', async () => {
		const server = await runServer();
		const cookie = await signUp(server);
		const out = await post(server, '/sign-out', {}, { cookie });
		expect(setCookie(out, 'session')).toBe('session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
		expect(await isSignedIn(server, cookie)).toBe(false);
	});
});

describe('a session', () => {
	it('is new at every sign-in: one that was planted is not taken over', async () => {
		const server = await runServer();
		const first = await signUp(server);
		const bens = await signUp(server, BEN);
		for (const planted of [first, bens, `session=${'a'.repeat(40)}`, 'session=x']) {
			const answer = await post(server, '/sign-in', ANA, { cookie: planted });
			expect(sessionOf(answer)).not.toBe(planted);
		}
		// Whoever planted theirs is still who they were, and no more.
		const page = await new Client(server, bens).get('/account');
		expect(page.text).toContain(BEN.email);
		expect(page.text).not.toContain(ANA.email);
	});

	it('is there the next day, when the server has been started anew', async () => {
		const env = { PORT: '0', DATA_DIR: temporaryFolder(), LOG_LEVEL: 'warn' };
		const start = async () => {
			const server = spawnServer(env);
			await server.listening();
			return server;
		};
		const server = await start();
		const cookie = await signUp(server);
		await server.stop();
		expect(await isSignedIn(await start(), cookie)).toBe(true);
	});
});

describe('who has an account', () => {
	/** What an answer says, without the address that was typed. */
	const words = ({ status, text }: Answer) =>
		`${status} ${text.replace(/[\w.+-]+@example\.org|nonce="[^"]*"/g, '…')}`;
	/**
	 * The least time of each, in milliseconds: the others waited for something. In turns, so that a
	 * busy moment of the machine meets all of them.
	 */
	async function fastest(
		times: number,
		...works: ((n: number) => Promise<unknown>)[]
	): Promise<number[]> {
		const least = works.map(() => Infinity);
		for (let n = 0; n < times; n++) {
			for (const [k, work] of works.entries()) {
				const start = performance.now();
				await work(n);
				least[k] = Math.min(least[k]!, performance.now() - start);
			}
		}
		return least;
	}

	it('is told by neither words nor time of a wrong sign-in', async () => {
		const server = await runServer();
		await signUp(server);
		const password = 'not that one';
		const wrong = () => post(server, '/sign-in', { email: ANA.email, password });
		const unknown = (n = 0) => post(server, '/sign-in', { email: `b${n}@example.org`, password });
		const answers = [await wrong(), await unknown()];
		expect(answers[0]!.text).toContain('The e-mail address or the password is wrong.');
		expect(words(answers[0]!)).toBe(words(answers[1]!));
		const [ofUnknown, ofWrong] = await fastest(7, unknown, wrong);
		const ratio = ofUnknown! / ofWrong!;
		// A hash takes 20 ms of about 25; without one the ratio would be below 0.3.
		expect(ratio).toBeGreaterThan(0.6);
		expect(ratio).toBeLessThan(1.7);
	});

	const ROUNDS = [0, 1, 2, 3, 4, 5];

	it('is told by neither words nor time of asking for a new password', async () => {
		// Nobody listens there: no mail ever arrives, and nobody is told.
		const server = await runServer({
			ORIGIN: 'https://board.example.org',
			SMTP_URL: 'smtp://127.0.0.1:9',
			MAIL_FROM: 'board@example.org',
			LOG_LEVEL: 'fatal'
		});
		const origin = 'https://board.example.org';
		await post(server, '/sign-up', ANA, { origin });
		const ask = (email: string) => post(server, '/forgot-password', { email }, { origin });
		const known = await ask(ANA.email);
		const unknown = await ask('b@example.org');
		expect(known.text).toContain('If there is an account with this e-mail address');
		expect(words(known)).toBe(words(unknown));
		for (const n of ROUNDS) {
			await post(server, '/sign-up', { ...ANA, email: `ana${n}@example.org` }, { origin });
		}
		const [ofKnown, ofUnknown] = await fastest(
			ROUNDS.length,
			(n) => ask(`ana${n}@example.org`),
			(n) => ask(`b${n}@example.org`)
		);
		expect(Math.abs(ofKnown! - ofUnknown!)).toBeLessThan(15);
		for (const left of [2, 1]) expect(words(await ask(ANA.email)), `${left}`).toContain('200');
		expect(words(await ask(ANA.email))).toContain('429');
	});

	it('learns from a server without mail whom to ask', async () => {
		const server = await runServer();
		const page = await new Client(server).get('/forgot-password');
		expect(page.text).toContain('whoever runs this server');
		expect(page.text).not.toContain('name="email"');
		const sent = await post(server, '/forgot-password', { email: ANA.email });
		expect(sent.text).toContain('whoever runs this server');
	});
});

describe('guesses at passwords', () => {
	it('are refused from one address, whatever it says of itself', async () => {
		const server = await runServer();
		await signUp(server);
		const guess = (n: number) =>
			new Client(server).send('/sign-in', {
				method: 'POST',
				headers: {
					origin: server.address,
					accept: 'text/html',
					'content-type': 'application/x-www-form-urlencoded',
					'x-forwarded-for': `203.0.113.${n}`,
					'x-detente-address': `203.0.113.${n}`
				},
				body: new URLSearchParams({ email: ANA.email, password: `guess number ${n}` }).toString()
			});
		const statuses: number[] = [];
		for (let n = 0; n < 14; n++) statuses.push((await guess(n)).status);
		expect(statuses).toEqual([...Array(10).fill(401), ...Array(4).fill(429)]);
		expect((await post(server, '/sign-in', ANA)).status).toBe(429);
	});

	it('in a crowd are hashed a few at a time, and the server goes on answering', async () => {
		// From addresses of their own, so that only the hashing is short; enough to outrun it.
		const server = await runServer({ TRUSTED_PROXY: '1' });
		const crowd = Array.from({ length: 200 }, (_, n) =>
			post(
				server,
				'/sign-in',
				{ email: `p${n}@example.org`, password: 'not that one' },
				{ from: `198.51.100.${n}` }
			)
		);
		const health = new Client(server).get('/healthz');
		expect((await health).status).toBe(200);
		const statuses = (await Promise.all(crowd)).map(({ status }) => status);
		expect(new Set(statuses)).toEqual(new Set([401, 429]));
		expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(42);
		expect(server.errors).toBe('');
	});
});

/** Every way to change an account. */
const CHANGES: [path: string, fields: Record<string, string>][] = [
	['/account?/name', { name: 'Mallory' }],
	['/account?/email', { email: 'mallory@example.org', password: ANA.password }],
	['/account?/password', { password: ANA.password, newPassword: NEW }],
	['/account?/addPasskey', { answer: '{}', name: 'Mine' }],
	['/account?/removePasskey', { id: 'x' }],
	['/account?/endSession', { handle: 'x' }],
	['/account?/signOutEverywhere', {}],
	['/account/delete?/password', { password: ANA.password }],
	['/account/delete?/passkey', { answer: '{}' }]
];

describe('an account', () => {
	it.each(CHANGES)('is closed to strangers at %s', async (path, fields) => {
		const server = await runServer();
		const cookie = await signUp(server);
		for (const other of [undefined, `session=${'a'.repeat(40)}`, 'session=']) {
			const answer = await post(server, path, fields, other === undefined ? {} : { cookie: other });
			expect(answer.status).toBe(303);
			expect(answer.headers.location).toMatch(/^\/sign-in\?to=/);
			expect(answer.text).not.toContain(ANA.email);
		}
		const page = await new Client(server, cookie).get('/account');
		expect(page.text).toContain(ANA.email);
		expect(page.text).not.toContain('Mallory');
	});

	it.each([...CHANGES, ['/sign-in', BEN], ['/sign-up', BEN], ['/sign-out', {}]] as typeof CHANGES)(
		'takes nothing from another site at %s',
		async (path, fields) => {
			const server = await runServer();
			const cookie = await signUp(server);
			for (const origin of ['https://evil.example', 'null']) {
				const answer = await post(server, path, fields, { cookie, origin });
				expect(answer.status).toBe(403);
				expect(setCookie(answer, 'session')).toBeUndefined();
			}
			expect(await isSignedIn(server, cookie)).toBe(true);
		}
	);

	it('tells strangers nothing at its other addresses', async () => {
		const server = await runServer();
		await signUp(server);
		for (const path of ['/account', '/account/export', '/account/delete', '/account/__data.json']) {
			const answer = await new Client(server).get(path);
			expect(`${answer.headers.location ?? ''}${answer.text}`).toContain('/sign-in?to=');
			expect(answer.text).not.toContain(ANA.email);
		}
		for (const path of ['/account/passkey', '/account/delete/passkey']) {
			const answer = await new Client(server).post(path, { password: ANA.password });
			expect(answer).toMatchObject({ status: 401, json: { error: { code: 'signed-out' } } });
			expect((await new Client(server).get(path)).status).toBe(405);
		}
	});

	it('is exported as a file, and of its owner alone', async () => {
		const server = await runServer();
		const cookie = await signUp(server);
		await signUp(server, BEN);
		const answer = await new Client(server, cookie).get('/account/export');
		expect(answer.headers).toMatchObject({
			'content-type': 'application/json',
			'content-disposition': 'attachment; filename="detente-account.json"',
			'cache-control': 'no-store'
		});
		expect(answer.json.account).toMatchObject({ email: ANA.email, name: 'Ana' });
		expect(answer.text).not.toContain(BEN.email);
		expect(answer.text).not.toContain(cookie.split('=')[1]);
	});

	it('keeps what was typed but for passwords, and says next to the field what is wrong', async () => {
		const server = await runServer();
		const cookie = await signUp(server);
		const fields = { email: 'not an address', password: ANA.password };
		const answer = await post(server, '/account?/email', fields, { cookie });
		expect(answer.status).toBe(422);
		expect(answer.text).toContain('value="not an address"');
		expect(answer.text).toContain('Type an e-mail address');
		expect(answer.text).not.toContain(ANA.password);
		const wrong = await post(server, '/account?/name', { name: 'x'.repeat(61) }, { cookie });
		expect(wrong.text).toContain(`value="${'x'.repeat(61)}"`);
	});

	it('shows its new name on the very page that changed it', async () => {
		const server = await runServer();
		const cookie = await signUp(server);
		const answer = await post(server, '/account?/name', { name: 'Anna <b>' }, { cookie });
		expect(answer.status).toBe(200);
		expect(answer.text).toContain('Anna &lt;b></a>');
		expect(answer.text).toContain('Your name is changed.');
	});

	it('gets a new session with a new password, and every other ends', async () => {
		const server = await runServer();
		const cookie = await signUp(server);
		const other = sessionOf(await post(server, '/sign-in', ANA));
		const fields = { password: ANA.password, newPassword: NEW };
		const answer = await post(server, '/account?/password', fields, { cookie });
		const now = setCookie(answer, 'session')!.split(';', 1)[0]!;
		expect(now).not.toBe(cookie);
		expect(answer.text).toContain('This browser');
		expect(await Promise.all([cookie, other, now].map((one) => isSignedIn(server, one)))).toEqual([
			false,
			false,
			true
		]);
	});
});

describe('a live board', () => {
	interface Live {
		closed: Promise<number>;
		isOpen: Promise<unknown>;
	}

	function connect({ address }: ServerProcess, room: string, cookie: string): Live {
		const socket = new WebSocket(`${address.replace('http', 'ws')}/sync/${room}`, {
			headers: { cookie }
		});
		onTestFinished(() => socket.terminate());
		return {
			closed: once(socket, 'close').then(([code]) => code as number),
			isOpen: once(socket, 'message')
		};
	}

	async function openBoard() {
		const server = await runServer();
		const cookie = await signUp(server);
		const room = await new Client(server, cookie).post('/api/rooms', { template: 'blank' });
		expect(room.status).toBe(201);
		const id = room.json.id as string;
		const live = connect(server, id, cookie);
		await live.isOpen;
		return { server, cookie, id, live };
	}

	const ENDS: [how: string, path: string, fields: Record<string, string>][] = [
		['signing out', '/sign-out', {}],
		['signing out everywhere', '/account?/signOutEverywhere', {}],
		['a new password', '/account?/password', { password: ANA.password, newPassword: NEW }]
	];

	it.each(ENDS)(
		'is closed by %s within a second, and does not open again',
		async (_, path, fields) => {
			const { server, cookie, id, live } = await openBoard();
			const start = performance.now();
			await post(server, path, fields, { cookie });
			// Not final: a browser that is still signed in comes back by itself.
			expect(await live.closed).toBe(CLOSE.tryLater);
			expect(performance.now() - start).toBeLessThan(1_000);
			expect(await connect(server, id, cookie).closed).toBe(CLOSE.notSignedIn);
		}
	);

	it('of another browser opens again when this one signs out', async () => {
		const { server, cookie, id, live } = await openBoard();
		const other = sessionOf(await post(server, '/sign-in', ANA));
		await post(server, '/sign-out', {}, { cookie: other });
		expect(await live.closed).toBe(CLOSE.tryLater);
		await connect(server, id, cookie).isOpen;
	});

	it('is gone with the account of its only owner, for everybody in it', async () => {
		const { server, cookie, id, live } = await openBoard();
		const { code } = (await new Client(server, cookie).post('/api/rooms', { template: 'blank' }))
			.json as { code: string };
		const guest = new Client(server);
		const joined = await guest.post('/api/join', { code, name: 'Gus' });
		const other = connect(server, joined.json.id as string, guest.cookie!);
		await other.isOpen;
		const { password } = ANA;
		expect((await post(server, '/account/delete?/password', { password }, { cookie })).status).toBe(
			303
		);
		expect(await live.closed).toBe(CLOSE.roomGone);
		expect(await other.closed).toBe(CLOSE.roomGone);
		expect((await guest.get(`/rooms/${joined.json.id}`)).status).toBe(404);
		expect(await connect(server, id, cookie).closed).toBe(CLOSE.noSuchRoom);
		expect((await post(server, '/sign-in', ANA)).status).toBe(401);
	});
});

describe('a link to set a new password', () => {
	/** Made beside the running server, as the operator's command line does. */
	async function makeLink(dataDir: string, at = new Date()) {
		const db = openDatabase(dataDir);
		const user = await findUserByEmail(db, ANA.email);
		const { path } = await createResetLink(db, user!.id, at);
		await db.destroy();
		return path;
	}

	it('works once; unknown, expired and used ones each say so, and the way on', async () => {
		const dataDir = temporaryFolder();
		const server = await runServer({ DATA_DIR: dataDir });
		const cookie = await signUp(server);
		const page = (path: string) => new Client(server).get(path);

		const unknown = await page(`/reset/${'a'.repeat(43)}`);
		expect(unknown.status).toBe(404);
		expect(unknown.text).toContain('This link does not work');
		expect(unknown.text).toContain('href="/forgot-password"');

		const expired = await page(await makeLink(dataDir, new Date(Date.now() - 3_600_000)));
		expect(expired.status).toBe(410);
		expect(expired.text).toContain('This link has expired');

		const path = await makeLink(dataDir);
		expect(await page(path)).toMatchObject({
			status: 200,
			headers: { 'cache-control': 'no-store' }
		});
		const short = await post(server, path, { password: 'short' });
		expect(short.status).toBe(422);
		const set = await post(server, path, { password: NEW });
		expect(await isSignedIn(server, sessionOf(set))).toBe(true);
		expect(await isSignedIn(server, cookie)).toBe(false);

		const used = await page(path);
		expect(used.status).toBe(410);
		expect(used.text).toContain('This link has been used');
		expect(used.text).toContain('href="/sign-in"');
		const again = await post(server, path, { password: 'another four words' });
		expect(again.status).toBe(410);
		expect(setCookie(again, 'session')).toBeUndefined();
		expect((await post(server, '/sign-in', { ...ANA, password: NEW })).status).toBe(303);
	});

	it('is mailed with the configured address, whatever a request calls this server', async () => {
		const texts: string[] = [];
		const smtp = new SMTPServer({
			authOptional: true,
			disabledCommands: ['STARTTLS'],
			onData(stream, _, done) {
				let text = '';
				stream.setEncoding('utf8').on('data', (part: string) => (text += part));
				stream.on('end', () => {
					texts.push(text.replace(/=\r\n/g, ''));
					done();
				});
			}
		});
		smtp.listen(0, '127.0.0.1');
		await once(smtp.server, 'listening');
		onTestFinished(() => new Promise((resolve) => smtp.close(resolve)));
		const { port } = smtp.server.address() as { port: number };

		const origin = 'https://board.example.org';
		const server = await runServer({
			ORIGIN: origin,
			SMTP_URL: `smtp://127.0.0.1:${port}`,
			MAIL_FROM: 'board@example.org'
		});
		await post(server, '/sign-up', ANA, { origin });
		await new Client(server).send('/forgot-password', {
			method: 'POST',
			headers: {
				origin,
				host: 'evil.example',
				'x-forwarded-host': 'evil.example',
				'content-type': 'application/x-www-form-urlencoded'
			},
			body: new URLSearchParams({ email: ANA.email }).toString()
		});
		await vi.waitFor(() => expect(texts).toHaveLength(1), 10_000);
		expect(texts[0]).not.toContain('evil');
		const path = /https:\/\/board\.example\.org(\/reset\/[\w-]{43})/.exec(texts[0]!)?.[1];
		const set = await post(server, path!, { password: NEW }, { origin });
		expect(set.status).toBe(303);
		expect(server.errors).toBe('');
	});
});
