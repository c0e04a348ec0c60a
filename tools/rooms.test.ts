/** `npm run rooms` as people run it: a process of its own, over the data of a real server. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import * as Y from 'yjs';
import { addCard } from '../src/lib/board/cards.ts';
import { instantiate } from '../src/lib/board/template.ts';
import { openDatabase, type Database } from '../server/database/database.ts';
import { createMigrator, migrate } from '../server/database/migrate.ts';
import { temporaryFolder } from '../server/database/open-test-databases.ts';
import { loadTemplates } from '../server/rooms/templates.ts';
import { documentOf } from '../server/sync/stored-room.ts';
import { appendUpdates, loadRoom, writeSnapshot } from '../server/sync/update-log.ts';
import { contains } from '../tests/sync/sync-client.ts';
import { connectTo, until } from '../tests/sync/sync-fixture.ts';
import { addRoom, startSyncServer } from '../tests/sync/sync-server.ts';
import { runTool } from './run-tool.ts';

vi.setConfig({ testTimeout: 60_000 });

const rooms = (dataDir: string, ...args: string[]) => runTool('rooms.ts', dataDir, ...args);

async function openData(folder = temporaryFolder()): Promise<{ db: Database; folder: string }> {
	const db = openDatabase(folder);
	onTestFinished(() => db.destroy());
	await migrate(db);
	return { db, folder };
}

/** A board called "Ours" whose log goes on with one card an update, and has snapshots after some. */
async function addBoard(db: Database, id: string, cards: number, snapshots: number[]) {
	await addRoom(db, id);
	const template = (await loadTemplates()).get('blank')!;
	const doc = new Y.Doc();
	let seq = 0;
	const store = async (data: Uint8Array) => {
		await appendUpdates(db, [{ roomId: id, seq: ++seq, data }]);
		if (!snapshots.includes(seq)) return;
		await writeSnapshot(db, { roomId: id, seq, data: Y.encodeStateAsUpdate(doc) });
	};
	const first = instantiate(template, { title: 'Ours', at: new Date() });
	Y.applyUpdate(doc, first);
	await store(first);
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (let i = 1; i <= cards; i++) {
		addCard(doc, { title: `Card ${i}`, column: 'conflict' }, new Date());
		await store(updates.at(-1)!);
	}
	return doc;
}

async function flip(db: Database, table: 'snapshots' | 'updates', id: string, seq: number) {
	const { data } = await db
		.selectFrom(table)
		.select('data')
		.where('room_id', '=', id)
		.where('seq', '=', seq)
		.executeTakeFirstOrThrow();
	const flipped = Uint8Array.from(data);
	flipped[flipped.length >> 1]! ^= 1;
	await db
		.updateTable(table)
		.set({ data: flipped })
		.where('room_id', '=', id)
		.where('seq', '=', seq)
		.execute();
}

it('[L5] says that all is well', async () => {
	const { db, folder } = await openData();
	await addBoard(db, 'a', 3, [2]);
	await addBoard(db, 'b', 3, []);
	expect(await rooms(folder, 'check')).toEqual({
		code: 0,
		out: '2 rooms looked at, none damaged.\n',
		err: ''
	});
	expect(await rooms(folder, 'check', 'a')).toMatchObject({ code: 0, out: 'Room a is whole.\n' });
	expect(await rooms(folder, 'restore', 'a')).toMatchObject({
		code: 0,
		out: 'Room a is whole: there is nothing to restore.\n'
	});
	expect(existsSync(join(folder, 'damaged'))).toBe(false);
});

it.each([
	['the newest snapshot', 'snapshots', 6, 'It is set aside', 'Nothing of it is lost.'],
	[
		'an update before the newest snapshot',
		'updates',
		5,
		'It still opens',
		'Nothing of it is lost.'
	],
	['an update after it', 'updates', 8, 'It is set aside', 'Change 8 of 9 is missing.'],
	[
		'the first update of a room without a snapshot',
		'updates',
		1,
		'It is set aside',
		'Change 1 of 9 is missing.'
	]
] as const)(
	'[L5] finds and restores a flipped byte in %s',
	async (what, table, seq, state, outcome) => {
		const { db, folder } = await openData();
		const doc = await addBoard(db, 'hurt', 8, what.includes('without') ? [] : [3, 6]);
		await addBoard(db, 'well', 3, []);
		await flip(db, table, 'hurt', seq);

		const kind = table === 'snapshots' ? 'snapshot' : 'update';
		const all = await rooms(folder, 'check');
		expect(all).toMatchObject({ code: 1, err: '' });
		expect(all.out).toMatch(/^Room hurt.* is damaged:\n/);
		expect(all.out).toContain(`  ${kind} ${seq} fails its checksum\n`);
		expect(all.out).toContain(state);
		expect(all.out).toContain('After `npm run rooms -- restore hurt`: ');
		expect(all.out).toContain(outcome);
		expect(all.out).toMatch(/\n2 rooms looked at, 1 damaged\.\n$/);
		expect(all.out).not.toContain('well');
		const one = await rooms(folder, 'check', 'hurt');
		expect(one).toMatchObject({ code: 1, err: '' });
		expect(all.out.startsWith(one.out)).toBe(true);

		const restored = await rooms(folder, 'restore', 'hurt');
		expect(restored).toMatchObject({ code: 0, err: '' });
		expect(restored.out).toContain(outcome);
		const file = join(folder, 'damaged', `hurt-${kind}-${seq}.bin`);
		expect(restored.out).toContain(`\n  ${file}\n`);
		expect(readdirSync(join(folder, 'damaged'))).toEqual([`hurt-${kind}-${seq}.bin`]);
		expect(await rooms(folder, 'check')).toMatchObject({ code: 0 });

		const board = documentOf('hurt', await loadRoom(db, 'hurt'));
		if (outcome === 'Nothing of it is lost.') expect(contains(board, doc)).toBe(true);
		Y.applyUpdate(board, Y.encodeStateAsUpdate(doc));
		expect(board.getMap('cards').toJSON()).toEqual(doc.getMap('cards').toJSON());
	}
);

it('[L5] restores beside a server that stores what others write, and its next visitor is let in', async () => {
	const { db, folder } = await openData();
	const doc = await addBoard(db, 'hurt', 8, [3, 6]);
	await addRoom(db, 'busy');
	await flip(db, 'snapshots', 'hurt', 6);
	const server = await startSyncServer(db);
	onTestFinished(() => server.stop());
	const refused = connectTo(server.url, '', undefined, 'hurt');
	await until(() => refused.closeCode !== undefined);

	const writer = connectTo(server.url, 'person=cyd&ack=1', undefined, 'busy');
	await until(() => writer.isSynchronised);
	const restoring = rooms(folder, 'restore', 'hurt');
	let isOver = false;
	void restoring.then(() => (isOver = true));
	for (let i = 0; !isOver; i++) {
		writer.doc.getArray('list').push([i]);
		await new Promise((resolve) => setTimeout(resolve, 1));
	}
	expect(await restoring).toMatchObject({ code: 0, err: '' });
	await until(() => writer.isSaved);
	expect(contains(documentOf('busy', await loadRoom(db, 'busy')), writer.doc)).toBe(true);
	const visitor = connectTo(server.url, '', undefined, 'hurt');
	await until(() => visitor.isSynchronised);
	expect(contains(visitor.doc, doc)).toBe(true);
});

it('answers what it cannot do with a sentence', async () => {
	const { db, folder } = await openData();
	await addBoard(db, 'a', 1, []);
	const refused = async (dataDir: string, ...args: string[]) => {
		const ended = await rooms(dataDir, ...args);
		expect(ended).toMatchObject({ code: 1, out: '' });
		expect(ended.err).toMatch(/^[^\n]+\.\n$/);
		return ended.err;
	};
	expect(await refused(folder, 'check', 'nowhere')).toBe('There is no room nowhere.\n');
	expect(await refused(folder, 'restore', 'nowhere')).toBe('There is no room nowhere.\n');

	const empty = temporaryFolder();
	expect(await refused(empty, 'check')).toBe(
		`There is no database in ${empty}. DATA_DIR says where to look.\n`
	);
	expect(readdirSync(empty)).toEqual([]);

	writeFileSync(join(empty, 'detente.sqlite'), 'no database, whatever its name says. '.repeat(200));
	expect(await refused(empty, 'check')).toMatch(/^The database file itself cannot be read \(/);

	const old = openDatabase(join(empty, 'old'));
	await createMigrator(old).migrateTo('0002-update-log');
	await old.destroy();
	expect(await refused(join(empty, 'old'), 'check')).toMatch(/^The database was made by an older/);
});

it.each([[], ['mend', 'a'], ['restore'], ['check', 'a', 'b']])(
	'says how it is used when asked for %j %j %j',
	async (...args) => {
		const { code, err } = await rooms(temporaryFolder(), ...args.filter(Boolean));
		expect(code).toBe(2);
		expect(err).toContain('npm run rooms -- restore <id>');
	}
);
