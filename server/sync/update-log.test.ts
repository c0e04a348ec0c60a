import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { Kysely, PGliteDialect } from 'kysely';
import * as Y from 'yjs';
import type { Database, Tables } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { DIALECTS, type Dialect } from '../database/open-test-databases.ts';
import { sqliteDialect } from '../database/sqlite.ts';
import { verifyEqual } from './compaction.ts';
import { documentOf } from './stored-room.ts';
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

	/** Numbers of the snapshots and of the updates that are there. */
	async function kept(room: string) {
		const [snapshots, updates] = await Promise.all(
			(['snapshots', 'updates'] as const).map((table) =>
				db.selectFrom(table).select('seq').where('room_id', '=', room).orderBy('seq').execute()
			)
		);
		return { snapshots: snapshots!.map(({ seq }) => seq), updates: updates!.map(({ seq }) => seq) };
	}

	it('[L2] [L3] starts at the newest snapshot and counts what is after it', async () => {
		const room = await newRoom();
		const other = await newRoom();
		await appendUpdates(db, [...entries(room, 1, 10), ...entries(other, 1, 3)]);
		await writeSnapshot(db, { roomId: room, seq: 8, data: bytes(88) });
		const stored = await loadRoom(db, room);
		expect(stored.updates.map((data) => data[0])).toEqual([88, 9, 10]);
		expect(stored).toMatchObject({ seq: 10, logUpdates: 2, logBytes: 6, bytes: 7 });
		await writeSnapshot(db, { roomId: room, seq: 10, data: bytes(99) });
		expect((await loadRoom(db, room)).updates.map((data) => data[0])).toEqual([99]);
		expect(await loadRoom(db, room)).toMatchObject({ seq: 10, logUpdates: 0, bytes: 1 });
		expect((await loadRoom(db, other)).seq).toBe(3);
		expect(await kept(other)).toEqual({ snapshots: [], updates: [1, 2, 3] });
	});

	it('[L4] [L3] keeps two snapshots and the updates after the older one', async () => {
		const room = await newRoom();
		await appendUpdates(db, entries(room, 1, 6));
		await writeSnapshot(db, { roomId: room, seq: 2, data: bytes(2) });
		expect(await kept(room)).toEqual({ snapshots: [2], updates: [1, 2, 3, 4, 5, 6] });
		await writeSnapshot(db, { roomId: room, seq: 4, data: bytes(4) });
		expect(await kept(room)).toEqual({ snapshots: [2, 4], updates: [3, 4, 5, 6] });
		await writeSnapshot(db, { roomId: room, seq: 5, data: bytes(5) });
		expect(await kept(room)).toEqual({ snapshots: [4, 5], updates: [5, 6] });
	});

	it('[L2] [L3] a snapshot never replaces a newer one, nor the same again', async () => {
		const room = await newRoom();
		await appendUpdates(db, entries(room, 1, 6));
		for (const seq of [4, 6]) await writeSnapshot(db, { roomId: room, seq, data: bytes(seq) });
		await writeSnapshot(db, { roomId: room, seq: 2, data: bytes(2) });
		await writeSnapshot(db, { roomId: room, seq: 6, data: bytes(66) });
		expect((await loadRoom(db, room)).updates.map((data) => data[0])).toEqual([6]);
		expect(await kept(room)).toEqual({ snapshots: [4, 6], updates: [5, 6] });
	});

	it('[L4] [L3] either snapshot and what is after it give the same document', async () => {
		const numbers = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 });
		await fc.assert(
			fc.asyncProperty(numbers, fc.infiniteStream(fc.boolean()), async (batches, compacts) => {
				const room = await newRoom();
				const doc = new Y.Doc();
				let seq = 0;
				for (const count of batches) {
					const log: LogEntry[] = [];
					const collect = (data: Uint8Array) => log.push({ roomId: room, seq: ++seq, data });
					doc.on('update', collect);
					for (let i = 0; i < count; i++) doc.getMap('cards').set(`k${i}`, seq);
					if (doc.getMap('cards').size > 3) doc.getMap('cards').delete('k0');
					doc.off('update', collect);
					await appendUpdates(db, log);
					if (!compacts.next().value) continue;
					await writeSnapshot(db, { roomId: room, seq, data: Y.encodeStateAsUpdate(doc) });
				}
				verifyEqual(documentOf(room, await loadRoom(db, room)), doc);

				const { snapshots } = await kept(room);
				expect(snapshots.length).toBeLessThanOrEqual(2);
				await db
					.deleteFrom('snapshots')
					.where('room_id', '=', room)
					.where('seq', '=', snapshots.at(-1) ?? 0)
					.execute();
				verifyEqual(documentOf(room, await loadRoom(db, room)), doc);
			}),
			{ numRuns: 40 }
		);
	});

	it('[L4] [L3] loads from one state of the database, whatever compactions run beside it', async () => {
		const room = await newRoom();
		await appendUpdates(db, entries(room, 1, 200));
		const compactions = (async () => {
			// Several at once, so that more than one may run between two statements of a load.
			for (let seq = 4; seq <= 200; seq += 4) {
				const seqs = [seq - 3, seq - 2, seq - 1, seq];
				await Promise.all(
					seqs.map((each) => writeSnapshot(db, { roomId: room, seq: each, data: bytes(each) }))
				);
			}
		})();
		let isOver = false;
		const over = compactions.finally(() => (isOver = true));
		while (!isOver) expect((await loadRoom(db, room)).seq).toBe(200);
		await over;
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
		await expect(loadRoom(db, room)).rejects.toThrow('snapshot 2 fails');
	});
});
