import { ROLES, type Role } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import type { Member } from './member.table.ts';
import { DOOR_ROLES, type DoorRole } from './room-code.table.ts';

/** The role of a person in a room, or undefined for those who are no member. */
export async function findRole(
	db: Database,
	roomId: string,
	personId: string
): Promise<Role | undefined> {
	return (await findMember(db, roomId, personId))?.role;
}

export async function findMember(
	db: Database,
	roomId: string,
	personId: string
): Promise<Member | undefined> {
	return db
		.selectFrom('members')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
}

/**
 * Makes a person a member, or raises their role, unless somebody has decided it; never lowers it.
 * `door` is the one that they came in by. Answers the role they have now.
 */
export async function enrol(
	db: Database,
	roomId: string,
	personId: string,
	role: Role,
	at: Date,
	door: DoorRole | null = null
): Promise<Role> {
	const held = await findMember(db, roomId, personId);
	if (held !== undefined) {
		const isEnough = ROLES.indexOf(held.role) <= ROLES.indexOf(role);
		if (isEnough || held.assigned_at !== null) return held.role;
	}
	await db
		.insertInto('members')
		.values({ room_id: roomId, person_id: personId, role, joined_at: at.toISOString(), door })
		.onConflict((conflict) => conflict.columns(['room_id', 'person_id']).doUpdateSet({ role }))
		.execute();
	return role;
}

/** Decides somebody's role, whatever it was: from now on no code raises it. */
export async function assignRole(
	db: Database,
	roomId: string,
	personId: string,
	role: Role,
	at: Date
): Promise<void> {
	const assigned_at = at.toISOString();
	await db
		.insertInto('members')
		.values({ room_id: roomId, person_id: personId, role, joined_at: assigned_at, assigned_at })
		.onConflict((conflict) =>
			conflict.columns(['room_id', 'person_id']).doUpdateSet({ role, assigned_at })
		)
		.execute();
}

/** What a guest is called in this room, whatever they call themselves. */
export async function renameMember(
	db: Database,
	roomId: string,
	personId: string,
	name: string
): Promise<void> {
	await db
		.updateTable('members')
		.set({ name })
		.where('room_id', '=', roomId)
		.where('person_id', '=', personId)
		.execute();
}

export async function deleteMember(db: Database, roomId: string, personId: string): Promise<void> {
	await db
		.deleteFrom('members')
		.where('room_id', '=', roomId)
		.where('person_id', '=', personId)
		.execute();
}

/** Ends the membership of guests who came in by a door and were made nothing more. Answers whose. */
export async function deleteGuestsOfDoor(
	db: Database,
	roomId: string,
	door: DoorRole
): Promise<string[]> {
	const rows = await db
		.deleteFrom('members')
		.where('room_id', '=', roomId)
		.where('door', '=', door)
		.where('role', 'in', DOOR_ROLES)
		.where('person_id', 'in', (eb) => eb.selectFrom('guests').select('id'))
		.returning('person_id')
		.execute();
	return rows.map((row) => row.person_id);
}

/** How many are members who came in by a door. */
export async function countByDoor(db: Database, roomId: string, door: DoorRole): Promise<number> {
	const { count } = await db
		.selectFrom('members')
		.select((eb) => eb.fn.countAll().as('count'))
		.where('room_id', '=', roomId)
		.where('door', '=', door)
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** Ids of everybody who is a member of a room. */
export async function findMembers(db: Database, roomId: string): Promise<string[]> {
	const rows = await db
		.selectFrom('members')
		.select('person_id')
		.where('room_id', '=', roomId)
		.execute();
	return rows.map((row) => row.person_id);
}
