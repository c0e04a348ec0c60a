/** The record as it is stored: rows are only added, and go with their room. */
import { sql } from 'kysely';
import type { Board } from '#board/board.ts';
import { reading, type Reading } from '#barometer/reading.ts';
import type { HistoryEvent } from '#history/board-event.ts';
import { recordedBoard } from '#history/recorded-board.ts';
import type { Database } from '../database/database.ts';
import type { HistoryRow, NewHistoryRow } from './history.table.ts';

/** An event with who did it, when, and the reading after it. */
export interface Recorded {
	event: HistoryEvent;
	/** Null for the server. */
	personId: string | null;
	at: Date;
	reading: Pick<Reading, 'formula' | 'value' | 'low' | 'high' | 'word' | 'coverage'>;
}

/** SQLite takes 32,766 parameters a statement; a row has thirteen. */
const ROWS_PER_INSERT = 1_000;

export function historyRow(roomId: string, recorded: Recorded): NewHistoryRow {
	const { event, personId, at } = recorded;
	const { formula, value, low, high, word, coverage } = recorded.reading;
	return {
		room_id: roomId,
		at: at.toISOString(),
		person_id: personId,
		kind: event.kind,
		subject_id: event.subject,
		was: event.was === null ? null : JSON.stringify(event.was),
		became: event.became === null ? null : JSON.stringify(event.became),
		formula,
		value,
		low,
		high,
		word,
		coverage
	};
}

/** What a record begins with, and begins anew with when its board was changed past it. */
export function boardAsFound(board: Board, at: Date): Recorded {
	return {
		event: { kind: 'board', subject: null, was: null, became: recordedBoard(board) },
		personId: null,
		at,
		reading: reading(board, at)
	};
}

/** Adds rows in order: in the transaction of what they tell of, so that neither is without the other. */
export async function insertHistory(trx: Database, rows: readonly NewHistoryRow[]): Promise<void> {
	for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
		await trx
			.insertInto('history')
			.values(rows.slice(start, start + ROWS_PER_INSERT))
			.execute();
	}
}

/** The event of a row. What a row holds is what `historyRow` wrote. */
export function eventOf({
	kind,
	subject_id,
	was,
	became
}: Pick<HistoryRow, 'kind' | 'subject_id' | 'was' | 'became'>): HistoryEvent {
	const parsed = (json: string | null): unknown => (json === null ? null : JSON.parse(json));
	return {
		kind,
		subject: subject_id,
		was: parsed(was),
		became: parsed(became)
	} as HistoryEvent;
}

/** Whether the record of a room has begun: what is in it folds to the room's board then. */
export async function hasRecord(db: Database, roomId: string): Promise<boolean> {
	const row = await db
		.selectFrom('history')
		.select('seq')
		.where('room_id', '=', roomId)
		.where('kind', '=', 'board')
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** The newest first; PostgreSQL's numbers, which come as texts, made numbers. */
export async function findRows(
	db: Database,
	roomId: string,
	{ before, limit }: { before?: number | undefined; limit: number }
): Promise<HistoryRow[]> {
	let rows = db.selectFrom('history').selectAll().where('room_id', '=', roomId);
	if (before !== undefined) rows = rows.where('seq', '<', before);
	const found = await rows.orderBy('seq', 'desc').limit(limit).execute();
	return found.map((row) => ({ ...row, seq: Number(row.seq) }));
}

/** All that a room's board is folded from, oldest first; only what is not after `upTo`. */
export async function findEvents(
	db: Database,
	roomId: string,
	upTo?: number
): Promise<HistoryEvent[]> {
	const rows = await db
		.selectFrom('history')
		.select(['kind', 'subject_id', 'was', 'became'])
		.where('room_id', '=', roomId)
		.$if(upTo !== undefined, (query) => query.where('seq', '<=', upTo!))
		.orderBy('seq')
		.execute();
	return rows.map(eventOf);
}

/** A guest becomes a user: what they did is the user's from then on. */
export async function reassignHistory(db: Database, fromId: string, toId: string): Promise<void> {
	await db
		.updateTable('history')
		.set({ person_id: toId })
		.where('person_id', '=', fromId)
		.execute();
}

/** Unties rows from people who are no more, whoever erased them and how. */
export async function forgetGone(db: Database): Promise<void> {
	await db
		.updateTable('history')
		.set({ person_id: null })
		.where('person_id', 'is not', null)
		.where(({ not, exists, or, selectFrom }) =>
			not(
				or([
					exists(
						selectFrom('users')
							.select(sql`1`.as('one'))
							.whereRef('users.id', '=', 'history.person_id')
					),
					exists(
						selectFrom('guests')
							.select(sql`1`.as('one'))
							.whereRef('guests.id', '=', 'history.person_id')
					)
				])
			)
		)
		.execute();
}
