/** What every answer says to a browser about what it may do with it. */
import { readdirSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { expect, it, vi } from 'vitest';
import { Client, runServer } from './run-server.ts';

vi.setConfig({ testTimeout: 30_000 });

const asset = readdirSync('build/client/_app/immutable/entry').find((name) => name.endsWith('.js'));

/** Pages, errors of every making, static files, the interface for programs. */
const PATHS = [
	'/',
	'/sign-in',
	'/nowhere',
	'/rooms/nowhere',
	'/healthz',
	'/api/rooms',
	'/api/nope',
	'/api/rooms/%ff',
	'/sync/x',
	'/favicon.svg',
	'/offline.html',
	'/service-worker.js',
	`/_app/immutable/entry/${asset}`,
	'/_app/immutable/nowhere.js',
	'/%'
];

it('every answer carries the headers', async () => {
	const client = new Client(await runServer());
	for (const path of PATHS) expectHeaders((await client.get(path)).headers, path);
});

function expectHeaders(headers: IncomingHttpHeaders, path: string): void {
	expect(headers, path).toMatchObject({
		'x-content-type-options': 'nosniff',
		'x-frame-options': 'DENY',
		'referrer-policy': 'same-origin',
		'cross-origin-opener-policy': 'same-origin',
		'cross-origin-resource-policy': 'same-origin'
	});
	expect(headers['permissions-policy']).toContain('camera=()');
	expect(headers['strict-transport-security']).toBeUndefined();
	const policy = String(headers['content-security-policy']);
	expect(policy).toMatch(/default-src '(self|none)'/);
	for (const directive of ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"]) {
		expect(policy).toContain(directive);
	}
	expect(policy).toContain("form-action 'self'");
	expect(policy).not.toMatch(/unsafe-eval|\*|https?:/);
	expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toContain('unsafe-inline');
}

it('gives every page a nonce of its own, and no other script a way in', async () => {
	const client = new Client(await runServer());
	const nonces = new Set<string>();
	for (const path of ['/', '/', '/sign-up', '/nowhere']) {
		const { headers, text } = await client.get(path);
		const policy = String(headers['content-security-policy']);
		const nonce = /script-src 'self' 'nonce-([^']+)'(;|$)/.exec(policy)?.[1] ?? '';
		expect(Buffer.from(nonce, 'base64').byteLength).toBeGreaterThanOrEqual(16);
		for (const [tag] of text.matchAll(/<(script|style)\b[^>]*>/g)) {
			expect(tag).toContain(`nonce="${nonce}"`);
		}
		expect(text).not.toMatch(/<[^>]+\son\w+=/);
		nonces.add(nonce);
	}
	expect(nonces.size).toBe(4);
});

it('names the websocket of the same host in connect-src, and nothing that a client puts there', async () => {
	const server = await runServer();
	const policyFor = async (host: string) =>
		(await new Client(server).get('/', { host })).headers['content-security-policy'] ?? '';
	const { host } = new URL(server.address);
	expect(await policyFor(host)).toContain(`connect-src 'self' ws://${host};`);
	for (const forged of ['a;script-src', "x'y", 'a,b', 'a*b']) {
		expect(await policyFor(forged)).toMatch(/^((?!\ba;|x'y|a,b|a\*b).)*$/);
	}

	const secure = await runServer({ ORIGIN: 'https://board.example.org' });
	const { headers } = await new Client(secure).get('/');
	expect(headers['content-security-policy']).toContain(
		"connect-src 'self' wss://board.example.org;"
	);
});

it('asks for TLS where the public address has it, on static files too', async () => {
	const server = await runServer({ ORIGIN: 'https://board.example.org' });
	for (const path of ['/', '/favicon.svg', '/api/nope']) {
		const { headers } = await new Client(server).get(path);
		expect(headers['strict-transport-security']).toBe('max-age=31536000');
	}
});

it('lets nothing that belongs to a person stay in a shared cache', async () => {
	const server = await runServer();
	const client = new Client(server);
	const { id } = (await client.post('/api/rooms', { template: 'blank' })).json;
	for (const path of [`/rooms/${id}`, `/api/rooms/${id}`, `/rooms/${id}/__data.json`]) {
		const { status, headers } = await client.get(path);
		expect(status).toBe(200);
		expect(headers['cache-control']).toMatch(/private|no-store/);
	}
});
