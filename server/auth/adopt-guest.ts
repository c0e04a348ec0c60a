/** A guest who signs in keeps what they had: their places in rooms, and the rooms they opened. */
import { reassign } from '../audit/audit.repository.ts';
import { reassignHistory } from '../history/history.repository.ts';
import type { Database } from '../database/database.ts';
import { assignRole, enrol, findMember } from '../rooms/member.repository.ts';
import { reassignPlacements } from '../rounds/round.repository.ts';
import { reassignReports } from '../report/report-ties.ts';
import { findRemoval, takeRemovals } from '../rooms/removal.repository.ts';

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
		.select(['members.room_id', 'members.role', 'members.assigned_at', 'rooms.created_by'])
		.where('members.person_id', '=', guestId)
		.execute();
	for (const { room_id, role, assigned_at, created_by } of places) {
		const isOwn = created_by === guestId;
		// Whoever was removed from a room does not come back as somebody else.
		if (!isOwn && (await findRemoval(trx, room_id, userId)) !== undefined) continue;
		const isNew = (await findMember(trx, room_id, userId)) === undefined;
		await enrol(trx, room_id, userId, isOwn ? 'owner' : role, at);
		if (isNew && !isOwn && assigned_at !== null) await assignRole(trx, room_id, userId, role, at);
	}
	await takeRemovals(trx, guestId, userId);
	await trx.deleteFrom('waiting').where('person_id', '=', guestId).execute();
	await trx
		.updateTable('rooms')
		.set({ created_by: userId, expires_at: null })
		.where('created_by', '=', guestId)
		.execute();
	await reassignReports(trx, guestId, userId);
	await trx.deleteFrom('members').where('person_id', '=', guestId).execute();
	await reassign(trx, guestId, userId);
	await reassignHistory(trx, guestId, userId);
	await reassignPlacements(trx, guestId, userId);
	await trx.deleteFrom('guests').where('id', '=', guestId).execute();
}
