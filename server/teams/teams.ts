/** Teams: people who keep rooms together. Making one, renaming it, and the end of it. */
import { CLOSE } from '#sync/close-codes.ts';
import { record } from '../audit/audit.repository.ts';
import { cleanLine } from '../clean-line.ts';
import type { Database } from '../database/database.ts';
import { createLimiter, giveBack, take } from '../limits.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import { randomId } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import type { Reassess } from '../rooms/reassess.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { enterTeam, requireUser } from './enter-team.ts';
import { countTeamsOf, insertTeamMember } from './team-member.repository.ts';
import { readTeamName } from './team-name.ts';
import { eraseTeam, findTeamsOf, insertTeam, renameTeam } from './team.repository.ts';

/** Teams that one person may be in. */
export const TEAMS_MAX = 50;
const NEW_TEAMS = { points: 20, seconds: 60 * 60 };

export interface TeamItem {
	id: string;
	name: string;
	/** What the asker is in it. */
	role: TeamRole;
}

/** Everything here throws `Refusal`; who may is `enterTeam`'s to say. */
export interface Teams {
	/** The asker's teams, by name; none for a guest. */
	list(person: Person | null): Promise<TeamItem[]>;
	find(person: Person | null, id: string): Promise<TeamItem>;
	/** Makes a team; the asker is its first owner. Answers its id. */
	create(person: Person | null, input: { name: string }): Promise<string>;
	rename(person: Person | null, id: string, input: { name: string }): Promise<void>;
	/** Erases it with its rooms, for somebody who typed its name; live people are cut off. */
	erase(person: Person | null, id: string, input: { name: string }): Promise<void>;
}

export interface TeamsParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'disconnectAll'>;
	reassess: Reassess;
	now: () => Date;
}

export function createTeams({ db, liveRooms, reassess, now }: TeamsParts): Teams {
	const newTeams = createLimiter(NEW_TEAMS);

	return {
		list: (person) =>
			refusingStorageFailures(async () => {
				if (person === null || !person.isUser) return [];
				const teams = await findTeamsOf(db, person.id);
				return teams.map(({ id, name, role }) => ({ id, name, role }));
			}),

		find: (person, id) =>
			refusingStorageFailures(async () => {
				const { team, role } = await enterTeam(db, person, id, 'team.read');
				return { id: team.id, name: team.name, role };
			}),

		create: (person, input) =>
			refusingStorageFailures(async () => {
				const user = requireUser(person);
				const name = readTeamName(input.name);
				if ((await countTeamsOf(db, user.id)) >= TEAMS_MAX) throw new Refusal('too-many-teams');
				await take(newTeams, user.id);
				try {
					return await insertWithOwner(db, name, user, now());
				} catch (error) {
					await giveBack(newTeams, user.id);
					throw error;
				}
			}),

		rename: (person, id, input) =>
			refusingStorageFailures(async () => {
				const { team, person: self } = await enterTeam(db, person, id, 'team.govern');
				const name = readTeamName(input.name);
				await db.transaction().execute(async (trx) => {
					await renameTeam(trx, team.id, name);
					await record(trx, { kind: 'team.renamed', at: now(), by: self, teamId: team.id });
				});
			}),

		erase: (person, id, input) =>
			refusingStorageFailures(async () => {
				const { team, person: self } = await enterTeam(db, person, id, 'team.govern');
				if (cleanLine(input.name) !== team.name) throw new Refusal('wrong-confirmation');
				const rooms = await db.transaction().execute(async (trx) => {
					await record(trx, { kind: 'team.erased', at: now(), by: self, teamId: team.id });
					return eraseTeam(trx, team.id);
				});
				for (const room of rooms) {
					liveRooms.disconnectAll(room, CLOSE.roomGone);
					await reassess({ room });
				}
			})
	};
}

async function insertWithOwner(
	db: Database,
	name: string,
	owner: Person,
	at: Date
): Promise<string> {
	const id = randomId();
	const moment = at.toISOString();
	await db.transaction().execute(async (trx) => {
		await insertTeam(trx, { id, name, created_at: moment });
		await insertTeamMember(trx, {
			team_id: id,
			user_id: owner.id,
			role: 'owner',
			joined_at: moment
		});
		await record(trx, { kind: 'team.created', at, by: owner, teamId: id });
	});
	return id;
}
