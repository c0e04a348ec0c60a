import type { Database } from '../database/database.ts';
import { isRandomId } from '../random-id.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import type { NewTeam, Team } from './team.table.ts';

export async function insertTeam(db: Database, team: NewTeam): Promise<void> {
	await db.insertInto('teams').values(team).execute();
}

/** Any text may be asked for. */
export async function findTeam(db: Database, id: string): Promise<Team | undefined> {
	if (!isRandomId(id)) return undefined;
	return db.selectFrom('teams').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Somebody's teams by name, each with what they are in it. */
export async function findTeamsOf(
	db: Database,
	userId: string
): Promise<(Team & { role: TeamRole })[]> {
	return db
		.selectFrom('team_members')
		.innerJoin('teams', 'teams.id', 'team_members.team_id')
		.selectAll('teams')
		.select('team_members.role')
		.where('team_members.user_id', '=', userId)
		.orderBy('teams.name')
		.orderBy('teams.id')
		.execute();
}

export async function renameTeam(db: Database, id: string, name: string): Promise<void> {
	await db.updateTable('teams').set({ name }).where('id', '=', id).execute();
}

/** Until the transaction ends, nobody else changes who is in the team. False when it is gone. */
export async function lockTeam(trx: Database, id: string): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('teams')
		.set((eb) => ({ name: eb.ref('name') }))
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

/** Erases a team with all that is its own: members, invitations and rooms. Answers the rooms. */
export async function eraseTeam(trx: Database, id: string): Promise<string[]> {
	const rooms = await findRoomsOfTeam(trx, id);
	await trx.deleteFrom('teams').where('id', '=', id).execute();
	return rooms;
}

export async function findRoomsOfTeam(db: Database, id: string): Promise<string[]> {
	const rows = await db.selectFrom('rooms').select('id').where('team_id', '=', id).execute();
	return rows.map((row) => row.id);
}
