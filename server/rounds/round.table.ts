import type { Generated, Insertable, Selectable } from 'kysely';
import type { Confidence } from '#board/board.ts';
import type { Decision, RoundEnds, RoundStage } from '#rounds/round-state.ts';

/** A blind round. At most one of a room is open. */
export interface RoundTable {
	id: string;
	room_id: string;
	/** From 1 in its room. */
	number: number;
	state: RoundStage;
	/** 1 when answers are shown with their names at the reveal. */
	named: 0 | 1;
	ends: RoundEnds;
	/** ISO time, where it ends by time. */
	ends_at: string | null;
	/** Of a card with fewer answers nothing is shown. */
	least: number;
	/** The share within one column of the median that makes a consensus, 0 to 1. */
	consensus: number;
	/** Id of the round of the same room whose answers people are shown; null for a first one. */
	repeats: string | null;
	opened_at: string;
	/** When it was revealed or dropped. */
	closed_at: string | null;
	/** JSON of `Column[]`: the scale at the reveal. */
	columns: string | null;
	/** How many placements were taken, changed ones counted again. */
	placements: Generated<number>;
}

export interface RoundCardTable {
	round_id: string;
	card_id: string;
	/** The order in which they are asked. */
	place: number;
	/** JSON: answers in each of `RoundTable.columns`; null before the reveal, and of too few answers. */
	counts: string | null;
	decision: Decision | null;
	/** The column that it was placed in by the decision. */
	decided_column: string | null;
}

/** Where somebody would place a card. Nobody but them is told before the reveal. */
export interface PlacementTable {
	/** Random: the order of the rows tells nothing. */
	id: string;
	round_id: string;
	card_id: string;
	person_id: string | null;
	column_id: string;
	confidence: Confidence | null;
	reason: string | null;
}

export type Round = Selectable<RoundTable>;
export type NewRound = Insertable<RoundTable>;
export type RoundCard = Selectable<RoundCardTable>;
export type Placement = Selectable<PlacementTable>;
