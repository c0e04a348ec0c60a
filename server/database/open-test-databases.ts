/**
 * For tests: every dialect that the product claims, each as a real database with the current
 * schema. A storage test runs its body over all of them:
 *
 * ```ts
 * describe.each(DIALECTS)('guests on %s', (dialect) => {
 * 	it('…', async () => { const db = await openTestDatabase(dialect); … });
 * });
 * ```
 */
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openDatabase, type Database, type Tables } from './database.ts';
import { migrate } from './migrate.ts';

export const DIALECTS = ['sqlite', 'postgres'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** A folder of its own, removed when the current test ends. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'detente-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** A migrated database, closed and removed when the current test ends. */
export async function openTestDatabase(dialect: Dialect = 'sqlite'): Promise<Database> {
	const db = openEmptyDatabase(dialect);
	await migrate(db);
	return db;
}

/** The same before any migration. */
export function openEmptyDatabase(dialect: Dialect): Database {
	const db =
		dialect === 'sqlite'
			? openDatabase(temporaryFolder())
			: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite() }) });
	onTestFinished(() => db.destroy());
	return db;
}
