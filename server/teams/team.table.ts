import type { Insertable, Selectable } from 'kysely';
import type { TeamRole } from '../policy/team-policy.ts';

/** People who keep rooms together. */
export interface TeamTable {
	id: string;
	name: string;
	created_at: string;
}

export interface TeamMemberTable {
	team_id: string;
	user_id: string;
	role: TeamRole;
	joined_at: string;
}

/** Somebody whom an owner took out: links made before that no longer let them in. */
export interface TeamRemovalTable {
	team_id: string;
	user_id: string;
	removed_at: string;
}

export type Team = Selectable<TeamTable>;
export type NewTeam = Insertable<TeamTable>;
export type TeamMember = Selectable<TeamMemberTable>;
export type NewTeamMember = Insertable<TeamMemberTable>;
