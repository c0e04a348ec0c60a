import type { Database } from '../database/database.ts';
import type { NewRemoval, Removal } from './removal.table.ts';

/** Remembers that somebody may not come back; the newest reason counts. */
export async function insertRemoval(db: Database, removal: NewRemoval): Promise<void> {
	const { reason, removed_at } = removal;
	await db
		.insertInto('removals')
		.values(removal)
		.onConflict((conflict) =>
			conflict.columns(['room_id', 'person_id']).doUpdateSet({ reason, removed_at })
		)
		.execute();
}

export async function findRemoval(
	db: Database,
	roomId: string,
	personId: string
): Promise<Removal | undefined> {
	return db
		.selectFrom('removals')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
}

/** Everybody who was removed from a room or turned away, the last one first. */
export async function findRemovals(db: Database, roomId: string): Promise<Removal[]> {
	return db
		.selectFrom('removals')
		.selectAll()
		.where('room_id', '=', roomId)
		.orderBy('removed_at', 'desc')
		.orderBy('person_id')
		.execute();
}

/** They may come back. */
export async function deleteRemoval(db: Database, roomId: string, personId: string): Promise<void> {
	await db
		.deleteFrom('removals')
		.where('room_id', '=', roomId)
		.where('person_id', '=', personId)
		.execute();
}

/** A guest has become a user: what kept the guest out keeps out the user, unless they are a member. */
export async function takeRemovals(db: Database, guestId: string, userId: string): Promise<void> {
	const removals = await db
		.selectFrom('removals')
		.selectAll()
		.where('person_id', '=', guestId)
		.where('room_id', 'not in', (eb) =>
			eb.selectFrom('members').select('room_id').where('person_id', '=', userId)
		)
		.execute();
	for (const removal of removals) await insertRemoval(db, { ...removal, person_id: userId });
	await db.deleteFrom('removals').where('person_id', '=', guestId).execute();
}
