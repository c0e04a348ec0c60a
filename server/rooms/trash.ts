/**
 * The trash of rooms. A room in it lets nobody in, by page, interface or websocket; its owner can
 * restore it within 30 days, and then it is erased for good with all that is in it (`sweep.ts`).
 */
import { CLOSE } from '#sync/close-codes.ts';
import { record } from '../audit/audit.repository.ts';
import type { Database } from '../database/database.ts';
import { may } from '../policy/room-policy.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { enter, roleIn } from './access.ts';
import type { Reassess } from './reassess.ts';
import { findRoom, updateRoom } from './room.repository.ts';
import type { Room } from './room.table.ts';

export const TRASH_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

/** What the page of a room in the trash says to its people. */
export interface TrashedRoom {
	id: string;
	/** ISO time after which it may be erased at any moment. */
	erasedAt: string;
	mayRestore: boolean;
}

export function erasedAt(trashedAt: string): string {
	return new Date(Date.parse(trashedAt) + TRASH_DAYS * DAY_MS).toISOString();
}

export interface TrashParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'disconnectAll'>;
	reassess: Reassess;
}

/** Puts a room there; whoever is in it is cut off. Throws `Refusal`. */
export async function moveToTrash(
	{ db, liveRooms, reassess }: TrashParts,
	person: Person | null,
	roomId: string,
	at: Date
): Promise<void> {
	const { room, person: by } = await enter(db, person, roomId, at, 'room.govern');
	await db.transaction().execute(async (trx) => {
		await updateRoom(trx, room.id, { trashed_at: at.toISOString() });
		await record(trx, { kind: 'room.trashed', at, by, roomId: room.id });
	});
	liveRooms.disconnectAll(room.id, CLOSE.inTrash);
	await reassess({ room: room.id });
}

/** Takes a room back. One that is not in the trash stays as it is. Throws `Refusal`. */
export async function restoreFromTrash(
	db: Database,
	person: Person | null,
	roomId: string,
	at: Date
): Promise<void> {
	const { room, mayRestore } = await findWithRight(db, person, roomId, at);
	if (!mayRestore || person === null) throw new Refusal('not-allowed');
	if (room.trashed_at === null) return;
	await db.transaction().execute(async (trx) => {
		await updateRoom(trx, room.id, { trashed_at: null });
		await record(trx, { kind: 'room.restored', at, by: person, roomId: room.id });
	});
}

/** Null for a room that is not there, and for those who are none of its people. */
export async function findTrashed(
	db: Database,
	person: Person | null,
	roomId: string,
	at: Date
): Promise<TrashedRoom | null> {
	try {
		const { room, mayRestore } = await findWithRight(db, person, roomId, at);
		if (room.trashed_at === null) return null;
		return { id: room.id, erasedAt: erasedAt(room.trashed_at), mayRestore };
	} catch (error) {
		if (error instanceof Refusal) return null;
		throw error;
	}
}

/** As `enter`, and for rooms in the trash too. */
async function findWithRight(
	db: Database,
	person: Person | null,
	roomId: string,
	at: Date
): Promise<{ room: Room; mayRestore: boolean }> {
	const room = await findRoom(db, roomId, at);
	if (room === undefined) throw new Refusal('no-such-room');
	if (person === null) throw new Refusal('not-signed-in');
	const role = await roleIn(db, room, person.id);
	if (role === null) throw new Refusal('not-allowed');
	return { room, mayRestore: may(role, 'room.govern') };
}
