import type { Insertable, Selectable } from 'kysely';

/** Somebody who may not come back into a room until a facilitator allows it. */
export interface RemovalTable {
	room_id: string;
	person_id: string;
	/** Was in the room, or was not let in from the lobby. */
	reason: 'removed' | 'turned-away';
	removed_at: string;
}

export type Removal = Selectable<RemovalTable>;
export type NewRemoval = Insertable<RemovalTable>;
