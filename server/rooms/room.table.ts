import type { Generated, Insertable, Selectable } from 'kysely';

export interface RoomTable {
	id: string;
	/** Raised when the room is deleted or reset, so that older copies are refused. */
	epoch: Generated<number>;
	template: string;
	/** Person id. */
	created_by: string;
	created_at: string;
	/** When a temporary room ends; null for one that lasts. */
	expires_at: string | null;
}

export type Room = Selectable<RoomTable>;
export type NewRoom = Insertable<RoomTable>;
