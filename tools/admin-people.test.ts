/** `npm run admin` on people and rooms, beside a server that is running. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '../src/lib/sync/close-codes.ts';
import { openDatabase } from '../server/database/database.ts';
import { temporaryFolder } from '../server/database/open-test-databases.ts';
import { Client, runServer, type ServerProcess } from '../tests/contract/run-server.ts';
import { Browser, invite, makeTeam, openRoom, signUp } from '../tests/contract/site.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

async function open() {
	const folder = temporaryFolder();
	const server = await runServer({ DATA_DIR: folder });
	const admin = (...args: string[]) => runTool('admin.ts', folder, ...args);
	const db = openDatabase(folder);
	onTestFinished(() => db.destroy());
	return { folder, server, admin, db };
}

/** Somebody in a room; `closedWith` once they are out. */
async function enter(server: ServerProcess, { cookie }: Client, room: string) {
	const address = `${server.address.replace('http', 'ws')}/sync/${room.split('/').at(-1)}`;
	const socket = new WebSocket(address, { headers: { cookie: cookie ?? '' } });
	onTestFinished(() => socket.terminate());
	const live: { closedWith: number | null } = { closedWith: null };
	socket.on('close', (code) => (live.closedWith = code));
	await new Promise((resolve) => socket.once('message', resolve));
	return live;
}

const pathIn = (out: string): string => /\/reset\/\S+/.exec(out)?.[0] ?? '';

it('makes an account whose person sets the password by a link, once', async () => {
	const { server, admin } = await open();
	const made = await admin('create-user', ' Ana@Example.org', 'Ana');
	expect(made).toMatchObject({ code: 0, err: '' });
	expect(made.out).toContain('It works once, within 60 minutes.');
	const link = pathIn(made.out);
	const browser = new Browser(server);
	const set = await browser.submit(link, { password: 'four plain words here' });
	expect(set.status).toBe(303);
	expect((await browser.get('/account')).text).toContain('ana@example.org');
	expect((await new Browser(server).get(link)).text).toContain('works once');

	expect(await admin('create-user', 'ana@example.org', 'Ana')).toMatchObject({
		code: 1,
		err: 'There is an account of ana@example.org already.\n'
	});
	expect(await admin('create-user', 'nowhere', 'Ana')).toMatchObject({
		code: 1,
		err: 'nowhere is no e-mail address.\n'
	});
	expect((await admin('create-user', 'b@example.org', ' ')).err).toContain('1 to 60 characters');
	expect((await admin('create-user')).code).toBe(2);
});

it('helps somebody in who has forgotten the password, and whoever knew it out', async () => {
	const { server, admin } = await open();
	const ana = await signUp(server, 'Ana');
	const made = await admin('reset-link', 'ana@example.org');
	const browser = new Browser(server);
	await browser.submit(pathIn(made.out), { password: 'entirely new words' });
	expect((await browser.get('/account')).status).toBe(200);
	expect((await ana.get('/account')).status).toBe(303);
	expect(await admin('reset-link', 'nobody@example.org')).toMatchObject({
		code: 1,
		err: 'There is no account of nobody@example.org.\n'
	});
});

it('lists accounts and rooms in lines', async () => {
	const { server, admin } = await open();
	const ana = await signUp(server, 'Ana');
	const team = await makeTeam(ana, 'Helsinki');
	const room = await openRoom(ana, team, 'Spring');
	const users = await admin('list-users');
	expect(users.out).toMatch(
		/^\S{22} {2}\d{4}-\d\d-\d\d {2}1 team {2}ana@example\.org {2}Ana\n1 account\.\n$/
	);
	await vi.waitFor(async () => {
		const { out } = await admin('list-rooms');
		expect(out).toContain(room.split('/').at(-1));
		expect(out).toMatch(/kept {2}Helsinki {2}Spring\n1 room\.\n$/);
	}, 20_000);
});

it('erases a person on the second word, and their open pages go within two seconds', async () => {
	const { server, admin, db } = await open();
	const [ana, ben] = [await signUp(server, 'Ana'), await signUp(server, 'Ben')];
	const { id, code } = (
		await ana.send('/api/rooms', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ template: 'blank', title: 'Of Ana alone' })
		})
	).json;
	await ben.send('/api/join', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ code })
	});
	const live = [await enter(server, ana, id), await enter(server, ben, id)];
	const asked = await admin('erase-person', 'ana@example.org');
	expect(asked.code).toBe(1);
	expect(asked.out).toContain('with 1 room that they alone own');
	expect(asked.out).toContain('Nothing was erased.');
	expect((await ana.get('/account')).status).toBe(200);

	expect(await admin('erase-person', 'ana@example.org', 'yes')).toMatchObject({ code: 0 });
	await vi.waitFor(() => expect(live.every(({ closedWith }) => closedWith !== null)).toBe(true), {
		timeout: 2_000
	});
	expect(live[1]?.closedWith).toBe(CLOSE.roomGone);
	expect((await ana.get('/account')).status).toBe(303);
	expect((await ben.get(`/api/rooms/${id}`)).status).toBe(404);
	const trail = await db
		.selectFrom('audit')
		.select(['kind', 'subject_name'])
		.where('actor_id', '=', 'operator')
		.execute();
	expect(trail).toEqual([{ kind: 'account.erased', subject_name: null }]);
	expect((await admin('erase-person', 'ana@example.org', 'yes')).err).toContain('no account of');
});

it('erases a guest, and nobody whose team would be without an owner', async () => {
	const { server, admin, db } = await open();
	const ana = await signUp(server, 'Ana');
	const team = await makeTeam(ana, 'Helsinki');
	await (await signUp(server, 'Ben')).submit(await invite(ana, team));
	const sole = await admin('erase-person', 'ana@example.org', 'yes');
	expect(sole).toMatchObject({ code: 1 });
	expect(sole.err).toContain('alone owns Helsinki');

	const guest = new Client(server);
	await guest.send('/api/rooms', {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ template: 'blank', name: 'Gus Holm' })
	});
	const { id } = await db
		.selectFrom('guests')
		.select('id')
		.where('name', '=', 'Gus Holm')
		.executeTakeFirstOrThrow();
	expect((await admin('erase-person', id)).out).toContain('Gus Holm is a guest.');
	expect(await admin('erase-person', id, 'yes')).toMatchObject({ code: 0 });
	const left = await Promise.all(
		(['guests', 'members', 'audit'] as const).map((table) =>
			db.selectFrom(table).selectAll().execute()
		)
	);
	expect(JSON.stringify(left)).not.toContain('Gus Holm');
});
