import type { Insertable, Selectable } from 'kysely';

/** The append-only log: what came into a room, in the order in which it was applied. */
export interface UpdateTable {
	room_id: string;
	/** 1, 2, 3, ... within the room; never reused. */
	seq: number;
	/** A Yjs update, encoding V1. */
	data: Uint8Array;
	/** CRC-32 of `data`. PostgreSQL returns a bigint as text: read it with `Number`. */
	checksum: number;
}

export type StoredUpdate = Selectable<UpdateTable>;
export type NewUpdate = Insertable<UpdateTable>;
