/**
 * Putting a backup in the place of the database, while the server is stopped. What was there is kept
 * aside.
 *
 *   <file> --copied--> DATA_DIR/detente.sqlite.restoring --checked, brought up to date--.
 *   DATA_DIR/detente.sqlite --kept as--> DATA_DIR/replaced-<time>/detente.sqlite         |
 *                           <-------------------------------- takes its name ------------´
 *
 * The last step is one renaming: whenever this is cut off, there is either the old database or the
 * new one. Everybody is signed out by it: sessions that were ended since the backup must not come
 * back to life.
 */
import {
	chmodSync,
	copyFileSync,
	existsSync,
	linkSync,
	mkdirSync,
	renameSync,
	rmSync
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { CannotStart } from '../cannot-start.ts';
import { lockFolder, makeFolder } from '../database/data-folder.ts';
import { databaseFile, type Tables } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { sqliteDialect } from '../database/sqlite.ts';
import { check, syncToDisk, type Backup } from './backup.ts';
import { CannotDo } from './cannot-do.ts';

export interface Restored extends Pick<Backup, 'rooms' | 'users' | 'damaged'> {
	/** The folder that has what was there; null when nothing was. */
	kept: string | null;
}

/** Throws `CannotStart` while a server is running on the folder, `CannotDo` for a bad backup. */
export async function restore(dataDir: string, file: string, at: Date): Promise<Restored> {
	if (!existsSync(file)) throw new CannotDo(`There is no file ${file}.`);
	makeFolder(dataDir);
	const { release } = lockFolder(dataDir);
	try {
		const fresh = join(dataDir, 'detente.sqlite.restoring');
		try {
			copyHere(file, fresh);
			const found = await prepare(fresh, file);
			return { ...found, kept: replace(dataDir, fresh, at) };
		} finally {
			for (const end of ['', '-wal', '-shm', '-journal']) rmSync(fresh + end, { force: true });
		}
	} finally {
		release();
	}
}

/** With its write-ahead log, should it be a copy of a folder whose server was cut off. */
function copyHere(file: string, fresh: string): void {
	for (const end of ['', '-wal']) {
		rmSync(fresh + end, { force: true });
		if (!existsSync(file + end)) continue;
		copyFileSync(file + end, fresh + end);
		chmodSync(fresh + end, 0o600);
	}
}

/** Makes a copy of a backup what this version of the server starts on. */
async function prepare(fresh: string, file: string): Promise<Omit<Restored, 'kept'>> {
	try {
		// Before anything is written to it.
		check(fresh);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		const reason = error.message.replace(/\.$/, '');
		throw new CannotDo(`${file} is no backup of a Détente Board: ${reason}.`);
	}
	const db = new Kysely<Tables>({ dialect: sqliteDialect(fresh) });
	try {
		await migrate(db);
		await db.deleteFrom('sessions').execute();
		await sql`pragma wal_checkpoint(truncate)`.execute(db);
	} catch (error) {
		if (error instanceof CannotStart) {
			throw new CannotDo(`${file} was made by a newer version of this server. Use that one.`);
		}
		throw error;
	} finally {
		await db.destroy();
	}
	const found = check(fresh);
	syncToDisk(fresh);
	return found;
}

/** Answers where the old one is kept. */
function replace(dataDir: string, fresh: string, at: Date): string | null {
	const current = databaseFile(dataDir);
	const kept = existsSync(current) ? keepAside(dataDir, current, at) : null;
	renameSync(fresh, current);
	syncToDisk(dataDir);
	return kept;
}

function keepAside(dataDir: string, current: string, at: Date): string {
	const folder = join(dataDir, `replaced-${at.toISOString().replaceAll(':', '.')}`);
	mkdirSync(folder, { mode: 0o700 });
	bringTogether(current);
	// What could not be brought together: it must not be taken for the new database's.
	for (const end of ['-wal', '-shm']) {
		if (existsSync(current + end)) renameSync(current + end, join(folder, `detente.sqlite${end}`));
	}
	linkSync(current, join(folder, 'detente.sqlite'));
	syncToDisk(folder);
	return folder;
}

/** Takes the write-ahead log into the file. A file that is broken stays as it is. */
function bringTogether(current: string): void {
	try {
		const database = new DatabaseSync(current);
		database.exec('pragma wal_checkpoint(truncate)');
		database.close();
	} catch (error) {
		if (!(error instanceof Error && 'errcode' in error)) throw error;
	}
}
