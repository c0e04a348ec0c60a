import type { Insertable, Selectable } from 'kysely';

/** What a room's board says, so that rooms are listed without loading their documents. */
export interface RoomSummaryTable {
	room_id: string;
	/** The last stored update that this is known to cover. */
	seq: number;
	/** When somebody changed the board last. */
	changed_at: string;
	title: string;
	/** Version of the formulas of the reading. */
	formula: number;
	value: number | null;
	low: number | null;
	high: number | null;
	word: string | null;
}

/** The last reading of a day on which the board changed: the points of the trend line. */
export interface RoomDayTable {
	room_id: string;
	/** `YYYY-MM-DD`, UTC. */
	day: string;
	formula: number;
	value: number | null;
}

export type RoomSummary = Selectable<RoomSummaryTable>;
export type NewRoomSummary = Insertable<RoomSummaryTable>;
export type RoomDay = Selectable<RoomDayTable>;
