/**
 * Lists of rooms, made without loading any document: what each board says comes from its summary,
 * who is in it from the rooms in memory. A list has only rooms that the asker may enter (or, in the
 * trash, could).
 */
import type { Role } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { roleFrom } from './access.ts';
import type { Removal } from './removal.table.ts';
import { findDays } from './summary.repository.ts';
import { erasedAt } from './trash.ts';

/** How far back a trend line goes. */
export const TREND_DAYS = 60;
const DAY_MS = 24 * 60 * 60 * 1000;

export interface TrendPoint {
	/** `YYYY-MM-DD` */
	day: string;
	/** Null on a day that ended without a reading. */
	value: number | null;
}

export interface RoomItem {
	id: string;
	/** May be empty. */
	title: string;
	value: number | null;
	word: string | null;
	/** When the board was changed last; ISO time. */
	changedAt: string;
	/** Null for a room of one's own. */
	team: { id: string; name: string } | null;
	/** What the asker is in it. */
	role: Role;
	archivedAt: string | null;
	/** When a room in the trash is erased; null for others. */
	erasedAt: string | null;
	/** Who is in it now, others than the asker. */
	people: { id: string; name: string; colour: number }[];
	/** In order; readings of days on which the board changed. */
	trend: TrendPoint[];
}

/** A team's rooms, those of one's own that are in no team, or those one has been in. */
export type Scope = { team: string } | 'owned' | 'visited';

/** A room as the database tells of it, without people and trend. */
export type BareItem = Omit<RoomItem, 'people' | 'trend'>;

/** The rooms of a scope as `userId` may see them; newest change first, or newest visit. */
export async function findRooms(
	db: Database,
	userId: string,
	scope: Scope,
	at: Date
): Promise<BareItem[]> {
	let query = db
		.selectFrom('rooms')
		.leftJoin('room_summaries as summary', 'summary.room_id', 'rooms.id')
		.leftJoin('teams', 'teams.id', 'rooms.team_id')
		.leftJoin('members as own', (join) =>
			join.onRef('own.room_id', '=', 'rooms.id').on('own.person_id', '=', userId)
		)
		.leftJoin('removals as removal', (join) =>
			join.onRef('removal.room_id', '=', 'rooms.id').on('removal.person_id', '=', userId)
		)
		.leftJoin('team_members as inTeam', (join) =>
			join.onRef('inTeam.team_id', '=', 'rooms.team_id').on('inTeam.user_id', '=', userId)
		)
		.leftJoin('room_visits as visit', (join) =>
			join.onRef('visit.room_id', '=', 'rooms.id').on('visit.user_id', '=', userId)
		)
		.select(['rooms.id', 'rooms.created_at', 'rooms.team_id', 'rooms.team_role'])
		.select(['rooms.archived_at', 'rooms.trashed_at', 'teams.name as team_name'])
		.select(['summary.title', 'summary.value', 'summary.word', 'summary.changed_at'])
		.select(['own.role as own_role', 'inTeam.role as role_in_team', 'visit.visited_at'])
		.select('removal.reason as removal')
		.where((eb) =>
			eb.or([eb('rooms.expires_at', 'is', null), eb('rooms.expires_at', '>', at.toISOString())])
		);
	// By an index on the person, so that it does not look at everybody's rooms.
	if (scope === 'owned') {
		const owned = db.selectFrom('members').select('room_id');
		query = query
			.where('rooms.team_id', 'is', null)
			.where('rooms.id', 'in', owned.where('person_id', '=', userId).where('role', '=', 'owner'));
	} else if (scope === 'visited') {
		const visited = db.selectFrom('room_visits').select('room_id');
		query = query.where('rooms.id', 'in', visited.where('user_id', '=', userId));
	} else query = query.where('rooms.team_id', '=', scope.team);

	const rows = await query.execute();
	const newest = ({ visited_at, changed_at, created_at }: Row) =>
		scope === 'visited' ? (visited_at ?? '') : (changed_at ?? created_at);
	return rows
		.sort((a, b) => compare(newest(b), newest(a)) || compare(a.id, b.id))
		.flatMap((row) => itemOf(row) ?? []);
}

/** The same items with who is in them and how their reading went. */
export async function completed(
	db: Database,
	liveRooms: Pick<LiveRooms, 'people'>,
	userId: string,
	items: readonly BareItem[],
	at: Date
): Promise<RoomItem[]> {
	const since = new Date(at.getTime() - TREND_DAYS * DAY_MS).toISOString().slice(0, 10);
	const ids = items.map(({ id }) => id);
	const days = Map.groupBy(await findDays(db, ids, since), ({ room_id }) => room_id);
	return items.map((item) => ({
		...item,
		people: liveRooms
			.people(item.id)
			.filter(({ id }) => id !== userId)
			.map(({ id, name, colour }) => ({ id, name, colour })),
		trend: (days.get(item.id) ?? []).map(({ day, value }) => ({ day, value }))
	}));
}

interface Row {
	id: string;
	created_at: string;
	team_id: string | null;
	team_role: Role;
	team_name: string | null;
	archived_at: string | null;
	trashed_at: string | null;
	title: string | null;
	value: number | null;
	word: string | null;
	changed_at: string | null;
	own_role: Role | null;
	role_in_team: TeamRole | null;
	visited_at: string | null;
	removal: Removal['reason'] | null;
}

/** Null for a room that the asker has no role in. */
function itemOf(row: Row): BareItem | null {
	const { id, team_id, team_name, title, value, word, archived_at, trashed_at } = row;
	const { own_role: own, role_in_team: inTeam, removal } = row;
	const role = roleFrom(row, { own, inTeam, removal });
	if (role === null) return null;
	// The name of a team is for those who are in it.
	const isInside = team_id !== null && team_name !== null && row.role_in_team !== null;
	return {
		id,
		title: title ?? '',
		value,
		word,
		changedAt: row.changed_at ?? row.created_at,
		team: isInside ? { id: team_id, name: team_name } : null,
		role,
		archivedAt: archived_at,
		erasedAt: trashed_at === null ? null : erasedAt(trashed_at)
	};
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
