/** Brings a database to the newest schema: the files of `migrations/`, in the order of their names. */
import { readdir } from 'node:fs/promises';
import type { Kysely } from 'kysely';
import { Migrator, type Migration, type MigrationProvider } from 'kysely/migration';

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

/** Runs what is missing. Throws the first migration's error; what ran before it stays. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Kysely's own signature
export async function migrate(db: Kysely<any>): Promise<void> {
	const { error } = await new Migrator({ db, provider }).migrateToLatest();
	if (error !== undefined) throw error;
}
