import type { Generated, Insertable, Selectable } from 'kysely';
import type { Role } from '#sync/people.ts';

/** What a door may make of people. */
export const DOOR_ROLES = ['editor', 'viewer'] as const satisfies Role[];
export type DoorRole = (typeof DOOR_ROLES)[number];

/**
 * A door: a code that lets people into a room, eight base-32 characters, stored without the dash. Of
 * each role a room has at most one that is open.
 */
export interface RoomCodeTable {
	code: string;
	room_id: string;
	/** The role it gives. */
	role: DoorRole;
	created_at: string;
	/** When it ends by itself. */
	expires_at: string;
	/** 1 when whoever comes waits until a facilitator lets them in. */
	lobby: Generated<0 | 1>;
	/** How many may come by it; null for as many as a room takes. */
	people_max: Generated<number | null>;
	/** Closed by a facilitator at; kept a while, so that who comes late is told why. */
	closed_at: Generated<string | null>;
}

export type RoomCode = Selectable<RoomCodeTable>;
export type NewRoomCode = Insertable<RoomCodeTable>;
