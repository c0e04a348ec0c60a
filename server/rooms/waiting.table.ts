import type { Insertable, Selectable } from 'kysely';
import type { DoorRole } from './room-code.table.ts';

/** Somebody who came by a door with a lobby and is not let in yet. */
export interface WaitingTable {
	room_id: string;
	person_id: string;
	/** Of the door that they came by. */
	role: DoorRole;
	asked_at: string;
}

export type Waiting = Selectable<WaitingTable>;
export type NewWaiting = Insertable<WaitingTable>;
