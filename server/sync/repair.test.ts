import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import fc from 'fast-check';
import { Kysely, PGliteDialect } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Database, Tables } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { DIALECTS, temporaryFolder } from '../database/open-test-databases.ts';
import { sqliteDialect } from '../database/sqlite.ts';
import { verifyEqual } from './compaction.ts';
import type { Piece } from './inspect-room.ts';
import { checkRoom, isHealthy, repairRoom, UnknownRoom } from './repair.ts';
import { documentOf } from './stored-room.ts';
import { appendUpdates, CorruptRoom, loadRoom, writeSnapshot } from './update-log.ts';
import { addRoom } from '../../tests/sync/sync-server.ts';

describe.each(DIALECTS)('restoring a room on %s', (dialect) => {
	let db: Database;
	let rooms = 0;

	beforeAll(async () => {
		db = new Kysely<Tables>({
			dialect:
				dialect === 'sqlite'
					? sqliteDialect(':memory:')
					: new PGliteDialect({ pglite: new PGlite() })
		});
		await migrate(db);
	}, 30_000);
	afterAll(() => db.destroy());

	/** A room of `updates` updates by one person, each after the one before, and these snapshots. */
	async function newRoom(updates: number, snapshots: number[] = []) {
		const id = `r${++rooms}`;
		await addRoom(db, id);
		const doc = new Y.Doc();
		const log: Uint8Array[] = [];
		doc.on('update', (update: Uint8Array) => log.push(update));
		for (let seq = 1; seq <= updates; seq++) {
			const cards = doc.getMap('cards');
			if (seq % 4 === 0) cards.delete(`k${seq - 1}`);
			else cards.set(`k${seq}`, seq);
			await appendUpdates(db, [{ roomId: id, seq, data: log.at(-1)! }]);
			if (!snapshots.includes(seq)) continue;
			await writeSnapshot(db, { roomId: id, seq, data: Y.encodeStateAsUpdate(doc) });
		}
		return { id, doc, log, folder: temporaryFolder() };
	}

	/** Changes the piece in storage; returns what stands there now. */
	async function flip(id: string, kind: Piece['kind'], seq: number): Promise<Uint8Array> {
		const table = kind === 'snapshot' ? 'snapshots' : 'updates';
		const row = await db
			.selectFrom(table)
			.select('data')
			.where('room_id', '=', id)
			.where('seq', '=', seq)
			.executeTakeFirstOrThrow();
		const data = Uint8Array.from(row.data);
		data[data.length >> 1]! ^= 0x10;
		await db
			.updateTable(table)
			.set({ data })
			.where('room_id', '=', id)
			.where('seq', '=', seq)
			.execute();
		return data;
	}

	const stored = async (id: string) => documentOf(id, await loadRoom(db, id));

	it('[L5] leaves a healthy room alone, and knows no other', async () => {
		const { id, doc, folder } = await newRoom(9, [3, 6]);
		expect(isHealthy(await checkRoom(db, id))).toBe(true);
		expect(await repairRoom(db, id, { keepIn: folder })).toBeNull();
		expect(readdirSync(folder)).toEqual([]);
		verifyEqual(await stored(id), doc);
		await expect(checkRoom(db, 'nowhere')).rejects.toThrow(UnknownRoom);
		await expect(repairRoom(db, 'nowhere', { keepIn: folder })).rejects.toThrow(UnknownRoom);
	});

	it.each([
		['the newest snapshot', 'snapshot', 6, false],
		['the older snapshot', 'snapshot', 3, true],
		['an update that the newest snapshot contains', 'update', 5, true]
	] as const)('[L5] loses nothing by a flipped byte in %s', async (_, kind, seq, opens) => {
		const { id, doc, folder } = await newRoom(9, [3, 6]);
		const damaged = await flip(id, kind, seq);
		expect(await checkRoom(db, id)).toMatchObject({
			opens,
			damaged: [{ kind, seq, fault: 'fails its checksum' }],
			missing: []
		});
		const repair = await repairRoom(db, id, { keepIn: folder });
		expect(repair?.kept).toEqual([join(folder, `${id}-${kind}-${seq}.bin`)]);
		expect(Uint8Array.from(readFileSync(repair!.kept[0]!))).toEqual(damaged);
		verifyEqual(await stored(id), doc);
		expect(isHealthy(await checkRoom(db, id))).toBe(true);
	});

	it('[L5] recovers what is before a lost update, and what is after it once that comes back', async () => {
		const { id, doc, log, folder } = await newRoom(9, [3, 6]);
		await flip(id, 'update', 7);
		await expect(loadRoom(db, id)).rejects.toThrow(CorruptRoom);
		const before = await checkRoom(db, id);
		expect(before).toMatchObject({ opens: false, missing: [{ from: 7, to: 7 }], seq: 9 });
		expect(before.waitingBytes).toBeGreaterThan(0);
		await repairRoom(db, id, { keepIn: folder });

		const restored = await stored(id);
		expect(restored.getMap('cards').toJSON()).toEqual({ k1: 1, k2: 2, k5: 5, k6: 6 });
		Y.applyUpdate(restored, log[6]!);
		verifyEqual(restored, doc);
		expect(await checkRoom(db, id)).toMatchObject({ opens: true, damaged: [], missing: [] });
	});

	it('[L5] opens a room whose first update is lost, and one of which an update has vanished', async () => {
		const first = await newRoom(5);
		await flip(first.id, 'update', 1);
		const hole = await newRoom(5);
		await db
			.deleteFrom('updates')
			.where('room_id', '=', hole.id)
			.where('seq', 'in', [2, 3])
			.execute();
		expect(await checkRoom(db, hole.id)).toMatchObject({
			opens: false,
			damaged: [],
			missing: [{ from: 2, to: 3 }]
		});
		for (const { id, doc, folder } of [first, hole]) {
			await repairRoom(db, id, { keepIn: folder });
			const restored = await stored(id);
			Y.applyUpdate(restored, Y.encodeStateAsUpdate(doc));
			verifyEqual(restored, doc);
		}
	});

	it('[L5] takes the next number, so that a server which has the room in memory notices', async () => {
		const { id, folder, log } = await newRoom(5);
		await flip(id, 'update', 3);
		await repairRoom(db, id, { keepIn: folder });
		const next = appendUpdates(db, [{ roomId: id, seq: 6, data: log[0]! }]);
		await expect(next).rejects.toThrow(/unique|duplicate/i);
		expect((await loadRoom(db, id)).seq).toBe(6);
	});

	it.each(['01010200000000', '010202002101016d016b01a802000000'])(
		'[L5] finds the poison %s, whose checksum is right',
		async (hex) => {
			const { id, doc, folder } = await newRoom(5);
			const poison = Buffer.from(hex, 'hex');
			await appendUpdates(db, [{ roomId: id, seq: 6, data: poison }]);
			const { damaged, opens } = await checkRoom(db, id);
			expect(damaged).toMatchObject([{ kind: 'update', seq: 6 }]);
			expect(damaged[0]?.fault).toMatch(/^cannot be read \(.+\)$/);
			expect(opens).toBe(false);
			const repair = await repairRoom(db, id, { keepIn: folder });
			expect(readFileSync(repair!.kept[0]!)).toEqual(poison);
			verifyEqual(await stored(id), doc);
		}
	);

	it('[L5] keeps apart as a file what waits, when it is more than a live room holds', async () => {
		const { id, doc, folder, log } = await newRoom(9);
		await flip(id, 'update', 2);
		const repair = await repairRoom(db, id, { keepIn: folder, maxWaitingBytes: 10 });
		expect(readdirSync(folder).sort()).toEqual([`${id}-update-2.bin`, `${id}-waiting-9.bin`]);
		const restored = await stored(id);
		expect(restored.store.pendingStructs).toBeNull();
		expect(restored.getMap('cards').toJSON()).toEqual({ k1: 1 });
		Y.applyUpdate(restored, log[1]!);
		Y.applyUpdate(restored, readFileSync(repair!.kept[0]!));
		verifyEqual(restored, doc);
	});

	it('[L5] never writes over a file that it kept before', async () => {
		const { id, folder } = await newRoom(5);
		writeFileSync(join(folder, `${id}-update-3.bin`), 'of an earlier time');
		const damaged = await flip(id, 'update', 3);
		const repair = await repairRoom(db, id, { keepIn: folder });
		expect(repair?.kept).toEqual([join(folder, `${id}-update-3-2.bin`)]);
		expect(Uint8Array.from(readFileSync(repair!.kept[0]!))).toEqual(damaged);
		expect(readFileSync(join(folder, `${id}-update-3.bin`), 'utf8')).toBe('of an earlier time');
	});

	it('[L5] changes nothing when it cannot keep what it takes out', async () => {
		const { id, folder } = await newRoom(5);
		await flip(id, 'update', 3);
		const before = await checkRoom(db, id);
		const file = join(folder, 'file');
		writeFileSync(file, 'no folder');
		await expect(repairRoom(db, id, { keepIn: file })).rejects.toThrow();
		expect(await checkRoom(db, id)).toEqual(before);
		expect(existsSync(join(folder, 'damaged'))).toBe(false);
	});

	it('[L5] invents nothing, loses nothing readable, and is completed by any device that has all', async () => {
		const seqs = fc.integer({ min: 1, max: 15 });
		await fc.assert(
			fc.asyncProperty(
				fc.uniqueArray(seqs, { maxLength: 4 }),
				fc.infiniteStream(fc.nat()),
				fc.integer({ min: 1, max: 3 }),
				async (snapshots, picks, flips) => {
					const { id, doc, folder, log } = await newRoom(15, snapshots);
					const pieces = await storedPieces(id);
					const broken = new Set<string>();
					for (let i = 0; i < flips; i++) {
						const piece = pieces[picks.next().value % pieces.length]!;
						if (broken.has(`${piece.kind} ${piece.seq}`)) continue;
						broken.add(`${piece.kind} ${piece.seq}`);
						await flip(id, piece.kind, piece.seq);
					}
					const repair = await repairRoom(db, id, { keepIn: folder });
					expect(repair?.kept).toHaveLength(broken.size);
					const restored = await stored(id);
					const { missing } = repair!.before;
					if (missing.length === 0) verifyEqual(restored, doc);
					for (const { from, to } of missing) {
						for (let seq = from; seq <= to; seq++) Y.applyUpdate(restored, log[seq - 1]!);
					}
					verifyEqual(restored, doc);
					expect(isHealthy(await checkRoom(db, id))).toBe(true);
				}
			),
			{ numRuns: 40 }
		);
	});

	async function storedPieces(id: string): Promise<Pick<Piece, 'kind' | 'seq'>[]> {
		const tables = [
			['snapshots', 'snapshot'],
			['updates', 'update']
		] as const;
		const found = tables.map(async ([table, kind]) => {
			const rows = await db.selectFrom(table).select('seq').where('room_id', '=', id).execute();
			return rows.map(({ seq }) => ({ kind, seq }));
		});
		return (await Promise.all(found)).flat();
	}
});
