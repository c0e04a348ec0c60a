import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { Database, Tables } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { DIALECTS, type Dialect } from '../database/open-test-databases.ts';
import { sqliteDialect } from '../database/sqlite.ts';
import {
	appendUpdates,
	CorruptRoom,
	loadRoom,
	storeFirstUpdate,
	writeSnapshot,
	type LogEntry
} from './update-log.ts';
import { addRoom } from '../../tests/sync/sync-server.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

/** One database for all of the contract: starting PostgreSQL takes seconds. A room for each test. */
function open(dialect: Dialect): Database {
	return new Kysely<Tables>({
		dialect:
			dialect === 'sqlite' ? sqliteDialect(':memory:') : new PGliteDialect({ pglite: new PGlite() })
	});
}

describe.each(DIALECTS)('the update log on %s', (dialect) => {
	let db: Database;
	let rooms = 0;

	beforeAll(async () => {
		db = open(dialect);
		await migrate(db);
	}, 30_000);
	afterAll(() => db.destroy());

	async function newRoom(): Promise<string> {
		const id = `r${++rooms}`;
		await addRoom(db, id);
		return id;
	}

	function entries(roomId: string, from: number, to: number): LogEntry[] {
		const seqs = Array.from({ length: to - from + 1 }, (_, index) => from + index);
		return seqs.map((seq) => ({ roomId, seq, data: bytes(seq % 256, 0, 255) }));
	}

	it('[L3] gives back what was appended, in order', async () => {
		const room = await newRoom();
		expect(await loadRoom(db, room)).toMatchObject({ updates: [], seq: 0, bytes: 0 });
		await db.transaction().execute((trx) => storeFirstUpdate(trx, room, bytes(1, 0, 255)));
		await appendUpdates(db, entries(room, 2, 2_500));
		const stored = await loadRoom(db, room);
		expect(stored).toMatchObject({ seq: 2_500, logUpdates: 2_500, logBytes: 7_500 });
		expect(stored.updates.map((data) => data[0])).toEqual(
			entries(room, 1, 2_500).map(({ data }) => data[0])
		);
	});

	it('[L2] [L3] starts at the snapshot, which replaces just what it contains', async () => {
		const room = await newRoom();
		const other = await newRoom();
		await appendUpdates(db, [...entries(room, 1, 10), ...entries(other, 1, 3)]);
		await writeSnapshot(db, { roomId: room, seq: 8, data: bytes(88) });
		const stored = await loadRoom(db, room);
		expect(stored.updates.map((data) => data[0])).toEqual([88, 9, 10]);
		expect(stored).toMatchObject({ seq: 10, logUpdates: 2, logBytes: 6, bytes: 7 });
		expect((await loadRoom(db, other)).seq).toBe(3);
		await writeSnapshot(db, { roomId: room, seq: 10, data: bytes(99) });
		expect((await loadRoom(db, room)).updates.map((data) => data[0])).toEqual([99]);
	});

	it('[L2] [L3] a snapshot never replaces a newer one', async () => {
		const room = await newRoom();
		await appendUpdates(db, entries(room, 1, 4));
		await writeSnapshot(db, { roomId: room, seq: 4, data: bytes(4) });
		await writeSnapshot(db, { roomId: room, seq: 2, data: bytes(2) });
		expect((await loadRoom(db, room)).updates.map((data) => data[0])).toEqual([4]);
	});

	it('[L2] a crash between snapshot and trimming leaves both', async () => {
		const room = await newRoom();
		await appendUpdates(db, entries(room, 1, 4));
		await writeSnapshot(db, { roomId: room, seq: 2, data: bytes(2) });
		await appendUpdates(db, entries(room, 1, 2));
		expect((await loadRoom(db, room)).updates.map((data) => data[0])).toEqual([2, 3, 4]);
	});

	it('[L1] [L3] finds a flipped byte and a hole', async () => {
		const room = await newRoom();
		await appendUpdates(db, entries(room, 1, 3));
		const second = db.updateTable('updates').where('room_id', '=', room).where('seq', '=', 2);
		await second.set({ data: bytes(2, 1, 255) }).execute();
		await expect(loadRoom(db, room)).rejects.toThrow(CorruptRoom);
		await second.set({ data: bytes(2, 0, 255) }).execute();
		expect((await loadRoom(db, room)).seq).toBe(3);
		await db.deleteFrom('updates').where('room_id', '=', room).where('seq', '=', 2).execute();
		await expect(loadRoom(db, room)).rejects.toThrow('update 2 missing');
		await writeSnapshot(db, { roomId: room, seq: 2, data: bytes(2) });
		await db
			.updateTable('snapshots')
			.set({ data: bytes(3) })
			.where('room_id', '=', room)
			.execute();
		await expect(loadRoom(db, room)).rejects.toThrow('snapshot fails');
	});
});
