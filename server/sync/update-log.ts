/**
 * What is stored of a room: its newest two snapshots and the updates after the older one. Loading
 * takes the newest and what follows it; the rest is the spare from which a damaged room is restored
 * (`repair.ts`). Every blob carries its CRC-32, which is verified on reading. Functions take `db` or
 * a transaction first.
 *
 *   snapshot N-1 | update ... update | snapshot N | update ...
 *   `----------- spare -----------´   `------ loaded ------´
 */
import { crc32 } from 'node:zlib';
import { sql } from 'kysely';
import type { Database } from '../database/database.ts';
import type { NewUpdate } from './update.table.ts';

/** The stored bytes of one room are not what was written. Only that room cannot be served. */
export class CorruptRoom extends Error {
	override readonly name = 'CorruptRoom';
	readonly roomId: string;

	constructor(roomId: string, what: string) {
		super(`room ${roomId}: ${what}`);
		this.roomId = roomId;
	}
}

export interface LogEntry {
	roomId: string;
	seq: number;
	data: Uint8Array;
}

export interface StoredRoom {
	/** Empty when nothing is stored; apply in this order. */
	updates: Uint8Array[];
	/** The last stored update, 0 when there is none. */
	seq: number;
	/** Rows and bytes in the log after the snapshot. */
	logUpdates: number;
	logBytes: number;
	/** Of snapshot and log together. */
	bytes: number;
}

/** SQLite takes 32,766 parameters a statement, PostgreSQL 65,535; a row has four. */
const ROWS_PER_INSERT = 1_000;

/**
 * Appends in order, all or nothing: one statement is a transaction of its own, and cheaper than one
 * with a beginning and an end.
 */
export async function appendUpdates(db: Database, entries: readonly LogEntry[]): Promise<void> {
	if (entries.length > ROWS_PER_INSERT && !db.isTransaction) {
		return db.transaction().execute((trx) => appendUpdates(trx, entries));
	}
	for (let start = 0; start < entries.length; start += ROWS_PER_INSERT) {
		const rows = entries
			.slice(start, start + ROWS_PER_INSERT)
			.map(({ roomId, seq, data }): NewUpdate => ({
				room_id: roomId,
				seq,
				data,
				checksum: crc32(data)
			}));
		await db.insertInto('updates').values(rows).execute();
	}
}

/** A new room's template, stored in the transaction that makes the room. */
export async function storeFirstUpdate(
	trx: Database,
	roomId: string,
	update: Uint8Array
): Promise<void> {
	await appendUpdates(trx, [{ roomId, seq: 1, data: update }]);
}

/**
 * Throws `CorruptRoom`. It is one statement, which sees one state of the database: between two, a
 * compaction could trim rows after the snapshot that was read. Blobs of the spare are not read.
 */
export async function loadRoom(db: Database, roomId: string): Promise<StoredRoom> {
	const blobs = await db
		.selectFrom('snapshots')
		.select(['seq', 'data', 'checksum', sql<string>`'snapshot'`.as('kind')])
		.where('room_id', '=', roomId)
		.where('seq', '=', newestSnapshot(roomId))
		.unionAll(
			db
				.selectFrom('updates')
				.select(['seq', 'data', 'checksum', sql<string>`'update'`.as('kind')])
				.where('room_id', '=', roomId)
				.where('seq', '>', newestSnapshot(roomId))
		)
		.execute();
	blobs.sort((one, other) => one.seq - other.seq);

	const room: StoredRoom = { updates: [], seq: 0, logUpdates: 0, logBytes: 0, bytes: 0 };
	for (const { kind, seq, data, checksum } of blobs) {
		if (kind === 'update' && seq !== room.seq + 1) {
			throw new CorruptRoom(roomId, `update ${room.seq + 1} missing`);
		}
		if (!isWhole({ data, checksum })) {
			throw new CorruptRoom(roomId, `${kind} ${seq} fails its checksum`);
		}
		room.updates.push(data);
		room.seq = seq;
		room.bytes += data.byteLength;
		if (kind === 'snapshot') continue;
		room.logUpdates += 1;
		room.logBytes += data.byteLength;
	}
	return room;
}

/**
 * Adds a snapshot that contains every update up to `seq`. What the newest two do not need goes:
 * older snapshots, and the updates up to the older of the two. So the first one trims nothing, and
 * an older one than both changes nothing.
 */
export async function writeSnapshot(db: Database, entry: LogEntry, now?: Date): Promise<void> {
	await db.transaction().execute((trx) => addSnapshot(trx, entry, now));
}

/** The same within the caller's transaction. */
export async function addSnapshot(
	trx: Database,
	{ roomId, seq, data }: LogEntry,
	now = new Date()
): Promise<void> {
	await trx
		.insertInto('snapshots')
		.values({
			room_id: roomId,
			seq,
			data,
			checksum: crc32(data),
			created_at: now.toISOString()
		})
		.onConflict((conflict) => conflict.columns(['room_id', 'seq']).doNothing())
		.execute();
	const older = await trx
		.selectFrom('snapshots')
		.select('seq')
		.where('room_id', '=', roomId)
		.orderBy('seq', 'desc')
		.offset(1)
		.limit(1)
		.executeTakeFirst();
	if (older === undefined) return;
	await trx
		.deleteFrom('snapshots')
		.where('room_id', '=', roomId)
		.where('seq', '<', older.seq)
		.execute();
	await trx
		.deleteFrom('updates')
		.where('room_id', '=', roomId)
		.where('seq', '<=', older.seq)
		.execute();
}

/** Whether the bytes are those that were written. PostgreSQL returns the checksum as text. */
export function isWhole(stored: { data: Uint8Array; checksum: number | string }): boolean {
	return crc32(stored.data) === Number(stored.checksum);
}

/** Its `seq`, or 0. */
function newestSnapshot(roomId: string) {
	return sql<number>`coalesce((select max(seq) from snapshots where room_id = ${roomId}), 0)`;
}
