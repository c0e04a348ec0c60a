import type { Database } from '../database/database.ts';
import { isRandomId } from '../random-id.ts';
import type { NewRoom, Room, RoomUpdate } from './room.table.ts';

export async function insertRoom(db: Database, room: NewRoom): Promise<void> {
	await db.insertInto('rooms').values(room).execute();
}

/** The room, unless it has expired at `at`. Any text may be asked for. */
export async function findRoom(db: Database, id: string, at: Date): Promise<Room | undefined> {
	if (!isRandomId(id)) return undefined;
	return db
		.selectFrom('rooms')
		.selectAll()
		.where('id', '=', id)
		.where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', at.toISOString())]))
		.executeTakeFirst();
}

/** Ids of the rooms that had expired at `at`. */
export async function findExpiredRooms(db: Database, at: Date): Promise<string[]> {
	const rows = await db
		.selectFrom('rooms')
		.select('id')
		.where('expires_at', '<=', at.toISOString())
		.execute();
	return rows.map((row) => row.id);
}

/** Ids of the rooms that were in the trash since `before` or longer. */
export async function findLongTrashed(db: Database, before: Date): Promise<string[]> {
	const rows = await db
		.selectFrom('rooms')
		.select('id')
		.where('trashed_at', '<=', before.toISOString())
		.execute();
	return rows.map((row) => row.id);
}

export async function updateRoom(db: Database, id: string, change: RoomUpdate): Promise<void> {
	await db.updateTable('rooms').set(change).where('id', '=', id).execute();
}

/** Erases a room with everything in it: codes, members, history, document. */
export async function eraseRoom(db: Database, id: string): Promise<void> {
	await db.deleteFrom('rooms').where('id', '=', id).execute();
}
