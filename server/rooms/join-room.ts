/** Joining a room by its code. */
import { admit } from '../auth/guests.ts';
import { readName } from '../auth/person-name.ts';
import type { Database } from '../database/database.ts';
import { Refusal } from '../refusal.ts';
import type { Caller, Entry } from '../services.ts';
import type { CodeGuard } from './code-guard.ts';
import { enrol } from './member.repository.ts';
import { readCode } from './room-code.ts';
import { findLiveCode } from './room-code.repository.ts';
import { findRoom } from './room.repository.ts';
import type { RoomCode } from './room-code.table.ts';

/**
 * Lets the caller in with the code's role; whoever holds a higher one keeps it. Throws `wrong-code`
 * alike for a code that is malformed, unknown, expired or of a room that is gone.
 */
export async function joinRoom(
	db: Database,
	guard: CodeGuard,
	caller: Caller,
	input: { code: string; name?: string | undefined },
	at: Date
): Promise<Entry> {
	// First, so that nobody learns of a code's rightness by leaving the name out.
	if (caller.person === null || input.name !== undefined) readName(input.name);

	const typed = readCode(input.code);
	if (typed === null) throw new Refusal('wrong-code');
	const code = await guard.attempt(caller.address, () => findOpenCode(db, typed, at));
	if (code === undefined) throw new Refusal('wrong-code');

	return db.transaction().execute(async (trx) => {
		const { person, pass } = await admit(trx, caller.person, input.name, at);
		const role = await enrol(trx, code.room_id, person.id, code.role, at);
		return { id: code.room_id, role, pass };
	});
}

async function findOpenCode(db: Database, typed: string, at: Date): Promise<RoomCode | undefined> {
	const code = await findLiveCode(db, typed, at);
	if (code === undefined) return undefined;
	const room = await findRoom(db, code.room_id, at);
	return room === undefined ? undefined : code;
}
