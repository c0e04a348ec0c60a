import type { Database } from '../database/database.ts';

/**
 * Lets one transaction at a time change who is what in a room, so that what it has counted stays
 * true: on SQLite any write does that, on PostgreSQL this row is locked. Comes first in it.
 */
export async function lockRoom(trx: Database, roomId: string): Promise<void> {
	await trx
		.updateTable('rooms')
		.set(({ ref }) => ({ epoch: ref('epoch') }))
		.where('id', '=', roomId)
		.execute();
}
