/**
 * Invitations to a team: a link with 256 random bits, kept as a hash, that works for a week or until
 * it is taken back. One that makes an owner works for one person. Links that are no invitation are
 * limited by network address; nobody guesses one anyhow, so that is against load alone.
 */
import { addressKey } from '../client-address.ts';
import { record } from '../audit/audit.repository.ts';
import type { Database } from '../database/database.ts';
import { createLimiter, giveBack, take } from '../limits.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import { randomId } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import { createToken, hashToken } from '../secret-token.ts';
import type { Caller, Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import { enterTeam, requireUser } from './enter-team.ts';
import type { TeamInvite } from './team-invite.table.ts';
import {
	countUse,
	findInvite,
	findOpenInvites,
	insertInvite,
	isUsedUp,
	revokeInvite
} from './team-invite.repository.ts';
import {
	countTeamMembers,
	countTeamsOf,
	findRemoval,
	findTeamMembers,
	findTeamRole,
	insertTeamMember,
	letBackIn
} from './team-member.repository.ts';
import { readTeamRole } from './team-people.ts';
import { findTeam, lockTeam } from './team.repository.ts';
import { TEAMS_MAX } from './teams.ts';

export const INVITE_DAYS = 7;
/** Open invitations of one team. */
export const INVITES_MAX = 50;
export const MEMBERS_MAX = 500;

const DAY_MS = 24 * 60 * 60 * 1000;
const WRONG_LINKS = { points: 60, seconds: 15 * 60 };

export interface InviteItem {
	/** Names it, and opens nothing. */
	id: string;
	role: TeamRole;
	/** Name of who made it; null for somebody who is no longer in the team. */
	by: string | null;
	createdAt: string;
	expiresAt: string;
	uses: number;
}

export interface Invitation {
	team: { id: string; name: string };
	role: TeamRole;
	/** The asker is in the team already. */
	isMember: boolean;
}

/** Everything here throws `Refusal`. */
export interface TeamInvites {
	/** The open ones, the newest first. */
	list(person: Person | null, teamId: string): Promise<InviteItem[]>;
	/** Makes one. Its token goes out here and never again. */
	create(person: Person | null, teamId: string, role: string): Promise<{ token: string }>;
	revoke(person: Person | null, teamId: string, inviteId: string): Promise<void>;
	/** What a link opens, for whoever has it. */
	look(caller: Caller, token: string): Promise<Invitation>;
	/** Lets somebody signed in join by a link. Answers the team's id. */
	accept(caller: Caller, token: string): Promise<string>;
}

export function createTeamInvites(db: Database, now: () => Date): TeamInvites {
	const wrongLinks = createLimiter(WRONG_LINKS);

	/** Also one that is over. Throws `no-such-invite`. */
	async function findAny(address: string, token: string): Promise<TeamInvite> {
		const key = addressKey(address);
		await take(wrongLinks, key);
		const hash = hashToken(token);
		const invite = hash === null ? undefined : await findInvite(db, hash);
		if (invite === undefined) throw new Refusal('no-such-invite');
		await giveBack(wrongLinks, key);
		return invite;
	}

	return {
		list: (person, teamId) =>
			refusingStorageFailures(async () => {
				await enterTeam(db, person, teamId, 'team.manage');
				const members = await findTeamMembers(db, teamId);
				const names = new Map(members.map(({ id, name }) => [id, name]));
				const invites = await findOpenInvites(db, teamId, now());
				return invites.map(({ id, role, created_by, created_at, expires_at, uses }) => ({
					id,
					role,
					by: names.get(created_by) ?? null,
					createdAt: created_at,
					expiresAt: expires_at,
					uses
				}));
			}),

		create: (person, teamId, given) =>
			refusingStorageFailures(async () => {
				const { team, person: self } = await enterTeam(db, person, teamId, 'team.manage');
				const role = readTeamRole(given);
				const at = now();
				const token = createToken();
				await db.transaction().execute(async (trx) => {
					if (!(await lockTeam(trx, team.id))) throw new Refusal('no-such-team');
					const open = await findOpenInvites(trx, team.id, at);
					if (open.length >= INVITES_MAX) throw new Refusal('too-many-invites');
					await insertInvite(trx, {
						id: randomId(),
						team_id: team.id,
						token_hash: hashToken(token) ?? '',
						role,
						created_by: self.id,
						created_at: at.toISOString(),
						expires_at: new Date(at.getTime() + INVITE_DAYS * DAY_MS).toISOString()
					});
					await record(trx, { kind: 'door.opened', at, by: self, teamId: team.id, role });
				});
				return { token };
			}),

		revoke: (person, teamId, inviteId) =>
			refusingStorageFailures(async () => {
				const { person: self } = await enterTeam(db, person, teamId, 'team.manage');
				const at = now();
				await db.transaction().execute(async (trx) => {
					const role = await revokeInvite(trx, teamId, inviteId, at);
					if (role !== null) {
						await record(trx, { kind: 'door.closed', at, by: self, teamId, role });
					}
				});
			}),

		look: ({ person, address }, token) =>
			refusingStorageFailures(async () => {
				const invite = await findAny(address, token);
				const team = await findTeam(db, invite.team_id);
				if (team === undefined) throw new Refusal('no-such-invite');
				const isMember = person !== null && (await findTeamRole(db, team.id, person.id)) !== null;
				// To a member it says so, whatever has become of the link.
				if (!isMember) await checkOpen(db, invite, person, now());
				return { team: { id: team.id, name: team.name }, role: invite.role, isMember };
			}),

		accept: ({ person, address }, token) =>
			refusingStorageFailures(async () => {
				const user = requireUser(person);
				const { id, token_hash, team_id } = await findAny(address, token);
				const at = now();
				await db.transaction().execute(async (trx) => {
					if (!(await lockTeam(trx, team_id))) throw new Refusal('no-such-invite');
					if ((await findTeamRole(trx, team_id, user.id)) !== null) {
						throw new Refusal('already-in-team');
					}
					const invite = await findInvite(trx, token_hash);
					if (invite === undefined) throw new Refusal('no-such-invite');
					await checkOpen(trx, invite, user, at);
					const { members } = await countTeamMembers(trx, team_id);
					if (members >= MEMBERS_MAX) throw new Refusal('team-full');
					if ((await countTeamsOf(trx, user.id)) >= TEAMS_MAX) throw new Refusal('too-many-teams');
					await insertTeamMember(trx, {
						team_id,
						user_id: user.id,
						role: invite.role,
						joined_at: at.toISOString()
					});
					await letBackIn(trx, team_id, user.id);
					await countUse(trx, id);
					const { role } = invite;
					await record(trx, { kind: 'person.joined', at, by: user, teamId: team_id, role });
				});
				return team_id;
			})
	};
}

/** Throws why it does not let `person` in at `at`. */
async function checkOpen(
	db: Database,
	invite: TeamInvite,
	person: Person | null,
	at: Date
): Promise<void> {
	if (invite.revoked_at !== null) throw new Refusal('invite-revoked');
	if (isUsedUp(invite)) throw new Refusal('invite-used');
	if (invite.expires_at <= at.toISOString()) throw new Refusal('invite-expired');
	const removed = person === null ? undefined : await findRemoval(db, invite.team_id, person.id);
	if (removed !== undefined && removed >= invite.created_at) throw new Refusal('invite-revoked');
}
