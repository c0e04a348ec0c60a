/**
 * What is done to a room as a whole: its title, what its team's members are in it, putting it aside,
 * the trash, and copies of it. Who may is the policy's to say, by `enter`.
 */
import { setBoardTitle } from '#board/board-details.ts';
import { copyBoard } from '#board/copy-board.ts';
import { readBoard } from '#board/read-board.ts';
import type { Role } from '#sync/people.ts';
import { record } from '../audit/audit.repository.ts';
import { admit } from '../auth/guests.ts';
import type { Database } from '../database/database.ts';
import { inTime } from '../in-time.ts';
import { may } from '../policy/room-policy.ts';
import { Refusal } from '../refusal.ts';
import type { Caller, Entry, Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { findTeamRole } from '../teams/team-member.repository.ts';
import { findTeam } from '../teams/team.repository.ts';
import { enter } from './access.ts';
import { storeRoom, type TeamHome } from './create-room.ts';
import type { Reassess } from './reassess.ts';
import { updateRoom } from './room.repository.ts';
import { readTitle } from './room-title.ts';
import type { Summaries } from './summaries.ts';
import { findTrashed, moveToTrash, restoreFromTrash, type TrashedRoom } from './trash.ts';

/** What a team's members can be in its rooms. */
export const TEAM_ROLES_IN_ROOM = ['editor', 'viewer'] as const satisfies Role[];

export interface RoomSettings {
	id: string;
	/** May be empty. */
	title: string;
	role: Role;
	/** Null for a room of one's own, and for those who are not in its team. */
	team: { id: string; name: string } | null;
	/** What the team's members are in it. */
	teamRole: Role;
	isArchived: boolean;
	may: { rename: boolean; archive: boolean; govern: boolean; audit: boolean };
}

/** Everything here throws `Refusal`. */
export interface RoomKeeping {
	settings(person: Person | null, id: string): Promise<RoomSettings>;
	/** The title lives in the document: live people see the new one at once. */
	rename(person: Person | null, id: string, title: string): Promise<void>;
	/** What the team's members are in a team's room, unless they have a role of their own. */
	setTeamRole(person: Person | null, id: string, role: string): Promise<void>;
	archive(person: Person | null, id: string): Promise<void>;
	unarchive(person: Person | null, id: string): Promise<void>;
	/** Whoever is in it is cut off. */
	trash(person: Person | null, id: string): Promise<void>;
	restore(person: Person | null, id: string): Promise<void>;
	/** Null for a room that is not in the trash, and for those who are none of its people. */
	findTrashed(person: Person | null, id: string): Promise<TrashedRoom | null>;
	/** Copies the board as it stands into a new room, of a team or (`team` '') of one's own. */
	duplicate(
		caller: Caller,
		id: string,
		input: { title: string; team: string }
	): Promise<Entry & { code: string }>;
}

export interface KeepingParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'read' | 'edit' | 'disconnectAll'>;
	reassess: Reassess;
	summaries: Pick<Summaries, 'refresh'>;
	now(): Date;
	/** Counts the making of a room; gives back when it fails. */
	limited<T>(caller: Caller, make: () => Promise<T>): Promise<T>;
}

export function createRoomKeeping({
	db,
	liveRooms,
	reassess,
	summaries,
	now,
	limited
}: KeepingParts): RoomKeeping {
	const setArchived = (person: Person | null, id: string, isArchived: boolean) =>
		refusingStorageFailures(async () => {
			const at = now();
			const { room, person: by } = await enter(db, person, id, at, 'room.archive');
			if ((room.archived_at !== null) === isArchived) return;
			await db.transaction().execute(async (trx) => {
				await updateRoom(trx, room.id, { archived_at: isArchived ? at.toISOString() : null });
				const kind = isArchived ? 'room.archived' : 'room.unarchived';
				await record(trx, { kind, at, by, roomId: room.id });
			});
		});

	return {
		settings: (person, id) =>
			refusingStorageFailures(async () => {
				const { room, person: self } = await enter(db, person, id, now());
				const { title } = await liveRooms.read(room.id, readBoard);
				return {
					id: room.id,
					title,
					role: self.role,
					team: await teamFor(db, room.team_id, self.id),
					teamRole: room.team_role,
					isArchived: room.archived_at !== null,
					may: {
						rename: may(self.role, 'board.edit'),
						archive: may(self.role, 'room.archive'),
						govern: may(self.role, 'room.govern'),
						audit: may(self.role, 'audit.read')
					}
				};
			}),

		rename: (person, id, given) =>
			refusingStorageFailures(async () => {
				const { room, person: by } = await enter(db, person, id, now(), 'board.edit');
				const title = readTitle(given);
				if (title === undefined) throw new Refusal('title-missing');
				await inTime(liveRooms.edit(room.id, (doc) => setBoardTitle(doc, title)));
				await summaries.refresh(room.id);
				await record(db, { kind: 'room.renamed', at: now(), by, roomId: room.id });
			}),

		setTeamRole: (person, id, given) =>
			refusingStorageFailures(async () => {
				const { room, person: by } = await enter(db, person, id, now(), 'room.govern');
				const role = TEAM_ROLES_IN_ROOM.find((each) => each === given);
				if (role === undefined) throw new Refusal('unknown-role');
				const was = room.team_role;
				await db.transaction().execute(async (trx) => {
					await updateRoom(trx, room.id, { team_role: role });
					const told = { at: now(), by, roomId: room.id };
					await record(trx, { ...told, kind: 'room.default-role', role, was });
				});
				await reassess({ room: room.id });
			}),

		archive: (person, id) => setArchived(person, id, true),
		unarchive: (person, id) => setArchived(person, id, false),
		trash: (person, id) =>
			refusingStorageFailures(() => moveToTrash({ db, liveRooms, reassess }, person, id, now())),
		restore: (person, id) => refusingStorageFailures(() => restoreFromTrash(db, person, id, now())),
		findTrashed: (person, id) => refusingStorageFailures(() => findTrashed(db, person, id, now())),

		duplicate: (caller, id, { title: given, team }) =>
			refusingStorageFailures(async () => {
				const { room } = await enter(db, caller.person, id, now(), 'room.copy');
				const title = readTitle(given);
				const board = await liveRooms.read(room.id, readBoard);
				const document = copyBoard(board, title ?? board.title);
				const home = readHome(team, room.team_id === team ? room.team_role : undefined);
				return limited(caller, () =>
					db.transaction().execute(async (trx) => {
						const maker = await admit(trx, caller.person, undefined, now());
						const at = now();
						const { person: by } = maker;
						await record(trx, { kind: 'room.duplicated', at, by, roomId: room.id });
						return storeRoom(trx, maker, { template: room.template, document, home }, at);
					})
				);
			})
	};
}

/** Where a new room goes: nowhere for '', which is one's own. Throws `unknown-role`. */
export function readHome(team: string, role: string = 'editor'): TeamHome | undefined {
	if (team === '') return undefined;
	const known = TEAM_ROLES_IN_ROOM.find((each) => each === role);
	if (known === undefined) throw new Refusal('unknown-role');
	return { teamId: team, role: known };
}

/** The team of a room as somebody may know it: only those who are in it. */
export async function teamFor(
	db: Database,
	teamId: string | null,
	personId: string
): Promise<{ id: string; name: string } | null> {
	if (teamId === null || (await findTeamRole(db, teamId, personId)) === null) return null;
	const team = await findTeam(db, teamId);
	return team === undefined ? null : { id: team.id, name: team.name };
}
