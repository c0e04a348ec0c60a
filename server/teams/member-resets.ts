/**
 * Helping a member to a new password, where no mail is sent: an owner hands them a link by word or
 * message. Whoever holds that link can become that member, so it is made only where an owner gains
 * nothing by it: for somebody who is in no team and no room that the owner does not own as well.
 */
import { record } from '../audit/audit.repository.ts';
import { createResetLink } from '../auth/password-resets.ts';
import { findUser } from '../auth/user.repository.ts';
import type { Database } from '../database/database.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import { enterTeam } from './enter-team.ts';
import { findTeamRole } from './team-member.repository.ts';

/**
 * Makes the link, and ends older ones; it is the path to put after the server's address. Throws
 * `Refusal`: what `enterTeam` throws, `no-such-member`, `reset-own`, or `reset-elsewhere`.
 */
export async function createMemberReset(
	db: Database,
	asker: Person | null,
	{ teamId, userId, at }: { teamId: string; userId: string; at: Date }
): Promise<{ path: string; expires: Date }> {
	const { person: owner } = await enterTeam(db, asker, teamId, 'team.manage');
	if (owner.id === userId) throw new Refusal('reset-own');
	if ((await findTeamRole(db, teamId, userId)) === null) throw new Refusal('no-such-member');
	if (await isElsewhere(db, userId, owner.id)) throw new Refusal('reset-elsewhere');
	const { path, expires } = await createResetLink(db, userId, at);
	const to = await findUser(db, userId);
	await record(db, { kind: 'account.reset-link', at, by: owner, to, teamId });
	return { path, expires };
}

/** Whether somebody is in a team or room that `ownerId` does not own. */
async function isElsewhere(db: Database, userId: string, ownerId: string): Promise<boolean> {
	const owned = db
		.selectFrom('team_members')
		.select('team_id')
		.where('user_id', '=', ownerId)
		.where('role', '=', 'owner');
	const team = await db
		.selectFrom('team_members')
		.select('team_id')
		.where('user_id', '=', userId)
		.where('team_id', 'not in', owned)
		.executeTakeFirst();
	if (team !== undefined) return true;
	const room = await db
		.selectFrom('members')
		.innerJoin('rooms', 'rooms.id', 'members.room_id')
		.leftJoin('members as own', (join) =>
			join
				.onRef('own.room_id', '=', 'rooms.id')
				.on('own.person_id', '=', ownerId)
				.on('own.role', '=', 'owner')
		)
		.select('rooms.id')
		.where('members.person_id', '=', userId)
		.where('own.role', 'is', null)
		.where((eb) => eb.or([eb('rooms.team_id', 'is', null), eb('rooms.team_id', 'not in', owned)]))
		.executeTakeFirst();
	return room !== undefined;
}
