/** Who is what in a team: one answer for every page and action of teams. */
import type { Database } from '../database/database.ts';
import { mayInTeam, type TeamAction, type TeamRole } from '../policy/team-policy.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import { findTeamRole } from './team-member.repository.ts';
import { findTeam } from './team.repository.ts';
import type { Team } from './team.table.ts';

export interface TeamAccess {
	team: Team;
	role: TeamRole;
	person: Person;
}

/**
 * The team, and what `person` is in it, for somebody who may do `action`. Throws `account-needed`,
 * then `no-such-team` alike for a team that is not there and one that they are not in, then
 * `team-owners-only`.
 */
export async function enterTeam(
	db: Database,
	person: Person | null,
	teamId: string,
	action: TeamAction
): Promise<TeamAccess> {
	const user = requireUser(person);
	const team = await findTeam(db, teamId);
	const role = team === undefined ? null : await findTeamRole(db, team.id, user.id);
	if (team === undefined || role === null) throw new Refusal('no-such-team');
	if (!mayInTeam(role, action)) throw new Refusal('team-owners-only');
	return { team, role, person: user };
}

/** Somebody signed in. Throws `account-needed` for a guest and a stranger. */
export function requireUser(person: Person | null): Person {
	if (person === null || !person.isUser) throw new Refusal('account-needed');
	return person;
}
