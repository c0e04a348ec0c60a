import type { Database } from '../database/database.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import type { NewTeamInvite, TeamInvite } from './team-invite.table.ts';

export async function insertInvite(db: Database, invite: NewTeamInvite): Promise<void> {
	await db.insertInto('team_invites').values(invite).execute();
}

/** Also one that is over, so that it can be said why. */
export async function findInvite(db: Database, tokenHash: string): Promise<TeamInvite | undefined> {
	return db
		.selectFrom('team_invites')
		.selectAll()
		.where('token_hash', '=', tokenHash)
		.executeTakeFirst();
}

/** Those of a team that let people in at `at`, the newest first. */
export async function findOpenInvites(
	db: Database,
	teamId: string,
	at: Date
): Promise<TeamInvite[]> {
	const rows = await db
		.selectFrom('team_invites')
		.selectAll()
		.where('team_id', '=', teamId)
		.where('revoked_at', 'is', null)
		.where('expires_at', '>', at.toISOString())
		.orderBy('created_at', 'desc')
		.orderBy('id')
		.execute();
	return rows.filter((invite) => !isUsedUp(invite));
}

/** An invitation that makes an owner is for one person. */
export function isUsedUp({ role, uses }: Pick<TeamInvite, 'role' | 'uses'>): boolean {
	return role === 'owner' && uses > 0;
}

export async function countUse(db: Database, id: string): Promise<void> {
	await db
		.updateTable('team_invites')
		.set((eb) => ({ uses: eb('uses', '+', 1) }))
		.where('id', '=', id)
		.execute();
}

/** Answers what it made of people, or null when there was no such open one in this team. */
export async function revokeInvite(
	db: Database,
	teamId: string,
	id: string,
	at: Date
): Promise<TeamRole | null> {
	const revoked = await db
		.updateTable('team_invites')
		.set({ revoked_at: at.toISOString() })
		.where('id', '=', id)
		.where('team_id', '=', teamId)
		.where('revoked_at', 'is', null)
		.returning('role')
		.executeTakeFirst();
	return revoked?.role ?? null;
}

/** Takes back what somebody has made who may not any more. */
export async function revokeInvitesBy(
	db: Database,
	teamId: string,
	userId: string,
	at: Date
): Promise<void> {
	await db
		.updateTable('team_invites')
		.set({ revoked_at: at.toISOString() })
		.where('team_id', '=', teamId)
		.where('created_by', '=', userId)
		.where('revoked_at', 'is', null)
		.execute();
}

/** Erases those that had expired at `before`. */
export async function eraseInvites(db: Database, before: Date): Promise<void> {
	await db.deleteFrom('team_invites').where('expires_at', '<=', before.toISOString()).execute();
}
