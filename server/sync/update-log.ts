/**
 * What is stored of a room: its newest snapshot and the updates after it. Every blob carries its
 * CRC-32, which is verified on reading. Functions take `db` or a transaction first.
 */
import { crc32 } from 'node:zlib';
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

/** Appends in order. All or nothing only within the caller's transaction. */
export async function appendUpdates(db: Database, entries: readonly LogEntry[]): Promise<void> {
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
 * Throws `CorruptRoom`. The log is read before the snapshot, so that a compaction in between
 * leaves no hole: what it trimmed is in the snapshot that is read after it.
 */
export async function loadRoom(db: Database, roomId: string): Promise<StoredRoom> {
	const rows = await db
		.selectFrom('updates')
		.select(['seq', 'data', 'checksum'])
		.where('room_id', '=', roomId)
		.orderBy('seq')
		.execute();
	const snapshot = await db
		.selectFrom('snapshots')
		.select(['seq', 'data', 'checksum'])
		.where('room_id', '=', roomId)
		.executeTakeFirst();

	const room: StoredRoom = { updates: [], seq: 0, logUpdates: 0, logBytes: 0, bytes: 0 };
	if (snapshot !== undefined) {
		verify(roomId, 'snapshot', snapshot);
		room.updates.push(snapshot.data);
		room.seq = snapshot.seq;
	}
	for (const row of rows) {
		if (row.seq <= room.seq) continue;
		if (row.seq !== room.seq + 1) throw new CorruptRoom(roomId, `update ${room.seq + 1} missing`);
		verify(roomId, `update ${row.seq}`, row);
		room.updates.push(row.data);
		room.seq = row.seq;
		room.logUpdates += 1;
		room.logBytes += row.data.byteLength;
	}
	room.bytes = room.logBytes + (snapshot?.data.byteLength ?? 0);
	return room;
}

/**
 * Replaces the snapshot by one that contains every update up to `seq`, and trims those. A newer
 * snapshot stays.
 */
export async function writeSnapshot(
	db: Database,
	{ roomId, seq, data }: LogEntry,
	now = new Date()
): Promise<void> {
	const values = { seq, data, checksum: crc32(data), created_at: now.toISOString() };
	await db.transaction().execute(async (trx) => {
		await trx
			.insertInto('snapshots')
			.values({ room_id: roomId, ...values })
			.onConflict((conflict) =>
				conflict.column('room_id').doUpdateSet(values).where('snapshots.seq', '<', seq)
			)
			.execute();
		await trx.deleteFrom('updates').where('room_id', '=', roomId).where('seq', '<=', seq).execute();
	});
}

/** PostgreSQL returns the checksum, a bigint, as text. */
function verify(
	roomId: string,
	what: string,
	stored: { data: Uint8Array; checksum: number | string }
): void {
	if (crc32(stored.data) === Number(stored.checksum)) return;
	throw new CorruptRoom(roomId, `${what} fails its checksum`);
}
