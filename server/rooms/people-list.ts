/** Everybody who has a role in a room: its own members, and those of its team. */
import { ROLES, type Role } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import type { Room } from './room.table.ts';

/** Somebody with a role in a room. */
export interface RoomPerson {
	id: string;
	/** As others see it here. */
	name: string;
	colour: number;
	role: Role;
	/** Has no account. */
	isGuest: boolean;
	/** Is of the room's team; an owner's role is not the room's to decide. */
	inTeam: 'owner' | 'member' | null;
	/** Of the team, and nobody has decided otherwise: what all its members are. */
	hasTeamRole: boolean;
}

/** The highest role first, then by name. Guests whose time is over at `at` are nobody. */
export async function listPeople(db: Database, room: Room, at: Date): Promise<RoomPerson[]> {
	const people = new Map<string, RoomPerson>();
	for (const person of await findGuestMembers(db, room.id, at)) people.set(person.id, person);
	for (const person of await findUserMembers(db, room.id)) people.set(person.id, person);
	for (const person of room.team_id === null ? [] : await findTeam(db, room, room.team_id)) {
		const own = people.get(person.id);
		const { inTeam } = person;
		if (own === undefined || inTeam === 'owner') people.set(person.id, person);
		else people.set(person.id, { ...own, inTeam });
	}
	return [...people.values()].sort(
		(a, b) =>
			ROLES.indexOf(a.role) - ROLES.indexOf(b.role) ||
			a.name.localeCompare(b.name) ||
			(a.id < b.id ? -1 : 1)
	);
}

async function findGuestMembers(db: Database, roomId: string, at: Date): Promise<RoomPerson[]> {
	const rows = await db
		.selectFrom('members')
		.innerJoin('guests', 'guests.id', 'members.person_id')
		.select(['guests.id', 'guests.name', 'guests.colour', 'members.role', 'members.name as here'])
		.where('members.room_id', '=', roomId)
		.where('guests.expires_at', '>', at.toISOString())
		.execute();
	return rows.map(({ here, ...row }) => ({
		...row,
		name: here ?? row.name,
		isGuest: true,
		inTeam: null,
		hasTeamRole: false
	}));
}

async function findUserMembers(db: Database, roomId: string): Promise<RoomPerson[]> {
	const rows = await db
		.selectFrom('members')
		.innerJoin('users', 'users.id', 'members.person_id')
		.select(['users.id', 'users.name', 'users.colour', 'members.role'])
		.where('members.room_id', '=', roomId)
		.execute();
	return rows.map((row) => ({ ...row, isGuest: false, inTeam: null, hasTeamRole: false }));
}

/** Without those who were removed from the room; nobody removes an owner. */
async function findTeam(
	db: Database,
	room: Pick<Room, 'id' | 'team_role'>,
	teamId: string
): Promise<RoomPerson[]> {
	const rows = await db
		.selectFrom('team_members')
		.innerJoin('users', 'users.id', 'team_members.user_id')
		.leftJoin('removals', (join) =>
			join.onRef('removals.person_id', '=', 'users.id').on('removals.room_id', '=', room.id)
		)
		.select(['users.id', 'users.name', 'users.colour', 'team_members.role as inTeam'])
		.where('team_members.team_id', '=', teamId)
		.where((eb) =>
			eb.or([eb('removals.person_id', 'is', null), eb('team_members.role', '=', 'owner')])
		)
		.execute();
	return rows.map(({ inTeam, ...row }) => ({
		...row,
		inTeam,
		role: inTeam === 'owner' ? 'owner' : room.team_role,
		isGuest: false,
		hasTeamRole: true
	}));
}
