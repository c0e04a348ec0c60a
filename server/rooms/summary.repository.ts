import { sql } from 'kysely';
import type { Board } from '#board/board.ts';
import type { Reading } from '#barometer/reading.ts';
import type { Database } from '../database/database.ts';
import type { NewRoomSummary, RoomDay } from './summary.table.ts';

/** SQLite takes 32,766 parameters a statement. */
const IDS_PER_SELECT = 1_000;

/** What is kept of a board and its reading; `seq` is the last update known to be in it. */
export function summaryOf(
	roomId: string,
	board: Pick<Board, 'title'>,
	{ formula, value, low, high, word }: Reading,
	{ seq, changedAt }: { seq: number; changedAt: string }
): NewRoomSummary {
	const { title } = board;
	return { room_id: roomId, seq, changed_at: changedAt, title, formula, value, low, high, word };
}

/**
 * Keeps a summary, and its reading as that of its day; within the caller's transaction. An older one
 * than is kept changes nothing.
 */
export async function saveSummary(trx: Database, summary: NewRoomSummary): Promise<void> {
	const { room_id, seq, changed_at, formula, value } = summary;
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('room_summaries')
		.values(summary)
		.onConflict((conflict) =>
			conflict.column('room_id').doUpdateSet(summary).where('room_summaries.seq', '<=', seq)
		)
		.executeTakeFirstOrThrow();
	if (numInsertedOrUpdatedRows !== 1n) return;
	await trx
		.insertInto('room_days')
		.values({ room_id, day: changed_at.slice(0, 10), formula, value })
		.onConflict((conflict) => conflict.columns(['room_id', 'day']).doUpdateSet({ formula, value }))
		.execute();
}

/** The last stored update of a room, 0 when there is none. */
export async function storedSeq(db: Database, roomId: string): Promise<number> {
	const row = await db
		.selectFrom('rooms')
		.select(newestSeq.as('seq'))
		.where('id', '=', roomId)
		.executeTakeFirst();
	return Number(row?.seq ?? 0);
}

/** Rooms that were changed after their summary was made, and rooms that never had one. */
export async function findStale(
	db: Database
): Promise<{ roomId: string; created: string; isNew: boolean }[]> {
	const rows = await db
		.selectFrom('rooms')
		.leftJoin('room_summaries', 'room_summaries.room_id', 'rooms.id')
		.select(['rooms.id', 'rooms.created_at', 'room_summaries.seq'])
		.where(newestSeq, '>', sql<number>`coalesce(room_summaries.seq, 0)`)
		.execute();
	return rows.map(({ id, created_at, seq }) => ({
		roomId: id,
		created: created_at,
		isNew: seq === null
	}));
}

const newestSeq = sql<number>`coalesce(
	(select max(seq) from updates where updates.room_id = rooms.id),
	(select max(seq) from snapshots where snapshots.room_id = rooms.id),
	0
)`;

/** The days of these rooms since `day`, in order. */
export async function findDays(
	db: Database,
	roomIds: readonly string[],
	day: string
): Promise<RoomDay[]> {
	const days: RoomDay[] = [];
	for (let start = 0; start < roomIds.length; start += IDS_PER_SELECT) {
		days.push(
			...(await db
				.selectFrom('room_days')
				.selectAll()
				.where('room_id', 'in', roomIds.slice(start, start + IDS_PER_SELECT))
				.where('day', '>=', day)
				.orderBy('day')
				.execute())
		);
	}
	return days;
}
