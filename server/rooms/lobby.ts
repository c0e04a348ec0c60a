/** The lobby: who came by a door where a facilitator lets each one in. */
import type { Database } from '../database/database.ts';
import { Refusal } from '../refusal.ts';
import { countByDoor, enrol } from './member.repository.ts';
import { insertRemoval } from './removal.repository.ts';
import { findOpenDoors } from './room-code.repository.ts';
import type { RoomCode } from './room-code.table.ts';
import { deleteWaiting, findAllWaiting, findWaiting } from './waiting.repository.ts';
import type { Waiting } from './waiting.table.ts';

/** How many may wait in a room's lobby at a time. */
export const WAITING_MAX = 200;
/** How many come by one door that has no limit of its own. */
export const COMERS_MAX = 1000;

/** Whether one more may come by a door. Call it with the room locked. */
export async function hasPlace(trx: Database, door: RoomCode): Promise<boolean> {
	const most = door.people_max ?? COMERS_MAX;
	return (await countByDoor(trx, door.room_id, door.role)) < most;
}

/** Lets somebody in. Throws `not-here` when they no longer wait, `no-place` when there is none. */
export async function admitWaiting(
	trx: Database,
	roomId: string,
	personId: string,
	at: Date
): Promise<void> {
	const waiting = await findWaiting(trx, roomId, personId);
	if (waiting === undefined) throw new Refusal('not-here');
	if (!(await letIn(trx, waiting, at))) throw new Refusal('no-place');
}

/** Lets in everybody who waits, the longest first, as far as there are places. */
export async function admitAllWaiting(trx: Database, roomId: string, at: Date): Promise<void> {
	let turnedBack = 0;
	const all = await findAllWaiting(trx, roomId);
	for (const waiting of all) if (!(await letIn(trx, waiting, at))) turnedBack += 1;
	if (turnedBack > 0 && turnedBack === all.length) throw new Refusal('no-place');
}

/** Sends somebody away, who then does not come back by any door until that is forgiven. */
export async function turnAwayWaiting(
	trx: Database,
	roomId: string,
	personId: string,
	at: Date
): Promise<void> {
	if ((await findWaiting(trx, roomId, personId)) === undefined) throw new Refusal('not-here');
	await deleteWaiting(trx, roomId, personId);
	const removed_at = at.toISOString();
	const removal = { room_id: roomId, person_id: personId, removed_at };
	await insertRemoval(trx, { ...removal, reason: 'turned-away' });
}

async function letIn(trx: Database, waiting: Waiting, at: Date): Promise<boolean> {
	const { room_id, person_id, role } = waiting;
	const doors = await findOpenDoors(trx, room_id, at);
	const door = doors.find((each) => each.role === role);
	if (door !== undefined && !(await hasPlace(trx, door))) return false;
	await deleteWaiting(trx, room_id, person_id);
	await enrol(trx, room_id, person_id, role, at, role);
	return true;
}
