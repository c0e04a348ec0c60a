import type { Database } from '../database/database.ts';
import type { TeamRole } from '../policy/team-policy.ts';

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
