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
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, openAsBlob, rmSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject, onTestFinished } from 'vitest';
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
	if (dialect === 'postgres') {
		return closedWithTest(postgres(new PGlite({ loadDataDir: await migratedImage() })));
	}
	const db = openEmptyDatabase(dialect);
	await migrate(db);
	return db;
}

/** The same before any migration. */
export function openEmptyDatabase(dialect: Dialect): Database {
	return closedWithTest(
		dialect === 'sqlite' ? openDatabase(temporaryFolder()) : postgres(new PGlite())
	);
}

function postgres(pglite: PGlite): Database {
	return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
}

function closedWithTest(db: Database): Database {
	onTestFinished(() => db.destroy());
	return db;
}

/** A migrated PostgreSQL as a file, made once in a run of tests: loading it is several times faster. */
async function migratedImage(): Promise<Blob> {
	const file = join(inject('sharedImages'), 'postgres.tar');
	if (!existsSync(file)) {
		const pglite = new PGlite();
		await migrate(postgres(pglite));
		const image = await pglite.dumpDataDir('none');
		await pglite.close();
		// Whole at once, since another process may be making the same.
		const part = `${file}.${randomUUID()}`;
		await writeFile(part, image.stream());
		await rename(part, file);
	}
	return openAsBlob(file);
}
