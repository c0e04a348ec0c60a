/**
 * The folder that everything is kept in: made when it is missing, closed to other users of the
 * machine, and used by one server at a time.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotStart } from '../cannot-start.ts';

/** How long to wait for a server that is just ending, in milliseconds. */
const LOCK_WAIT_MS = 2_000;

/** SQLite's primary result codes: busy, locked. */
const BUSY = new Set([5, 6]);

/** Makes the folder and what is above it. Throws what the file system says. */
export function makeFolder(path: string): void {
	try {
		mkdirSync(path, { mode: 0o700 });
	} catch (error) {
		if (isCode(error, 'EEXIST')) return;
		if (!isCode(error, 'ENOENT') || dirname(path) === path) throw error;
		// Not `recursive`: where a file system takes no folders at all (/proc), Node tries for ever.
		makeFolder(dirname(path));
		mkdirSync(path, { mode: 0o700 });
	}
}

/** Makes the file unless it is there: SQLite would let everybody read it. */
export function makePrivateFile(path: string): void {
	closeSync(openSync(path, 'a', 0o600));
}

/**
 * Takes the folder for this process, until `release` or the end of the process, however it ends:
 * two servers on one folder would each have live rooms of their own. Throws `CannotStart`.
 */
export function lockFolder(dataDir: string): { release(): void } {
	const path = join(dataDir, 'lock.sqlite');
	makePrivateFile(path);
	// The operating system's file lock, as SQLite takes it; nothing is ever written to this file.
	const lock = new DatabaseSync(path, { timeout: LOCK_WAIT_MS });
	try {
		lock.exec('begin exclusive');
	} catch (error) {
		lock.close();
		throw isBusy(error) ? inUse(dataDir) : error;
	}
	return { release: () => lock.close() };
}

function inUse(dataDir: string): CannotStart {
	return new CannotStart(
		`DATA_DIR is ${JSON.stringify(dataDir)}, but another Détente Board is running on that folder. Stop it, or set DATA_DIR to another folder.`
	);
}

function isBusy(error: unknown): boolean {
	if (!(error instanceof Error) || !('errcode' in error)) return false;
	return typeof error.errcode === 'number' && BUSY.has(error.errcode & 0xff);
}

function isCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}
