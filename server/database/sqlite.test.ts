import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sqliteDialect } from './sqlite.ts';

describe('statements', () => {
	const prepare = vi.spyOn(DatabaseSync.prototype, 'prepare');
	afterEach(() => prepare.mockClear());

	async function timesPrepared(bytes: number): Promise<number> {
		const db = new Kysely<{ blobs: { data: Uint8Array } }>({ dialect: sqliteDialect(':memory:') });
		await sql`create table blobs (data blob)`.execute(db);
		for (let row = 0; row < 5; row++) {
			await db
				.insertInto('blobs')
				.values({ data: new Uint8Array(bytes) })
				.execute();
		}
		await db.destroy();
		return prepare.mock.calls.filter(([text]) => text.startsWith('insert')).length;
	}

	it('are prepared once', async () => {
		expect(await timesPrepared(100)).toBe(1);
	});

	it('are not kept with large blobs, which they hold until they run again', async () => {
		expect(await timesPrepared(100_000)).toBe(5);
	});
});
