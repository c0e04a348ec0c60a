import type { Database } from '../database/database.ts';
import { createCode } from './room-code.ts';
import type { DoorRole, RoomCode } from './room-code.table.ts';

/** How often a code that is taken is drawn again; each time has odds of one in 10 million at most. */
const DRAWS = 5;
/** How long a code that is over is kept, to tell who comes too late why. */
const KEPT_DAYS = 30;
/** Codes of one room that are kept, the open ones aside. */
const KEPT_CODES = 20;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface NewDoor {
	id: string;
	role: DoorRole;
	at: Date;
	expires: Date;
	lobby?: boolean;
	peopleMax?: number | null;
}

/** Gives a room a code of its own, valid until `expires`. */
export async function insertCode(
	db: Database,
	{ id, role, at, expires, lobby = false, peopleMax = null }: NewDoor,
	draw: () => string = createCode
): Promise<string> {
	for (let draws = 0; draws < DRAWS; draws++) {
		const code = draw();
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('room_codes')
			.values({
				code,
				room_id: id,
				role,
				created_at: at.toISOString(),
				expires_at: expires.toISOString(),
				lobby: lobby ? 1 : 0,
				people_max: peopleMax
			})
			.onConflict((conflict) => conflict.column('code').doNothing())
			.executeTakeFirstOrThrow();
		if (numInsertedOrUpdatedRows === 1n) return code;
	}
	throw new Error('No free room code was drawn');
}

/** Whether a code lets people in at `at`. */
export function isOpen({ closed_at, expires_at }: RoomCode, at: Date): boolean {
	return closed_at === null && expires_at > at.toISOString();
}

/** A code by its eight characters, open or over. */
export async function findCode(db: Database, code: string): Promise<RoomCode | undefined> {
	return db.selectFrom('room_codes').selectAll().where('code', '=', code).executeTakeFirst();
}

/** Every code of a room, open or over. */
export async function findCodesOfRoom(db: Database, roomId: string): Promise<RoomCode[]> {
	return db.selectFrom('room_codes').selectAll().where('room_id', '=', roomId).execute();
}

/** The doors of a room that are open at `at`, the one that gives more first. */
export async function findOpenDoors(db: Database, roomId: string, at: Date): Promise<RoomCode[]> {
	return db
		.selectFrom('room_codes')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('closed_at', 'is', null)
		.where('expires_at', '>', at.toISOString())
		.orderBy('role')
		.orderBy('created_at', 'desc')
		.execute();
}

/** Changes an open door; its code stays. */
export async function changeDoor(
	db: Database,
	code: string,
	{ expires, lobby, peopleMax }: { expires: Date; lobby: boolean; peopleMax: number | null }
): Promise<void> {
	await db
		.updateTable('room_codes')
		.set({
			expires_at: expires.toISOString(),
			lobby: lobby ? 1 : 0,
			people_max: peopleMax
		})
		.where('code', '=', code)
		.execute();
}

/** Closes a room's door of a role, should it be open: its code lets nobody in from now on. */
export async function closeDoor(
	db: Database,
	roomId: string,
	role: DoorRole,
	at: Date
): Promise<void> {
	await db
		.updateTable('room_codes')
		.set({ closed_at: at.toISOString() })
		.where('room_id', '=', roomId)
		.where('role', '=', role)
		.where('closed_at', 'is', null)
		.execute();
	const newest = db
		.selectFrom('room_codes')
		.select('code')
		.where('room_id', '=', roomId)
		.orderBy('created_at', 'desc')
		.limit(KEPT_CODES);
	await db
		.deleteFrom('room_codes')
		.where('room_id', '=', roomId)
		.where('closed_at', 'is not', null)
		.where('code', 'not in', newest)
		.execute();
}

/** Erases the codes that have been over for a while. */
export async function eraseExpiredCodes(db: Database, at: Date): Promise<void> {
	const before = new Date(at.getTime() - KEPT_DAYS * DAY_MS).toISOString();
	await db
		.deleteFrom('room_codes')
		.where((eb) => eb.or([eb('expires_at', '<=', before), eb('closed_at', '<=', before)]))
		.execute();
}
