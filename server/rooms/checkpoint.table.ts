import type { Insertable, Selectable } from 'kysely';

/** A named reading to compare with later: what the brass set hand points at. */
export interface CheckpointTable {
	id: string;
	room_id: string;
	name: string;
	at: string;
	/** Version of the formulas that it was computed with. */
	formula: number;
	value: number | null;
	low: number | null;
	high: number | null;
	word: string | null;
	/** 0 to 1. */
	coverage: number;
}

export type Checkpoint = Selectable<CheckpointTable>;
export type NewCheckpoint = Insertable<CheckpointTable>;
