import { ROLES, type Role } from '#sync/people.ts';
import type { Database } from '../database/database.ts';

/** The role of a person in a room, or undefined for those who are no member. */
export async function findRole(
	db: Database,
	roomId: string,
	personId: string
): Promise<Role | undefined> {
	const member = await db
		.selectFrom('members')
		.select('role')
		.where('room_id', '=', roomId)
		.where('person_id', '=', personId)
		.executeTakeFirst();
	return member?.role;
}

/** Makes a person a member, or raises their role; never lowers it. Answers the role they have now. */
export async function enrol(
	db: Database,
	roomId: string,
	personId: string,
	role: Role,
	at: Date
): Promise<Role> {
	const held = await findRole(db, roomId, personId);
	if (held !== undefined && ROLES.indexOf(held) <= ROLES.indexOf(role)) return held;
	await db
		.insertInto('members')
		.values({ room_id: roomId, person_id: personId, role, joined_at: at.toISOString() })
		.onConflict((conflict) => conflict.columns(['room_id', 'person_id']).doUpdateSet({ role }))
		.execute();
	return role;
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
