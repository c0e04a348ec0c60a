/**
 * `npm run rooms -- check [<id>]` and `npm run rooms -- restore <id>`: the stored rooms, looked at and
 * restored. Reads `DATA_DIR` like the server, and may run beside it. Exit codes: 0 when all is well,
 * 1 when a room is damaged or something could not be done, 2 when it was asked for in the wrong way.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart } from '../server/cannot-start.ts';
import { readConfig } from '../server/config.ts';
import { databaseFile, openDatabase, type Database } from '../server/database/database.ts';
import { isMigrated } from '../server/database/migrate.ts';
import { isBroken, isStorageFailure } from '../server/storage-failure.ts';
import { checkRoom, isHealthy, repairRoom, UnknownRoom } from '../server/sync/repair.ts';
import { wordsOfCheck, wordsOfRepair } from './rooms-words.ts';

const USAGE = `npm run rooms -- check          looks at every room, and says which are damaged
npm run rooms -- check <id>     looks at one
npm run rooms -- restore <id>   restores a damaged one as far as it can be read`;

/** While the server writes, the database may be busy for moments. */
const TRIES = 20;
const PAUSE_MS = 250;

/** What ends the command with a sentence. */
class CannotDo extends Error {
	override readonly name = 'CannotDo';
}

try {
	process.exitCode = await run(process.argv.slice(2));
} catch (error) {
	const lines = error instanceof CannotStart ? error.sentences : [sentenceOf(error) ?? error];
	for (const line of lines) console.error(line);
	process.exitCode = 1;
}

async function run([command, id, ...more]: string[]): Promise<number> {
	const isAsked = command === 'check' || (command === 'restore' && id !== undefined);
	if (!isAsked || more.length > 0) {
		console.error(USAGE);
		return 2;
	}
	const { dataDir } = readConfig();
	const db = await open(dataDir);
	try {
		if (command === 'restore') return await restore(db, id!, join(dataDir, 'damaged'));
		return id === undefined ? await checkAll(db) : await checkOne(db, id);
	} finally {
		await db.destroy();
	}
}

async function open(dataDir: string): Promise<Database> {
	if (!existsSync(databaseFile(dataDir))) {
		throw new CannotDo(`There is no database in ${dataDir}. DATA_DIR says where to look.`);
	}
	const db = openDatabase(dataDir);
	if (await isMigrated(db)) return db;
	await db.destroy();
	throw new CannotDo(
		'The database was made by an older version of this server. Start the server once; it brings the database up to date.'
	);
}

async function checkAll(db: Database): Promise<number> {
	const rooms = await db.selectFrom('rooms').select('id').orderBy('id').execute();
	let damaged = 0;
	for (const { id } of rooms) {
		try {
			const health = await patiently(() => checkRoom(db, id));
			if (isHealthy(health)) continue;
			damaged += 1;
			say(wordsOfCheck(id, health));
		} catch (error) {
			// Erased since the list was read.
			if (!(error instanceof UnknownRoom)) throw error;
		}
	}
	const count = rooms.length === 1 ? '1 room' : `${rooms.length} rooms`;
	say([`${count} looked at, ${damaged === 0 ? 'none' : damaged} damaged.`]);
	return damaged === 0 ? 0 : 1;
}

async function checkOne(db: Database, id: string): Promise<number> {
	const health = await patiently(() => checkRoom(db, id));
	const isWell = isHealthy(health);
	say(isWell ? [`Room ${id} is whole.`] : wordsOfCheck(id, health));
	return isWell ? 0 : 1;
}

async function restore(db: Database, id: string, keepIn: string): Promise<number> {
	const repair = await patiently(() => repairRoom(db, id, { keepIn }));
	say(
		repair === null
			? [`Room ${id} is whole: there is nothing to restore.`]
			: wordsOfRepair(id, repair)
	);
	return 0;
}

/** Tries again while the database is busy. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
	for (let left = TRIES; ; left--) {
		try {
			return await work();
		} catch (error) {
			if (left <= 1 || !isStorageFailure(error)) throw error;
			await pause(PAUSE_MS);
		}
	}
}

/** Undefined for what nobody expected: that shows with its stack. */
function sentenceOf(error: unknown): string | undefined {
	if (error instanceof CannotDo) return error.message;
	if (error instanceof UnknownRoom) return `There is no room ${error.message}.`;
	if (!(error instanceof Error)) return undefined;
	if (isBroken(error)) {
		return `The database file itself cannot be read (${error.message}). Stop the server and put a backup in its place.`;
	}
	if (isStorageFailure(error)) {
		return `The database cannot be used now (${error.message}). Nothing was changed; try again.`;
	}
	return undefined;
}

function say(lines: readonly string[]): void {
	for (const line of lines) console.log(line);
}
