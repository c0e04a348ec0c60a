/**
 * Who took part in a workshop, besides those whom the record names: who is in the room when it is
 * asked, who became a member meanwhile, who answered in a round with names, and who with an account
 * looked at the room last within it. Who came before it, only looked on as a guest and left is not
 * known any more.
 */
import type { Database } from '../database/database.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import type { Round } from '../rounds/round.table.ts';

export interface Participants {
	/** Ids. */
	present: string[];
	/** Ids of those who answered in a round that does not tell who: only to be counted. */
	answered: string[];
}

/** `from` and `to` are ISO times. */
export async function findParticipants(
	{ db, liveRooms }: { db: Database; liveRooms: Pick<LiveRooms, 'people'> },
	roomId: string,
	{ from, to }: { from: string; to: string },
	rounds: readonly Round[]
): Promise<Participants> {
	const joined = await db
		.selectFrom('members')
		.select('person_id')
		.where('room_id', '=', roomId)
		.where('joined_at', '>=', from)
		.where('joined_at', '<=', to)
		.execute();
	const visited = await db
		.selectFrom('room_visits')
		.select('user_id')
		.where('room_id', '=', roomId)
		.where('visited_at', '>=', from)
		.where('visited_at', '<=', to)
		.execute();
	const isTold = ({ named, state }: Round) =>
		named === 1 && (state === 'revealed' || state === 'over');
	return {
		present: [
			...liveRooms.people(roomId).map(({ id }) => id),
			...joined.map(({ person_id }) => person_id),
			...visited.map(({ user_id }) => user_id),
			...(await findAnswerers(db, rounds.filter(isTold)))
		],
		answered: await findAnswerers(
			db,
			rounds.filter((round) => !isTold(round))
		)
	};
}

async function findAnswerers(db: Database, rounds: readonly Round[]): Promise<string[]> {
	if (rounds.length === 0) return [];
	const ids = rounds.map(({ id }) => id);
	const rows = await db
		.selectFrom('placements')
		.select('person_id')
		.distinct()
		.where('round_id', 'in', ids)
		.where('person_id', 'is not', null)
		.execute();
	return rows.flatMap(({ person_id }) => person_id ?? []);
}
