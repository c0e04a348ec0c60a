import type { Insertable, Selectable } from 'kysely';

/** One session of a room's people, from its opening to its closing. At most one of a room is open. */
export interface WorkshopTable {
	id: string;
	room_id: string;
	/** From 1 in its room. */
	number: number;
	/** ISO times. */
	opened_at: string;
	closed_at: string | null;
	/** JSON of the report, made at the closing. Of people it holds ids, so that no name outlives its person. */
	report: string | null;
	/** The secret part of the link by which anybody may read the report; null while it is not shared. */
	link: string | null;
}

export type Workshop = Selectable<WorkshopTable>;
/** Without its report, which may be large. */
export type WorkshopHead = Omit<Workshop, 'report'>;
export type NewWorkshop = Insertable<WorkshopTable>;
