import type { Insertable, Selectable } from 'kysely';
import type { Role } from '#sync/people.ts';

/** A code that lets people into a room: eight base-32 characters, stored without the dash. */
export interface RoomCodeTable {
	code: string;
	room_id: string;
	/** The role it gives. */
	role: Role;
	created_at: string;
	expires_at: string;
}

export type RoomCode = Selectable<RoomCodeTable>;
export type NewRoomCode = Insertable<RoomCodeTable>;
