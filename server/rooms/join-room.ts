/** Joining a room by the code of one of its doors. */
import type { Role } from '#sync/people.ts';
import { record } from '../audit/audit.repository.ts';
import { admit } from '../auth/guests.ts';
import { readName } from '../auth/person-name.ts';
import type { Database } from '../database/database.ts';
import { isAtLeast } from '../policy/room-policy.ts';
import { isRandomId } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import type { Caller, Entry, Person } from '../services.ts';
import { standingIn } from './access.ts';
import type { CodeGuard } from './code-guard.ts';
import { hasPlace, WAITING_MAX } from './lobby.ts';
import { lockRoom } from './lock-room.ts';
import { enrol } from './member.repository.ts';
import { readCode } from './room-code.ts';
import { findCode, findCodesOfRoom, isOpen } from './room-code.repository.ts';
import type { RoomCode } from './room-code.table.ts';
import { findRoom } from './room.repository.ts';
import type { Room } from './room.table.ts';
import { countWaiting, deleteWaiting, findWaiting, insertWaiting } from './waiting.repository.ts';

export interface Joining {
	code: string;
	name?: string | undefined;
	/** The room's id, when an invitation link named it. */
	room?: string | undefined;
}

/** One for codes alone, one for those that come with the id of their room. */
export interface Guards {
	alone: CodeGuard;
	invitations: CodeGuard;
}

/**
 * Lets the caller in with the door's role, or into its lobby; whoever holds a higher role keeps it,
 * and so does whose role a facilitator has decided.
 *
 * Throws `wrong-code` alike for a code that is malformed, unknown or of a room that is gone, and to
 * whoever has a right one: `door-closed` or `door-ended`, `removed` or `turned-away`, `room-full`,
 * `lobby-full`, `room-in-trash`. A code that is over counts as a wrong one against guessing.
 */
export async function joinRoom(
	db: Database,
	guards: Guards,
	caller: Caller,
	{ code: given, name, room }: Joining,
	at: Date,
	guestDays?: number
): Promise<Entry> {
	// First, so that nobody learns of a code's rightness by leaving the name out.
	if (caller.person === null || name !== undefined) readName(name);

	const typed = readCode(given);
	if (typed === null) throw new Refusal('wrong-code');
	const over: RoomCode[] = [];
	const openOnly = (code: RoomCode | undefined) => {
		if (code === undefined || isOpen(code, at)) return code;
		over.push(code);
		return undefined;
	};
	const { address } = caller;
	const invitation =
		room !== undefined && isRandomId(room)
			? await guards.invitations.attempt(address, async () =>
					openOnly(await findInvitation(db, room, typed, at))
				)
			: undefined;
	// Somebody may follow a link and then type another room's code.
	const code =
		invitation ??
		(over.length > 0
			? undefined
			: await guards.alone.attempt(address, async () => openOnly(await findAlone(db, typed, at))));
	if (code !== undefined) return enterBy(db, caller, code, { name, at, guestDays });
	const [old] = over;
	if (old === undefined) throw new Refusal('wrong-code');
	throw new Refusal(old.closed_at === null ? 'door-ended' : 'door-closed');
}

function enterBy(
	db: Database,
	caller: Caller,
	found: RoomCode,
	{ name, at, guestDays }: { name: string | undefined; at: Date; guestDays: number | undefined }
): Promise<Entry> {
	const { room_id: id } = found;
	return db.transaction().execute(async (trx) => {
		await lockRoom(trx, id);
		// It may have been closed since it was found.
		const door = await findCode(trx, found.code);
		const room = await findRoom(trx, id, at);
		if (door === undefined || room === undefined) throw new Refusal('wrong-code');
		if (!isOpen(door, at)) throw new Refusal('door-closed');
		if (room.trashed_at !== null) throw new Refusal('room-in-trash');

		const tell = (by: Person, role: Role, was?: Role) =>
			record(trx, { kind: 'person.joined', at, by, roomId: id, role, was });
		const held = await roleOf(trx, room, caller);
		if (held !== null) {
			const { person, pass } = await admit(trx, caller.person, name, at, guestDays);
			const raises = !isAtLeast(held, door.role) && door.lobby === 0;
			const role = raises ? await enrol(trx, id, person.id, door.role, at, door.role) : held;
			if (role !== held) await tell(person, role, held);
			return { id, role, pass, isWaiting: false };
		}
		if (door.lobby === 0 && !(await hasPlace(trx, door))) throw new Refusal('room-full');
		if (door.lobby === 1 && !(await mayWait(trx, id, caller))) throw new Refusal('lobby-full');
		const { person, pass } = await admit(trx, caller.person, name, at, guestDays);
		if (door.lobby === 0) {
			await deleteWaiting(trx, id, person.id);
			const role = await enrol(trx, id, person.id, door.role, at, door.role);
			await tell(person, role);
			return { id, role, pass, isWaiting: false };
		}
		const waiting = { room_id: id, person_id: person.id, asked_at: at.toISOString() };
		await insertWaiting(trx, { ...waiting, role: door.role });
		return { id, role: door.role, pass, isWaiting: true };
	});
}

/** What the caller is in the room already. Throws `removed` or `turned-away`. */
async function roleOf(trx: Database, room: Room, { person }: Caller): Promise<Role | null> {
	if (person === null) return null;
	const { role, removal } = await standingIn(trx, room, person.id);
	if (role === null && removal !== null) throw new Refusal(removal);
	return role;
}

async function mayWait(trx: Database, roomId: string, { person }: Caller): Promise<boolean> {
	if ((await countWaiting(trx, roomId)) < WAITING_MAX) return true;
	return person !== null && (await findWaiting(trx, roomId, person.id)) !== undefined;
}

/** Looks among this room's codes only: not even its time tells anything of another room's. */
async function findInvitation(
	db: Database,
	roomId: string,
	typed: string,
	at: Date
): Promise<RoomCode | undefined> {
	const room = await findRoom(db, roomId, at);
	if (room === undefined || room.trashed_at !== null) return undefined;
	const codes = await findCodesOfRoom(db, roomId);
	return codes.find(({ code }) => code === typed);
}

async function findAlone(db: Database, typed: string, at: Date): Promise<RoomCode | undefined> {
	const code = await findCode(db, typed);
	if (code === undefined) return undefined;
	const room = await findRoom(db, code.room_id, at);
	return room === undefined || room.trashed_at !== null ? undefined : code;
}
