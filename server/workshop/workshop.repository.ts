/** Workshops as they are stored. */
import type { Database } from '../database/database.ts';
import { randomId } from '../random-id.ts';
import type { Workshop, WorkshopHead } from './workshop.table.ts';

export async function findOpenWorkshop(
	db: Database,
	roomId: string
): Promise<Workshop | undefined> {
	return db
		.selectFrom('workshops')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('closed_at', 'is', null)
		.executeTakeFirst();
}

/** The newest first. */
export async function findWorkshops(db: Database, roomId: string): Promise<WorkshopHead[]> {
	return heads(db, roomId).execute();
}

export async function findLastWorkshop(
	db: Database,
	roomId: string
): Promise<WorkshopHead | undefined> {
	return heads(db, roomId).limit(1).executeTakeFirst();
}

function heads(db: Database, roomId: string) {
	return db
		.selectFrom('workshops')
		.select(['id', 'room_id', 'number', 'opened_at', 'closed_at', 'link'])
		.where('room_id', '=', roomId)
		.orderBy('number', 'desc');
}

/** Within a transaction that holds the room (`lockRoom`). */
export async function insertWorkshop(
	trx: Database,
	roomId: string,
	openedAt: string
): Promise<Workshop> {
	const last = await findLastWorkshop(trx, roomId);
	return trx
		.insertInto('workshops')
		.values({
			...{ id: randomId(), room_id: roomId, number: (last?.number ?? 0) + 1 },
			...{ opened_at: openedAt, closed_at: null, report: null, link: null }
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}
