/** Who is what in a room: one answer for pages, endpoints and the websocket. */
import type { PublicPerson, Role } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import { may, type RoomAction } from '../policy/room-policy.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import { findTeamRole } from '../teams/team-member.repository.ts';
import { findRole } from './member.repository.ts';
import { findRoom } from './room.repository.ts';
import type { Room } from './room.table.ts';

export interface Access {
	room: Room;
	/** The person as others see them in this room. */
	person: PublicPerson;
}

/**
 * The role of a person in a room, or null for those who are none of its people. An owner of its
 * team owns it; another member of the team has what `members` says, else the room's `team_role`.
 */
export async function roleIn(db: Database, room: Room, personId: string): Promise<Role | null> {
	const own = (await findRole(db, room.id, personId)) ?? null;
	if (room.team_id === null) return own;
	return roleFrom(room, own, await findTeamRole(db, room.team_id, personId));
}

/** The same from what `members` says of the person, and from what they are in the room's team. */
export function roleFrom(
	{ team_role }: Pick<Room, 'team_role'>,
	own: Role | null,
	inTeam: TeamRole | null
): Role | null {
	if (inTeam === 'owner') return 'owner';
	return own ?? (inTeam === null ? null : team_role);
}

/**
 * The room, and what `person` is in it, for somebody who may do `action`. Throws `no-such-room`,
 * then `not-signed-in`, then `room-in-trash` (to its people), then `not-allowed`: an id cannot be
 * guessed, so that a room exists tells a stranger nothing.
 */
export async function enter(
	db: Database,
	person: Person | null,
	roomId: string,
	at: Date,
	action: RoomAction = 'room.read'
): Promise<Access> {
	const room = await findRoom(db, roomId, at);
	if (room === undefined) throw new Refusal('no-such-room');
	if (person === null) throw new Refusal('not-signed-in');
	const role = await roleIn(db, room, person.id);
	if (role === null) throw new Refusal('not-allowed');
	if (room.trashed_at !== null) throw new Refusal('room-in-trash');
	if (!may(role, action)) throw new Refusal('not-allowed');
	const { id, name, colour } = person;
	return { room, person: { id, name, colour, role } };
}
