import type { Role } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import { createCode } from './room-code.ts';
import type { RoomCode } from './room-code.table.ts';

/** How often a code that is taken is drawn again; each time has odds of one in 10 million at most. */
const DRAWS = 5;

/** Gives a room a code of its own, valid until `expires`. */
export async function insertCode(
	db: Database,
	room: { id: string; role: Role; at: Date; expires: Date },
	draw: () => string = createCode
): Promise<string> {
	for (let draws = 0; draws < DRAWS; draws++) {
		const code = draw();
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('room_codes')
			.values({
				code,
				room_id: room.id,
				role: room.role,
				created_at: room.at.toISOString(),
				expires_at: room.expires.toISOString()
			})
			.onConflict((conflict) => conflict.column('code').doNothing())
			.executeTakeFirstOrThrow();
		if (numInsertedOrUpdatedRows === 1n) return code;
	}
	throw new Error('No free room code was drawn');
}

/** A code that is live at `at`, by its eight characters. */
export async function findLiveCode(
	db: Database,
	code: string,
	at: Date
): Promise<RoomCode | undefined> {
	return db
		.selectFrom('room_codes')
		.selectAll()
		.where('code', '=', code)
		.where('expires_at', '>', at.toISOString())
		.executeTakeFirst();
}

/** Every code of a room that is live at `at`. */
export async function findLiveCodesOfRoom(
	db: Database,
	roomId: string,
	at: Date
): Promise<RoomCode[]> {
	return db
		.selectFrom('room_codes')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('expires_at', '>', at.toISOString())
		.execute();
}

/** The newest live code of a room that gives `role`. */
export async function findCodeOfRoom(
	db: Database,
	roomId: string,
	role: Role,
	at: Date
): Promise<string | undefined> {
	const row = await db
		.selectFrom('room_codes')
		.select('code')
		.where('room_id', '=', roomId)
		.where('role', '=', role)
		.where('expires_at', '>', at.toISOString())
		.orderBy('created_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.code;
}

export async function eraseExpiredCodes(db: Database, at: Date): Promise<void> {
	await db.deleteFrom('room_codes').where('expires_at', '<=', at.toISOString()).execute();
}
