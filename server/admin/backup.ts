/**
 * Backing up while the server runs and writes: one consistent copy of the database, with everything
 * that was stored (and so acknowledged) before it began. The server goes on meanwhile.
 *
 *   DATA_DIR/detente.sqlite --VACUUM INTO--> <file>.part --checked, on disk--> <file>
 *
 * SQLite copies within one read transaction, which in a write-ahead log holds up no writer. The copy
 * is whole or is not there: it gets its name last.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { crc32 } from 'node:zlib';
import { databaseFile } from '../database/database.ts';
import { CannotDo } from './cannot-do.ts';

/** How long another process's lock is waited for, in milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;

export interface Backup {
	file: string;
	bytes: number;
	rooms: number;
	users: number;
	/** Pieces of boards that fail their checksum, here as in the database itself. */
	damaged: number;
}

/** Throws `CannotDo`; what is at `file` is never overwritten. */
export function backUp(dataDir: string, file: string): Backup {
	const from = databaseFile(dataDir);
	const to = resolve(file);
	if (!existsSync(from)) {
		throw new CannotDo(`There is no database in ${dataDir}. DATA_DIR says where to look.`);
	}
	if (existsSync(to)) throw new CannotDo(`${to} is there already. Name a new file.`);
	const part = `${to}.part`;
	makeEmpty(part);
	try {
		copy(from, part);
		const found = check(part);
		syncToDisk(part);
		renameSync(part, to);
		syncToDisk(dirname(to));
		return { file: to, bytes: statSync(to).size, ...found };
	} finally {
		rmSync(part, { force: true });
	}
}

/** Readable by this user alone, from its first byte on. */
function makeEmpty(file: string): void {
	try {
		closeSync(openSync(file, 'wx', 0o600));
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'EEXIST') {
			throw new CannotDo(
				`${file} is there already: another backup is running, or was cut off. Delete it if none is.`
			);
		}
		throw new CannotDo(`${file} cannot be written: ${message}.`);
	}
}

function copy(from: string, to: string): void {
	// Not read-only: such a connection could not take its log away again when it was alone.
	const database = new DatabaseSync(from, { timeout: BUSY_TIMEOUT_MS });
	try {
		database.prepare('vacuum into ?').run(to);
	} finally {
		database.close();
	}
}

/** Throws `CannotDo` for a copy that SQLite does not find whole. */
export function check(file: string): Pick<Backup, 'rooms' | 'users' | 'damaged'> {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		const found = database.prepare('pragma integrity_check').all();
		const isWhole = found.length === 1 && found[0]?.integrity_check === 'ok';
		const orphans = database.prepare('pragma foreign_key_check').all();
		if (!isWhole || orphans.length > 0) {
			throw new CannotDo(`${file} is not whole: ${JSON.stringify([...found, ...orphans])}.`);
		}
		return {
			rooms: count(database, 'rooms'),
			users: count(database, 'users'),
			damaged: damagedIn(database, 'updates') + damagedIn(database, 'snapshots')
		};
	} finally {
		database.close();
	}
}

/** Versions before accounts have no table of users. */
function count(database: DatabaseSync, table: 'rooms' | 'users'): number {
	const known = database.prepare('select 1 from sqlite_master where name = ?').get(table);
	if (known === undefined && table === 'users') return 0;
	return Number(database.prepare(`select count(*) as count from ${table}`).get()?.count);
}

function damagedIn(database: DatabaseSync, table: string): number {
	let damaged = 0;
	for (const row of database.prepare(`select data, checksum from ${table}`).iterate()) {
		if (crc32(row.data as Uint8Array) !== Number(row.checksum)) damaged += 1;
	}
	return damaged;
}

/** A file's content, or the names in a folder. */
export function syncToDisk(path: string): void {
	const handle = openSync(path, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
