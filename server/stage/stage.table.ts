import type { Generated, Insertable, Selectable } from 'kysely';

/** What facilitators set of the stage of a room; one without a row has nothing set. */
export interface StageTable {
	room_id: string;
	/** Place of the current step in the run of show, from 0; null before the first. */
	step: number | null;
	/** Id of the card that everybody is to look at. */
	spotlight: string | null;
	/** JSON of `StageTimer`. */
	timer: string | null;
	/** 1 while nobody but facilitators moves cards. */
	locked: Generated<0 | 1>;
	/** 1 while nobody is shown what the others point at and work on. */
	quiet: Generated<0 | 1>;
	/** What facilitators tell everybody. */
	message: string | null;
	/** ISO time at which everybody was called to the spotlight last. */
	gathered_at: string | null;
	/** How often all raised hands were lowered. */
	hands_down: Generated<number>;
}

/** The run of show that was prepared for a room. */
export interface ShowTable {
	room_id: string;
	/** Rises with each change, so that nobody writes over what they have not seen. */
	version: number;
	/** JSON of `ShowStep[]`. */
	steps: string;
}

export type StageRow = Selectable<StageTable>;
export type NewStageRow = Insertable<StageTable>;
