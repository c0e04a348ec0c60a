/** `npm run admin -- backup` and `restore`, over the data of servers that are in use. */
import {
	appendFileSync,
	copyFileSync,
	existsSync,
	readdirSync,
	statSync,
	writeFileSync
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createAccounts } from '../server/auth/accounts.ts';
import { databaseFile, openDatabase, type Database } from '../server/database/database.ts';
import { createMigrator, migrate } from '../server/database/migrate.ts';
import { temporaryFolder } from '../server/database/open-test-databases.ts';
import { loadRoom } from '../server/sync/update-log.ts';
import { documentOf } from '../server/sync/stored-room.ts';
import { Client, runServer } from '../tests/contract/run-server.ts';
import { contains } from '../tests/sync/sync-client.ts';
import { connectTo, until } from '../tests/sync/sync-fixture.ts';
import { addRoom, startSyncServer } from '../tests/sync/sync-server.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

const NOBODY_LIVE = { fromEverything: () => undefined };

const admin = (dataDir: string, ...args: string[]) => runTool('admin.ts', dataDir, ...args);

async function openData(folder = temporaryFolder()): Promise<{ db: Database; folder: string }> {
	const db = openDatabase(folder);
	onTestFinished(() => db.destroy());
	await migrate(db);
	return { db, folder };
}

/** The names of what is in a folder, but for the lock. */
const contents = (folder: string) =>
	readdirSync(folder)
		.filter((name) => name !== 'lock.sqlite')
		.sort();

it('backs up beside a server that stores what others write: whole, and nothing acknowledged is missing', async () => {
	const { db, folder } = await openData();
	for (let n = 0; n < 3; n++) await addRoom(db, `busy-${n}`);
	const server = await startSyncServer(db);
	onTestFinished(() => server.stop());
	const writers = [0, 1, 2].map((n) =>
		connectTo(server.url, `person=p${n}&ack=1`, undefined, `busy-${n}`)
	);
	await until(() => writers.every(({ isSynchronised }) => isSynchronised));
	const write = (n: number) =>
		writers.forEach(({ doc }) => doc.getArray('list').push([n, 'x'.repeat(2_000)]));
	for (let n = 0; n < 200; n++) write(n);
	await until(() => writers.every(({ isSaved }) => isSaved));
	const acknowledged = writers.map(({ doc }) => doc.getArray('list').length);

	const target = join(temporaryFolder(), 'copy.sqlite');
	const backingUp = admin(folder, 'backup', target);
	let isOver = false;
	void backingUp.then(() => (isOver = true));
	for (let n = 200; !isOver; n++) {
		write(n);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
	const ended = await backingUp;
	expect(ended).toMatchObject({ code: 0, err: '' });
	expect(ended.out).toMatch(
		/^3 rooms and 0 accounts are in .+copy\.sqlite, .+ MB\. The copy is checked and whole\.\n$/
	);
	expect(statSync(target).mode & 0o777).toBe(0o600);
	expect(existsSync(`${target}.part`)).toBe(false);

	const restored = temporaryFolder();
	copyFileSync(target, databaseFile(restored));
	const { db: copy } = await openData(restored);
	for (const [n, writer] of writers.entries()) {
		const doc = documentOf(`busy-${n}`, await loadRoom(copy, `busy-${n}`));
		const list = doc.getArray('list');
		expect(list.length).toBeGreaterThanOrEqual(acknowledged[n] ?? 0);
		expect(contains(writer.doc, doc)).toBe(true);
	}
	// The server never noticed.
	await until(() => writers.every(({ isSaved }) => isSaved));
	expect(writers.map(({ closeCode }) => closeCode)).toEqual([undefined, undefined, undefined]);
});

it('restores a whole server from it, and keeps what was there', async () => {
	const folder = temporaryFolder();
	const first = await runServer({ DATA_DIR: folder });
	const ann = new Client(first);
	const { id } = (await ann.post('/api/rooms', { template: 'blank', title: 'Kept' })).json;
	const target = join(temporaryFolder(), 'copy.sqlite');
	expect(await admin(folder, 'backup', target)).toMatchObject({ code: 0 });
	const later = (await ann.post('/api/rooms', { template: 'blank', title: 'Later' })).json.id;

	const beside = await admin(folder, 'restore', target);
	expect(beside).toMatchObject({ code: 1, out: '' });
	expect(beside.err).toMatch(
		/^DATA_DIR is .+, but another Détente Board is running on that folder\. .+\.\n$/
	);
	expect((await ann.get(`/api/rooms/${later}`)).status).toBe(200);
	await first.stop();

	const ended = await admin(folder, 'restore', target);
	expect(ended).toMatchObject({ code: 0, err: '' });
	expect(ended.out).toContain('1 room and 0 accounts are restored');
	const kept = /kept in (\S+)\. /.exec(ended.out)?.[1] ?? '';
	expect(contents(folder)).toEqual(['detente.sqlite', kept.split('/').at(-1)]);
	expect(statSync(databaseFile(folder)).mode & 0o777).toBe(0o600);

	const second = await runServer({ DATA_DIR: folder });
	const back = new Client(second, ann.cookie);
	expect((await back.get(`/api/rooms/${id}`)).json.title).toBe('Kept');
	expect((await back.get(`/api/rooms/${later}`)).status).toBe(404);
	await second.stop();

	// And back again, from what was kept.
	expect(await admin(folder, 'restore', join(kept, 'detente.sqlite'))).toMatchObject({ code: 0 });
	const third = await runServer({ DATA_DIR: folder });
	expect((await new Client(third, ann.cookie).get(`/api/rooms/${later}`)).status).toBe(200);
});

it('restores to an empty folder, from an older version too, and signs everybody out', async () => {
	const { db, folder } = await openData();
	const accounts = createAccounts({ db, cutOff: NOBODY_LIVE });
	const visitor = { guest: null, address: '192.0.2.1', device: 'Firefox on Linux' };
	const account = { email: 'ana@example.org', name: 'Ana', password: 'four plain words here' };
	const { id } = await accounts.signUp(visitor, account);
	const target = join(temporaryFolder(), 'copy.sqlite');
	expect(await admin(folder, 'backup', target)).toMatchObject({ code: 0 });

	const empty = join(temporaryFolder(), 'new', 'data');
	const ended = await admin(empty, 'restore', target);
	expect(ended).toMatchObject({ code: 0, err: '' });
	expect(ended.out).toContain('0 rooms and 1 account are restored');
	expect(ended.out).not.toContain('kept');
	const { db: restored } = await openData(empty);
	const again = createAccounts({ db: restored, cutOff: NOBODY_LIVE });
	expect(await again.find(id)).toBeNull();
	await again.signIn(visitor, account);

	const old = temporaryFolder();
	const older = openDatabase(old);
	await createMigrator(older).migrateTo('0003-two-snapshots');
	await older.destroy();
	expect(await admin(empty, 'restore', databaseFile(old))).toMatchObject({ code: 0 });
});

it('takes the write-ahead log of a folder that was copied from under a server', async () => {
	const { db, folder } = await openData();
	await addRoom(db, 'in-the-log');
	const copied = temporaryFolder();
	for (const end of ['', '-wal']) {
		copyFileSync(databaseFile(folder) + end, databaseFile(copied) + end);
	}
	const target = temporaryFolder();
	expect(await admin(target, 'restore', databaseFile(copied))).toMatchObject({ code: 0 });
	const { db: restored } = await openData(target);
	expect(await restored.selectFrom('rooms').select('id').execute()).toEqual([{ id: 'in-the-log' }]);
});

it('overwrites nothing, and refuses what is no backup, with the database left as it was', async () => {
	const { db, folder } = await openData();
	await addRoom(db, 'a');
	const elsewhere = temporaryFolder();
	const refused = async (...args: string[]) => {
		const ended = await admin(folder, ...args);
		expect(ended).toMatchObject({ code: 1, out: '' });
		expect(ended.err).toMatch(/^[^\n]+\.\n$/);
		return ended.err;
	};
	const file = (name: string) => join(elsewhere, name);
	writeFileSync(file('there'), 'mine');
	expect(await refused('backup', file('there'))).toContain('is there already');
	expect(await refused('backup', elsewhere)).toContain('is there already');
	expect(await refused('backup', file('no/where'))).toContain('cannot be written');
	expect(readdirSync(elsewhere)).toEqual(['there']);

	await db.destroy();
	expect(await refused('restore', file('nowhere'))).toContain('There is no file');
	expect(await refused('restore', file('there'))).toContain('is no backup of a Détente Board');
	const foreign = new DatabaseSync(file('foreign.sqlite'));
	foreign.exec('create table rooms (id text)');
	foreign.close();
	expect(await refused('restore', file('foreign.sqlite'))).toContain('is no backup');

	const whole = file('whole.sqlite');
	expect(await admin(folder, 'backup', whole)).toMatchObject({ code: 0 });
	const newer = new DatabaseSync(whole);
	newer.exec(`insert into kysely_migration values ('9999-later', '2099-01-01')`);
	newer.close();
	expect(await refused('restore', whole)).toContain('made by a newer version');
	appendFileSync(file('cut.sqlite'), 'SQLite format 3\0 and no more of it');
	expect(await refused('restore', file('cut.sqlite'))).toContain('is no backup');

	expect(contents(folder)).toEqual(['detente.sqlite']);
	const { db: same } = await openData(folder);
	expect(await same.selectFrom('rooms').select('id').execute()).toEqual([{ id: 'a' }]);
});

it('puts a backup in the place of a database that is broken', async () => {
	const { db, folder } = await openData();
	await addRoom(db, 'a');
	const target = join(temporaryFolder(), 'copy.sqlite');
	expect(await admin(folder, 'backup', target)).toMatchObject({ code: 0 });
	await db.destroy();
	writeFileSync(databaseFile(folder), 'no database, whatever its name says. '.repeat(200));
	writeFileSync(`${databaseFile(folder)}-wal`, 'nor is this');
	const ended = await admin(folder, 'restore', target);
	expect(ended).toMatchObject({ code: 0, err: '' });
	const kept = /kept in (\S+)\. /.exec(ended.out)?.[1] ?? '';
	for (const name of ['detente.sqlite', 'detente.sqlite-wal']) {
		expect(readdirSync(kept)).toContain(name);
	}
	const { db: restored } = await openData(folder);
	expect(await restored.selectFrom('rooms').select('id').execute()).toEqual([{ id: 'a' }]);
});

it('says how it is used', async () => {
	for (const args of [[], ['help'], ['backup'], ['backup', 'a', 'b'], ['constructor']]) {
		const { code, out, err } = await admin(temporaryFolder(), ...args);
		expect({ code, out }).toEqual({ code: 2, out: '' });
		expect(err).toMatch(/^npm run admin -- backup <file> {3,}\S/m);
	}
});
