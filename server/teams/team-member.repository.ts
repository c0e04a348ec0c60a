import type { Database } from '../database/database.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import { insertRemoval } from '../rooms/removal.repository.ts';
import { findRoomsOfTeam } from './team.repository.ts';
import type { NewTeamMember } from './team.table.ts';

/** A member with what the others see of them. */
export interface TeamMemberView {
	id: string;
	name: string;
	email: string;
	colour: number;
	role: TeamRole;
	joinedAt: string;
}

/** The role of a user in a team, or null for those who are no member. */
export async function findTeamRole(
	db: Database,
	teamId: string,
	userId: string
): Promise<TeamRole | null> {
	const member = await db
		.selectFrom('team_members')
		.select('role')
		.where('team_id', '=', teamId)
		.where('user_id', '=', userId)
		.executeTakeFirst();
	return member?.role ?? null;
}

/** Everybody in a team, owners first, then by name. */
export async function findTeamMembers(db: Database, teamId: string): Promise<TeamMemberView[]> {
	const rows = await db
		.selectFrom('team_members')
		.innerJoin('users', 'users.id', 'team_members.user_id')
		.select(['users.id', 'users.name', 'users.email', 'users.colour'])
		.select(['team_members.role', 'team_members.joined_at as joinedAt'])
		.where('team_members.team_id', '=', teamId)
		.execute();
	const rank = { owner: 0, member: 1 };
	return rows.sort(
		(a, b) => rank[a.role] - rank[b.role] || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1)
	);
}

export async function insertTeamMember(db: Database, member: NewTeamMember): Promise<void> {
	await db.insertInto('team_members').values(member).execute();
}

export async function setTeamRole(
	db: Database,
	teamId: string,
	userId: string,
	role: TeamRole
): Promise<void> {
	await db
		.updateTable('team_members')
		.set({ role })
		.where('team_id', '=', teamId)
		.where('user_id', '=', userId)
		.execute();
}

/** Takes somebody out of a team, and out of every room of it that they were in by themselves. */
export async function deleteTeamMember(
	trx: Database,
	teamId: string,
	userId: string
): Promise<void> {
	await trx
		.deleteFrom('team_members')
		.where('team_id', '=', teamId)
		.where('user_id', '=', userId)
		.execute();
	await trx
		.deleteFrom('members')
		.where('person_id', '=', userId)
		.where('room_id', 'in', trx.selectFrom('rooms').select('id').where('team_id', '=', teamId))
		.execute();
}

export async function countTeamMembers(
	db: Database,
	teamId: string
): Promise<{ members: number; owners: number }> {
	const rows = await db
		.selectFrom('team_members')
		.select(['role', (eb) => eb.fn.countAll().as('count')])
		.where('team_id', '=', teamId)
		.groupBy('role')
		.execute();
	const of = (role: TeamRole) => Number(rows.find((row) => row.role === role)?.count ?? 0);
	return { members: of('owner') + of('member'), owners: of('owner') };
}

export async function countTeamsOf(db: Database, userId: string): Promise<number> {
	const row = await db
		.selectFrom('team_members')
		.select((eb) => eb.fn.countAll().as('count'))
		.where('user_id', '=', userId)
		.executeTakeFirstOrThrow();
	return Number(row.count);
}

/**
 * Remembers that an owner took somebody out: neither an older invitation nor a code of the team's
 * rooms brings them back.
 */
export async function keepOut(
	trx: Database,
	teamId: string,
	userId: string,
	at: Date
): Promise<void> {
	const removed_at = at.toISOString();
	await trx
		.insertInto('team_removals')
		.values({ team_id: teamId, user_id: userId, removed_at })
		.onConflict((conflict) => conflict.columns(['team_id', 'user_id']).doUpdateSet({ removed_at }))
		.execute();
	for (const room_id of await findRoomsOfTeam(trx, teamId)) {
		await insertRemoval(trx, { room_id, person_id: userId, reason: 'removed', removed_at });
	}
}

/** They are back in the team, and so in the rooms that they were kept out of with it. */
export async function letBackIn(trx: Database, teamId: string, userId: string): Promise<void> {
	const removed_at = await findRemoval(trx, teamId, userId);
	if (removed_at === undefined) return;
	await trx
		.deleteFrom('removals')
		.where('person_id', '=', userId)
		.where('removed_at', '=', removed_at)
		.where('room_id', 'in', trx.selectFrom('rooms').select('id').where('team_id', '=', teamId))
		.execute();
}

/** When somebody was taken out last, or undefined. */
export async function findRemoval(
	db: Database,
	teamId: string,
	userId: string
): Promise<string | undefined> {
	const row = await db
		.selectFrom('team_removals')
		.select('removed_at')
		.where('team_id', '=', teamId)
		.where('user_id', '=', userId)
		.executeTakeFirst();
	return row?.removed_at;
}
