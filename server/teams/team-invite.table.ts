import type { Generated, Insertable, Selectable } from 'kysely';
import type { TeamRole } from '../policy/team-policy.ts';

/** A link that lets people into a team. Its token went out once; here is its SHA-256. */
export interface TeamInviteTable {
	/** Names it, and opens nothing. */
	id: string;
	team_id: string;
	token_hash: string;
	/** The role it gives. One that makes an owner works once. */
	role: TeamRole;
	/** User id. */
	created_by: string;
	created_at: string;
	expires_at: string;
	revoked_at: Generated<string | null>;
	/** How many people have come by it. */
	uses: Generated<number>;
}

export type TeamInvite = Selectable<TeamInviteTable>;
export type NewTeamInvite = Insertable<TeamInviteTable>;
