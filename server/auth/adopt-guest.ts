/** A guest who signs in keeps what they had: their places in rooms, and the rooms they opened. */
import type { Database } from '../database/database.ts';
import { enrol } from '../rooms/member.repository.ts';

/** Makes the user what the guest was, and forgets the guest. Rooms that the guest opened last. */
export async function adoptGuest(
	trx: Database,
	guestId: string,
	userId: string,
	at: Date
): Promise<void> {
	const places = await trx
		.selectFrom('members')
		.innerJoin('rooms', 'rooms.id', 'members.room_id')
		.select(['members.room_id', 'members.role', 'rooms.created_by'])
		.where('members.person_id', '=', guestId)
		.execute();
	for (const { room_id, role, created_by } of places) {
		await enrol(trx, room_id, userId, created_by === guestId ? 'owner' : role, at);
	}
	await trx
		.updateTable('rooms')
		.set({ created_by: userId, expires_at: null })
		.where('created_by', '=', guestId)
		.execute();
	await trx.deleteFrom('members').where('person_id', '=', guestId).execute();
	await trx.deleteFrom('guests').where('id', '=', guestId).execute();
}
