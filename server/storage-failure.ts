/**
 * Tells a database that cannot work at the moment (full disk, locked, gone), or whose bytes are
 * damaged, from a bug in what was asked of it, and makes a refusal of the former.
 */
import { Refusal } from './refusal.ts';
import { CorruptRoom } from './sync/update-log.ts';

/** SQLite's primary result codes: busy, locked, read-only, I/O error, full, cannot open. */
const SQLITE = new Set([5, 6, 8, 10, 13, 14]);
const SQLITE_BROKEN = new Set([11, 26]);
/** PostgreSQL's classes: connection, resources, operator intervention, system error, read-only. */
const POSTGRES = /^(08|53|57|58)|^25006$/;
/** Seconds after which it is worth trying again. */
const RETRY_AFTER = 5;

export function isStorageFailure(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	if ('errcode' in error && typeof error.errcode === 'number') {
		return SQLITE.has(error.errcode & 0xff);
	}
	return 'code' in error && typeof error.code === 'string' && POSTGRES.test(error.code);
}

/** Whether SQLite cannot make sense of its own file: corrupt, or no database. */
export function isBroken(error: Error): boolean {
	if (!('errcode' in error) || typeof error.errcode !== 'number') return false;
	return SQLITE_BROKEN.has(error.errcode & 0xff);
}

/**
 * Runs `work`; what the storage cannot do now is refused with `cannot-store`, and a room whose stored
 * bytes are damaged with `room-damaged`.
 */
export async function refusingStorageFailures<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof CorruptRoom)
			throw new Refusal('room-damaged', undefined, { cause: error });
		if (!isStorageFailure(error)) throw error;
		throw new Refusal('cannot-store', RETRY_AFTER, { cause: error });
	}
}
