/** Workshops as they are stored. */
import type { Database } from '../database/database.ts';
import { randomId } from '../random-id.ts';
import type { Workshop } from './workshop.table.ts';

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
export async function findWorkshops(db: Database, roomId: string): Promise<Workshop[]> {
	return db
		.selectFrom('workshops')
		.selectAll()
		.where('room_id', '=', roomId)
		.orderBy('number', 'desc')
		.execute();
}

/** Within a transaction that holds the room (`lockRoom`). */
export async function insertWorkshop(
	trx: Database,
	roomId: string,
	openedAt: string
): Promise<Workshop> {
	const [last] = await findWorkshops(trx, roomId);
	return trx
		.insertInto('workshops')
		.values({
			...{ id: randomId(), room_id: roomId, number: (last?.number ?? 0) + 1 },
			...{ opened_at: openedAt, closed_at: null, report: null, link: null }
		})
		.returningAll()
		.executeTakeFirstOrThrow();
}
