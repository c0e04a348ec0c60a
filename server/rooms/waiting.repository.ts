import type { Database } from '../database/database.ts';
import type { NewWaiting, Waiting } from './waiting.table.ts';
import type { DoorRole } from './room-code.table.ts';

/** Puts somebody into the lobby; who waits already keeps their place and takes the newer role. */
export async function insertWaiting(db: Database, waiting: NewWaiting): Promise<void> {
	await db
		.insertInto('waiting')
		.values(waiting)
		.onConflict((conflict) =>
			conflict.columns(['room_id', 'person_id']).doUpdateSet({ role: waiting.role })
		)
		.execute();
}

export async function findWaiting(
	db: Database,
	roomId: string,
	personId: string
): Promise<Waiting | undefined> {
	return db
		.selectFrom('waiting')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
}

/** Everybody who waits, the longest first. */
export async function findAllWaiting(db: Database, roomId: string): Promise<Waiting[]> {
	return db
		.selectFrom('waiting')
		.selectAll()
		.where('room_id', '=', roomId)
		.orderBy('asked_at')
		.orderBy('person_id')
		.execute();
}

export async function countWaiting(db: Database, roomId: string): Promise<number> {
	const { count } = await db
		.selectFrom('waiting')
		.select((eb) => eb.fn.countAll().as('count'))
		.where('room_id', '=', roomId)
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** Says whether they had waited. */
export async function deleteWaiting(
	db: Database,
	roomId: string,
	personId: string
): Promise<boolean> {
	const { numDeletedRows } = await db
		.deleteFrom('waiting')
		.where('room_id', '=', roomId)
		.where('person_id', '=', personId)
		.executeTakeFirstOrThrow();
	return numDeletedRows > 0n;
}

/** For a door that is closed: nobody waits at it any more. */
export async function deleteWaitingAt(db: Database, roomId: string, role: DoorRole): Promise<void> {
	await db.deleteFrom('waiting').where('room_id', '=', roomId).where('role', '=', role).execute();
}
