/** What pages of other sites can make a browser send here: nothing that changes anything. */
import { DatabaseSync } from 'node:sqlite';
import { expect, it, vi } from 'vitest';
import { databaseFile } from '../../server/database/database.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { everyRoute } from './routes.ts';
import { Client, runServer } from './run-server.ts';

vi.setConfig({ testTimeout: 180_000 });

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];
const TYPES = [
	'application/x-www-form-urlencoded',
	'multipart/form-data; boundary=x',
	'text/plain',
	'application/json',
	'application/octet-stream',
	undefined
];
/** As browsers send them, old ones too: some have but one of the two. */
const HOSTILE: Record<string, string>[] = [
	{ origin: 'https://evil.example' },
	{ origin: 'null' },
	{ origin: 'null', 'sec-fetch-site': 'cross-site' },
	{ 'sec-fetch-site': 'cross-site' },
	{ 'sec-fetch-site': 'same-site' },
	{ origin: 'https://evil.example', referer: 'http://127.0.0.1/' }
];

const BODY = 'template=blank&name=Eve';

const addresses = everyRoute().flatMap(({ path, actions }) => [
	path,
	...actions.map((name) => (name === 'default' ? path : `${path}?/${name}`))
]);

function dump(dataDir: string): string {
	const database = new DatabaseSync(databaseFile(dataDir), { timeout: 5_000 });
	const tables = database
		.prepare(`select name from sqlite_master where type = 'table' order by name`)
		.all()
		.map(({ name }) => String(name));
	const rows = tables.map((name) => [name, database.prepare(`select * from "${name}"`).all()]);
	database.close();
	return JSON.stringify(rows);
}

it('knows every page with a form and every endpoint', () => {
	for (const known of ['/?/open', '/?/join', '/sign-in', '/sign-up', '/sign-out', '/api/rooms']) {
		expect(addresses).toContain(known);
	}
});

it('no method with any body at any address does anything for another site', async () => {
	const dataDir = temporaryFolder();
	const server = await runServer({ DATA_DIR: dataDir });
	const ann = new Client(server);
	expect((await ann.post('/api/rooms', { template: 'blank', name: 'Ann' })).status).toBe(201);
	const before = dump(dataDir);

	const wrong: string[] = [];
	for (const path of addresses) {
		const requests = METHODS.flatMap((method) =>
			TYPES.flatMap((type) =>
				HOSTILE.map(async (hostile) => {
					const kind: Record<string, string> = type === undefined ? {} : { 'content-type': type };
					// Node sends no length with a DELETE by itself.
					const headers = { ...hostile, ...kind, 'content-length': String(BODY.length) };
					const answer = await ann.send(path, { method, headers, body: BODY });
					// A form at the interface for programs is refused before its origin is looked at, and
					// /healthz takes GET alone and asks nobody who they are.
					const isRefused =
						answer.status === 403 ||
						(path.startsWith('/api/') && answer.status === 415) ||
						(path === '/healthz' && answer.status === 405);
					if (isRefused && answer.headers['set-cookie'] === undefined) return;
					wrong.push(`${answer.status} ${method} ${path} ${JSON.stringify(headers)}`);
				})
			)
		);
		await Promise.all(requests);
	}
	expect(wrong).toEqual([]);
	expect(dump(dataDir)).toBe(before);
	expect(server.errors).toBe('');
});

it('our own pages and programs are let through', async () => {
	const server = await runServer();
	const own = { origin: server.address, 'sec-fetch-site': 'same-origin' };
	const form = {
		...own,
		accept: 'text/html',
		'content-type': 'application/x-www-form-urlencoded'
	};
	const open = { method: 'POST', headers: form, body: 'template=blank&name=Ann' };
	expect((await new Client(server).send('/?/open', open)).status).toBe(303);
	expect((await new Client(server).send('/sign-out', { method: 'POST', headers: form })).status).toBe(303); // prettier-ignore
	const json = { template: 'blank' };
	for (const headers of [own, {}, { 'sec-fetch-site': 'none' }] as Record<string, string>[]) {
		expect((await new Client(server).post('/api/rooms', json, headers)).status).toBe(201);
	}
});

it('a form without Origin is refused, whoever sends it', async () => {
	const server = await runServer();
	const headers = { 'content-type': 'application/x-www-form-urlencoded' };
	const sending = { method: 'POST', headers, body: 'template=blank&name=Ann' };
	expect((await new Client(server).send('/?/open', sending)).status).toBe(403);
});
