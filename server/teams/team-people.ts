/**
 * Who is in a team. It always has an owner: the last one cannot leave, be removed or be made a
 * member, also when two owners try at the same moment. Whoever is taken out is out of its rooms at
 * once, the links they made are taken back, and older ones do not bring them back.
 */
import { record } from '../audit/audit.repository.ts';
import { findUser } from '../auth/user.repository.ts';
import type { Database } from '../database/database.ts';
import { TEAM_ROLES, type TeamRole } from '../policy/team-policy.ts';
import { Refusal } from '../refusal.ts';
import type { Reassess } from '../rooms/reassess.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import { enterTeam } from './enter-team.ts';
import { createMemberReset } from './member-resets.ts';
import { revokeInvitesBy } from './team-invite.repository.ts';
import {
	countTeamMembers,
	deleteTeamMember,
	findTeamMembers,
	findTeamRole,
	keepOut,
	setTeamRole
} from './team-member.repository.ts';
import { lockTeam } from './team.repository.ts';

export interface TeamPerson {
	id: string;
	name: string;
	/** Hue in degrees. */
	colour: number;
	/** For owners, and of oneself; null else. */
	email: string | null;
	role: TeamRole;
	joinedAt: string;
	isSelf: boolean;
}

/** Everything here throws `Refusal`; who may is `enterTeam`'s to say. */
export interface TeamPeople {
	/** Owners first, then by name. */
	list(person: Person | null, teamId: string): Promise<TeamPerson[]>;
	changeRole(person: Person | null, teamId: string, userId: string, role: string): Promise<void>;
	remove(person: Person | null, teamId: string, userId: string): Promise<void>;
	leave(person: Person | null, teamId: string): Promise<void>;
	/** A link for a member to set a new password, as `createMemberReset` says; its path. */
	resetLink(person: Person | null, teamId: string, userId: string): Promise<string>;
}

export interface TeamPeopleParts {
	db: Database;
	reassess: Reassess;
	now: () => Date;
}

export function createTeamPeople({ db, reassess, now }: TeamPeopleParts): TeamPeople {
	/** Changes what a member is; `to` null takes them out, or they leave by themselves. */
	async function change(
		actor: Person,
		teamId: string,
		userId: string,
		to: TeamRole | null
	): Promise<void> {
		const isRemoval = to === null && actor.id !== userId;
		const at = now();
		await db.transaction().execute(async (trx) => {
			if (!(await lockTeam(trx, teamId))) throw new Refusal('no-such-team');
			const from = await findTeamRole(trx, teamId, userId);
			if (from === null) throw new Refusal('no-such-member');
			const { owners } = await countTeamMembers(trx, teamId);
			if (from === 'owner' && to !== 'owner' && owners === 1) throw new Refusal('last-owner');
			if (to === null) await deleteTeamMember(trx, teamId, userId);
			else await setTeamRole(trx, teamId, userId, to);
			if (to !== 'owner') await revokeInvitesBy(trx, teamId, userId, at);
			if (isRemoval) await keepOut(trx, teamId, userId, at);
			const kind =
				to !== null ? 'person.role-changed' : isRemoval ? 'person.removed' : 'person.left';
			const user = await findUser(trx, userId);
			await record(trx, { kind, at, by: actor, to: user, teamId, role: to, was: from });
		});
		await reassess({ person: userId });
	}

	return {
		list: (person, teamId) =>
			refusingStorageFailures(async () => {
				const { role, person: self } = await enterTeam(db, person, teamId, 'team.read');
				const members = await findTeamMembers(db, teamId);
				return members.map(({ email, ...member }) => {
					const isSelf = member.id === self.id;
					return { ...member, isSelf, email: isSelf || role === 'owner' ? email : null };
				});
			}),

		changeRole: (person, teamId, userId, given) =>
			refusingStorageFailures(async () => {
				const { person: self } = await enterTeam(db, person, teamId, 'team.manage');
				await change(self, teamId, userId, readTeamRole(given));
			}),

		remove: (person, teamId, userId) =>
			refusingStorageFailures(async () => {
				const { person: self } = await enterTeam(db, person, teamId, 'team.manage');
				await change(self, teamId, userId, null);
			}),

		leave: (person, teamId) =>
			refusingStorageFailures(async () => {
				const { person: self } = await enterTeam(db, person, teamId, 'team.read');
				await change(self, teamId, self.id, null);
			}),

		resetLink: (person, teamId, userId) =>
			refusingStorageFailures(async () => {
				const link = await createMemberReset(db, person, { teamId, userId, at: now() });
				return link.path;
			})
	};
}

/** Throws `unknown-role`. */
export function readTeamRole(given: string): TeamRole {
	const role = TEAM_ROLES.find((each) => each === given);
	if (role === undefined) throw new Refusal('unknown-role');
	return role;
}
