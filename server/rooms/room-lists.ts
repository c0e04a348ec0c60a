/** The lists that pages show: a team's rooms, one's own, and the start page of somebody signed in. */
import type { Database } from '../database/database.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { enterTeam, requireUser } from '../teams/enter-team.ts';
import { findInTitles, readQuery } from './find-in-titles.ts';
import { completed, findRooms, type BareItem, type RoomItem } from './room-list.ts';

export interface RoomSection {
	/** The newest of them. */
	rooms: RoomItem[];
	/** How many there are in all. */
	count: number;
}

export interface RoomLists {
	/** What was searched for; '' for everything. */
	query: string;
	active: RoomSection;
	archived: RoomSection;
	trash: RoomSection;
}

export interface HomeLists {
	/** Where the asker was last, of all rooms. */
	recent: RoomSection;
	/** Rooms of the asker's own, in no team. */
	own: RoomSection;
}

/** Everything here throws `Refusal`. */
export interface Lists {
	ofTeam(person: Person | null, teamId: string, query: string): Promise<RoomLists>;
	own(person: Person | null, query: string): Promise<RoomLists>;
	/** Null for somebody without an account. */
	home(person: Person | null): Promise<HomeLists | null>;
}

/** Rooms of a section that are shown. */
export const SECTION_MAX = 100;
const HOME_RECENT_MAX = 6;
const HOME_OWN_MAX = 4;

export function createLists(
	db: Database,
	liveRooms: Pick<LiveRooms, 'people'>,
	now: () => Date
): Lists {
	async function section(userId: string, items: BareItem[], most = SECTION_MAX) {
		const rooms = await completed(db, liveRooms, userId, items.slice(0, most), now());
		return { rooms, count: items.length };
	}

	async function sections(userId: string, all: BareItem[], given: string): Promise<RoomLists> {
		const query = readQuery(given);
		const found = findInTitles(all, query);
		const kept = found.filter(({ erasedAt }) => erasedAt === null);
		return {
			query,
			active: await section(
				userId,
				kept.filter(({ archivedAt }) => archivedAt === null)
			),
			archived: await section(
				userId,
				kept.filter(({ archivedAt }) => archivedAt !== null)
			),
			trash: await section(
				userId,
				found.filter(({ erasedAt }) => erasedAt !== null)
			)
		};
	}

	return {
		ofTeam: (person, teamId, query) =>
			refusingStorageFailures(async () => {
				const { team, person: self } = await enterTeam(db, person, teamId, 'team.read');
				const rooms = await findRooms(db, self.id, { team: team.id }, now());
				return sections(self.id, rooms, query);
			}),

		own: (person, query) =>
			refusingStorageFailures(async () => {
				const { id } = requireUser(person);
				return sections(id, await findRooms(db, id, 'owned', now()), query);
			}),

		home: (person) =>
			refusingStorageFailures(async () => {
				if (person === null || !person.isUser) return null;
				const { id } = person;
				const isActive = (item: BareItem) => item.erasedAt === null && item.archivedAt === null;
				const visited = await findRooms(db, id, 'visited', now());
				const owned = await findRooms(db, id, 'owned', now());
				return {
					recent: await section(
						id,
						visited.filter(({ erasedAt }) => erasedAt === null),
						HOME_RECENT_MAX
					),
					own: await section(id, owned.filter(isActive), HOME_OWN_MAX)
				};
			})
	};
}
