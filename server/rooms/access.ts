/** Who is what in a room: one answer for pages, endpoints and the websocket. */
import type { PublicPerson, Role } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import { may, type RoomAction } from '../policy/room-policy.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import { findTeamRole } from '../teams/team-member.repository.ts';
import { findMember } from './member.repository.ts';
import { findRemoval } from './removal.repository.ts';
import type { Removal } from './removal.table.ts';
import { findRoom } from './room.repository.ts';
import type { Room } from './room.table.ts';
import { findWaiting } from './waiting.repository.ts';

export interface Access {
	room: Room;
	/** The person as others see them in this room. */
	person: PublicPerson;
}

/** What somebody is in a room, and why. */
export interface Standing {
	role: Role | null;
	/** What a facilitator calls them here, if anything. */
	name: string | null;
	/** By being in the room's team; a role of their own is above that, but for its owners'. */
	inTeam: 'owner' | 'member' | null;
	/** Why they may not come back, when they were removed or turned away. */
	removal: Removal['reason'] | null;
}

/**
 * An owner of the room's team owns it, whatever else is said. Another member of the team has what
 * `members` says, else the room's `team_role`, unless they were removed from the room.
 */
export async function standingIn(
	db: Database,
	room: Pick<Room, 'id' | 'team_id' | 'team_role'>,
	personId: string
): Promise<Standing> {
	const member = await findMember(db, room.id, personId);
	const inTeam = room.team_id === null ? null : await findTeamRole(db, room.team_id, personId);
	const name = member?.name ?? null;
	const own = member?.role ?? null;
	const isCertain = own !== null || inTeam === 'owner';
	const removal = isCertain ? null : ((await findRemoval(db, room.id, personId))?.reason ?? null);
	return { role: roleFrom(room, { own, inTeam, removal }), name, inTeam, removal };
}

/** The role that follows from what `members` says of somebody, their team, and a removal. */
export function roleFrom(
	{ team_role }: Pick<Room, 'team_role'>,
	{ own, inTeam, removal }: Pick<Standing, 'inTeam' | 'removal'> & { own: Role | null }
): Role | null {
	if (inTeam === 'owner') return 'owner';
	if (own !== null) return own;
	return inTeam === null || removal !== null ? null : team_role;
}

/** The role of a person in a room, or null for those who are none of its people. */
export async function roleIn(db: Database, room: Room, personId: string): Promise<Role | null> {
	return (await standingIn(db, room, personId)).role;
}

/**
 * The room, and what `person` is in it, for somebody who may do `action`. Throws `no-such-room`,
 * then `not-signed-in`, then (to who is none of its people) `removed`, `turned-away`, `waiting` or
 * `not-allowed`, then `room-in-trash`, then `not-allowed`: an id cannot be guessed, so that a room
 * exists tells a stranger nothing.
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
	const { role, name, removal } = await standingIn(db, room, person.id);
	if (role === null) throw new Refusal(removal ?? (await whyNot(db, roomId, person.id)));
	if (room.trashed_at !== null) throw new Refusal('room-in-trash');
	if (!may(role, action)) throw new Refusal('not-allowed');
	const { id, colour } = person;
	return { room, person: { id, name: name ?? person.name, colour, role } };
}

/** The same for what some of the room's people may not do: `role-too-low` to them. */
export async function enterTo(
	action: RoomAction,
	...[db, person, roomId, at]: [db: Database, person: Person | null, roomId: string, at: Date]
): Promise<Access> {
	const access = await enter(db, person, roomId, at);
	if (!may(access.person.role, action)) throw new Refusal('role-too-low');
	return access;
}

async function whyNot(
	db: Database,
	roomId: string,
	personId: string
): Promise<'waiting' | 'not-allowed'> {
	const waiting = await findWaiting(db, roomId, personId);
	return waiting === undefined ? 'not-allowed' : 'waiting';
}
