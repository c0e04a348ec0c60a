/** Brings a database to the newest schema: the files of `migrations/`, in the order of their names. */
import { readdir } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { CannotStart } from '../cannot-start.ts';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Kysely's own signature
type AnyDatabase = Kysely<any>;

const FOLDER = new URL('../../migrations/', import.meta.url);

const provider: MigrationProvider = {
	async getMigrations() {
		const files = (await readdir(FOLDER)).filter((file) => /^\d{4}-.+\.ts$/.test(file));
		const loaded = files.map(async (file): Promise<[string, Migration]> => [
			file.replace(/\.ts$/, ''),
			(await import(new URL(file, FOLDER).href)) as Migration
		]);
		return Object.fromEntries(await Promise.all(loaded));
	}
};

/**
 * Runs what is missing. Throws the first migration's error (what ran before it stays), or
 * `CannotStart` for a database that a newer version has changed.
 */
export async function migrate(db: AnyDatabase): Promise<void> {
	const { error } = await createMigrator(db).migrateToLatest();
	if (error === undefined) return;
	if (error instanceof Error && error.message.startsWith('corrupted migrations')) {
		throw new CannotStart(
			'The database was made by a newer version of this server, or by another program. Start that version, or set DATA_DIR to another folder.'
		);
	}
	throw error;
}

/** Whether nothing is missing. Changes nothing. */
export async function isMigrated(db: AnyDatabase): Promise<boolean> {
	const migrations = await createMigrator(db).getMigrations();
	return migrations.every(({ executedAt }) => executedAt !== undefined);
}

export function createMigrator(db: AnyDatabase): Migrator {
	return new Migrator({ db, provider });
}
