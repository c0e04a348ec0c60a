/** Joining a room by its code. */
import { admit } from '../auth/guests.ts';
import { readName } from '../auth/person-name.ts';
import type { Database } from '../database/database.ts';
import { isRandomId } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import type { Caller, Entry } from '../services.ts';
import type { CodeGuard } from './code-guard.ts';
import { enrol } from './member.repository.ts';
import { readCode } from './room-code.ts';
import { findLiveCode, findLiveCodesOfRoom } from './room-code.repository.ts';
import { findRoom } from './room.repository.ts';
import type { RoomCode } from './room-code.table.ts';

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
 * Lets the caller in with the code's role; whoever holds a higher one keeps it. Throws `wrong-code`
 * alike for a code that is malformed, unknown, expired or of a room that is gone.
 */
export async function joinRoom(
	db: Database,
	guards: Guards,
	caller: Caller,
	{ code: given, name, room }: Joining,
	at: Date
): Promise<Entry> {
	// First, so that nobody learns of a code's rightness by leaving the name out.
	if (caller.person === null || name !== undefined) readName(name);

	const typed = readCode(given);
	if (typed === null) throw new Refusal('wrong-code');
	const { address } = caller;
	const invitation =
		room !== undefined && isRandomId(room)
			? await guards.invitations.attempt(address, () => findInvitation(db, room, typed, at))
			: undefined;
	// Somebody may follow a link and then type another room's code.
	const code =
		invitation ?? (await guards.alone.attempt(address, () => findOpenCode(db, typed, at)));
	if (code === undefined) throw new Refusal('wrong-code');

	return db.transaction().execute(async (trx) => {
		const { person, pass } = await admit(trx, caller.person, name, at);
		const role = await enrol(trx, code.room_id, person.id, code.role, at);
		return { id: code.room_id, role, pass };
	});
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
	const codes = await findLiveCodesOfRoom(db, roomId, at);
	return codes.find(({ code }) => code === typed);
}

async function findOpenCode(db: Database, typed: string, at: Date): Promise<RoomCode | undefined> {
	const code = await findLiveCode(db, typed, at);
	if (code === undefined) return undefined;
	const room = await findRoom(db, code.room_id, at);
	return room === undefined || room.trashed_at !== null ? undefined : code;
}
