import type { Insertable, Selectable } from 'kysely';

/** The newest two compacted states of a room; the log goes on from the older one's `seq + 1`. */
export interface SnapshotTable {
	room_id: string;
	/** The last update that it contains. */
	seq: number;
	/** The whole document as one Yjs update, encoding V1. */
	data: Uint8Array;
	/** CRC-32 of `data`. PostgreSQL returns a bigint as text: read it with `Number`. */
	checksum: number;
	created_at: string;
}

export type StoredSnapshot = Selectable<SnapshotTable>;
export type NewSnapshot = Insertable<SnapshotTable>;
