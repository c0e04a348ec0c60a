/** Who may enter a room: one answer for pages, endpoints and the websocket. */
import type { PublicPerson } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import { findRole } from './member.repository.ts';
import { findRoom } from './room.repository.ts';
import type { Room } from './room.table.ts';

export interface Access {
	room: Room;
	/** The person as others see them in this room. */
	person: PublicPerson;
}

/**
 * What `person` may see of the room. Throws `no-such-room`, then `not-signed-in`, then
 * `not-allowed`: an id cannot be guessed, so that a room exists tells a stranger nothing.
 */
export async function enter(
	db: Database,
	person: Person | null,
	roomId: string,
	at: Date
): Promise<Access> {
	const room = await findRoom(db, roomId, at);
	if (room === undefined) throw new Refusal('no-such-room');
	if (person === null) throw new Refusal('not-signed-in');
	const role = await findRole(db, roomId, person.id);
	if (role === undefined) throw new Refusal('not-allowed');
	const { id, name, colour } = person;
	return { room, person: { id, name, colour, role } };
}
