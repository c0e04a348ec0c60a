/** The rows of a room's record that the report of a workshop is made of. */
import type { ReportRow } from '#report/period.ts';
import type { Database } from '../database/database.ts';
import { eventOf } from '../history/history.repository.ts';
import type { HistoryRow } from '../history/history.table.ts';

/** Oldest first, from the last whole board before the opening to the closing, or to the end. */
export async function findReportRows(
	db: Database,
	roomId: string,
	workshopId: string,
	closedAt: string | null
): Promise<ReportRow[]> {
	const { opened, closed } = await findEnds(db, roomId, workshopId);
	const board = await db
		.selectFrom('history')
		.select('seq')
		.where('room_id', '=', roomId)
		.where('kind', '=', 'board')
		.$if(opened !== undefined, (query) => query.where('seq', '<', opened!))
		.orderBy('seq', opened === undefined ? 'asc' : 'desc')
		.limit(1)
		.executeTakeFirst();
	const start = board?.seq ?? opened;
	const rows = await db
		.selectFrom('history')
		.selectAll()
		.where('room_id', '=', roomId)
		.$if(start !== undefined, (query) => query.where('seq', '>=', start!))
		.$if(closed !== undefined, (query) => query.where('seq', '<=', closed!))
		.$if(closed === undefined && closedAt !== null, (query) => query.where('at', '<=', closedAt!))
		.orderBy('seq')
		.execute();
	return rows.map(rowOf);
}

async function findEnds(
	db: Database,
	roomId: string,
	workshopId: string
): Promise<{ opened?: number; closed?: number }> {
	const rows = await db
		.selectFrom('history')
		.selectAll()
		.where('room_id', '=', roomId)
		.where('kind', '=', 'workshop')
		.execute();
	const ends: { opened?: number; closed?: number } = {};
	for (const { seq, event } of rows.map(rowOf)) {
		if (event.kind !== 'workshop' || event.became.workshop !== workshopId) continue;
		ends[event.became.what] = seq;
	}
	return ends;
}

function rowOf(row: HistoryRow): ReportRow {
	const { at, reason, source, formula, value, low, high, word, coverage } = row;
	return {
		// PostgreSQL returns a bigint as text.
		seq: Number(row.seq),
		...{ at, reason, source },
		personId: row.person_id,
		event: eventOf(row),
		reading: { formula, value, low, high, word, coverage }
	};
}
