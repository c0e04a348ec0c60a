import { sql, type Kysely } from 'kysely';
import { describe, expect, it } from 'vitest';
import { addRoom } from '../../tests/sync/sync-server.ts';
import { findCheckpoints, findChosenCheckpoint } from '../history/checkpoint.repository.ts';
import { hasRecord } from '../history/history.repository.ts';
import { createMigrator, isMigrated, migrate } from './migrate.ts';
import { DIALECTS, openEmptyDatabase, openTestDatabase } from './open-test-databases.ts';

describe.each(DIALECTS)('migrations on %s', { timeout: 60_000 }, (dialect) => {
	it('make every table, and running them again changes nothing', async () => {
		const db = await openTestDatabase(dialect);
		await migrate(db);
		const tables = (await db.introspection.getTables()).map((table) => table.name);
		expect(tables.sort()).toEqual([
			'audit',
			'guests',
			'history',
			'members',
			'passkey_challenges',
			'passkeys',
			'password_resets',
			'placements',
			'removals',
			'room_codes',
			'room_days',
			'room_summaries',
			'room_visits',
			'rooms',
			'round_cards',
			'rounds',
			'sessions',
			'shows',
			'snapshots',
			'stages',
			'team_invites',
			'team_members',
			'team_removals',
			'teams',
			'updates',
			'users',
			'waiting',
			'workshops'
		]);
	});

	it('keep bytes as they are', async () => {
		const db = await openTestDatabase(dialect);
		const room = {
			id: 'r1',
			template: 'blank',
			created_by: 'p1',
			created_at: '2026-01-01',
			expires_at: null
		};
		await db.insertInto('rooms').values(room).execute();
		const data = Uint8Array.from({ length: 256 }, (_, index) => index);
		await db
			.insertInto('updates')
			.values({ room_id: 'r1', seq: 1, data, checksum: 0xffff_ffff })
			.execute();
		const row = await db.selectFrom('updates').selectAll().executeTakeFirstOrThrow();
		expect(Uint8Array.from(row.data)).toEqual(data);
		expect(Number(row.checksum)).toBe(0xffff_ffff);
	});

	it('keep the snapshot of a room that had only one, and make place for a second', async () => {
		const db = openEmptyDatabase(dialect);
		await createMigrator(db).migrateTo('0002-update-log');
		expect(await isMigrated(db)).toBe(false);
		await db
			.insertInto('rooms')
			.values({
				id: 'r1',
				template: 'blank',
				created_by: 'p1',
				created_at: '2026-01-01',
				expires_at: null
			})
			.execute();
		const snapshot = { room_id: 'r1', checksum: 0xffff_ffff, created_at: '2026-01-02' };
		const first = { ...snapshot, seq: 7, data: Uint8Array.of(0, 128, 255) };
		await db.insertInto('snapshots').values(first).execute();
		await migrate(db);
		expect(await isMigrated(db)).toBe(true);
		const [row, ...others] = await db.selectFrom('snapshots').selectAll().execute();
		expect(others).toEqual([]);
		expect({
			...row,
			data: Uint8Array.from(row!.data),
			checksum: Number(row!.checksum)
		}).toEqual(first);

		const second = { ...snapshot, seq: 9, data: Uint8Array.of(1) };
		await db.insertInto('snapshots').values(second).execute();
		await expect(db.insertInto('snapshots').values(second).execute()).rejects.toThrow();
		await db.deleteFrom('rooms').execute();
		expect(await db.selectFrom('snapshots').selectAll().execute()).toEqual([]);
	});

	it('make checkpoints rows of the record, in their order', async () => {
		const db = openEmptyDatabase(dialect);
		await createMigrator(db).migrateTo('0009-audit');
		await addRoom(db, 'r1');
		const old = db as unknown as Kysely<{ checkpoints: object }>;
		const figures = { formula: 1, value: 12.5, low: -3, high: 30, word: 'Easing', coverage: 0.75 };
		const named = { id: 'b', room_id: 'r1', name: 'Room "opened"', at: '2026-01-01', ...figures };
		const empty = { ...named, id: 'a', name: 'Later', at: '2026-01-02', value: null, word: null };
		await old.insertInto('checkpoints').values([empty, named]).execute();
		await migrate(db);
		const { id: _, room_id: __, ...first } = named;
		expect(await findCheckpoints(db, 'r1')).toMatchObject([{ name: 'Later', value: null }, first]);
		expect(await findChosenCheckpoint(db, 'r1')).toMatchObject({ name: 'Later' });
		expect(await hasRecord(db, 'r1')).toBe(false);
	});

	it('refuse an update of a room that does not exist', async () => {
		const db = await openTestDatabase(dialect);
		const orphan = { room_id: 'nowhere', seq: 1, data: new Uint8Array([0]), checksum: 0 };
		await expect(db.insertInto('updates').values(orphan).execute()).rejects.toThrow();
	});
});

describe('the SQLite file', () => {
	it.each([
		['is a write-ahead log', 'journal_mode', 'wal'],
		['reaches the disk at every commit (FULL)', 'synchronous', 2],
		['waits for other processes, in milliseconds', 'timeout', 100, 'busy_timeout'],
		['keeps references whole', 'foreign_keys', 1],
		['overwrites what is deleted', 'secure_delete', 1]
	])('%s', async (_, column, value, pragma = column) => {
		const db = await openTestDatabase('sqlite');
		const { rows } = await sql`pragma ${sql.raw(pragma)}`.execute(db);
		expect(rows).toEqual([{ [column]: value }]);
	});
});
