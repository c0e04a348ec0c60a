/** Live connections follow what somebody is in a room now, when that has changed elsewhere. */
import { CLOSE } from '#sync/close-codes.ts';
import type { Database } from '../database/database.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { roleIn } from './access.ts';
import type { Room } from './room.table.ts';

/**
 * In those of `roomIds` where `personId` is now: who has no role any more is cut off, and who has
 * another one is sent away to come back with it at once.
 */
export async function reassess(
	db: Database,
	liveRooms: Pick<LiveRooms, 'people' | 'disconnect'>,
	roomIds: readonly string[],
	personId: string
): Promise<void> {
	for (const roomId of roomIds) {
		const here = liveRooms.people(roomId).find(({ id }) => id === personId);
		if (here === undefined) continue;
		const room = await findRoomById(db, roomId);
		const role = room === undefined ? null : await roleIn(db, room, personId);
		if (role === null) liveRooms.disconnect(roomId, personId, CLOSE.notAllowed);
		else if (role !== here.role) liveRooms.disconnect(roomId, personId, CLOSE.tryLater);
	}
}

async function findRoomById(db: Database, id: string): Promise<Room | undefined> {
	return db.selectFrom('rooms').selectAll().where('id', '=', id).executeTakeFirst();
}
