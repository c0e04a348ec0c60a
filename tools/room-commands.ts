/** Looking at the stored rooms, and restoring one; both may run beside the server. */
import { join } from 'node:path';
import type { Database } from '../server/database/database.ts';
import { checkRoom, isHealthy, repairRoom, UnknownRoom } from '../server/sync/repair.ts';
import { counted, patiently, say, withDatabase, type Command } from './command-line.ts';
import { wordsOfCheck, wordsOfRepair } from './rooms-words.ts';

export const CHECK: Command = {
	takes: '[<id>]',
	least: 0,
	most: 1,
	does: 'looks at every room, or at one, and says which are damaged',
	run: ([id]) => withDatabase((db) => (id === undefined ? checkAll(db) : checkOne(db, id)))
};

export const RESTORE: Command = {
	takes: '<id>',
	least: 1,
	most: 1,
	does: 'restores a damaged room as far as it can be read',
	run: ([id = '']) => withDatabase((db, dataDir) => restore(db, id, join(dataDir, 'damaged')))
};

async function checkAll(db: Database): Promise<number> {
	const rooms = await db.selectFrom('rooms').select('id').orderBy('id').execute();
	let damaged = 0;
	for (const { id } of rooms) {
		try {
			const health = await patiently(() => checkRoom(db, id));
			if (isHealthy(health)) continue;
			damaged += 1;
			say(...wordsOfCheck(id, health));
		} catch (error) {
			// Erased since the list was read.
			if (!(error instanceof UnknownRoom)) throw error;
		}
	}
	say(`${counted(rooms.length, 'room')} looked at, ${damaged === 0 ? 'none' : damaged} damaged.`);
	return damaged === 0 ? 0 : 1;
}

async function checkOne(db: Database, id: string): Promise<number> {
	const health = await patiently(() => checkRoom(db, id));
	const isWell = isHealthy(health);
	say(...(isWell ? [`Room ${id} is whole.`] : wordsOfCheck(id, health)));
	return isWell ? 0 : 1;
}

async function restore(db: Database, id: string, keepIn: string): Promise<number> {
	const repair = await patiently(() => repairRoom(db, id, { keepIn }));
	say(
		...(repair === null
			? [`Room ${id} is whole: there is nothing to restore.`]
			: wordsOfRepair(id, repair))
	);
	return 0;
}
