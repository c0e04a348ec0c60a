import type { Generated, Insertable, Selectable } from 'kysely';
import type { HistoryKind } from '#history/board-event.ts';

/**
 * What happened in a room, in the order of `seq`. Names of people and titles of cards are not in it:
 * they are looked up, so that none outlives its person or its room.
 */
export interface HistoryTable {
	/** Of all rooms together; it rises within a room, with gaps. */
	seq: Generated<number>;
	room_id: string;
	/** ISO time, the server's. */
	at: string;
	/** Who did it, by the connection that it came from; null for the server, and for who is erased. */
	person_id: string | null;
	kind: HistoryKind;
	/** Id of the card, column or theme. */
	subject_id: string | null;
	/** JSON, as `HistoryEvent` says for the kind; null as there. */
	was: string | null;
	became: string | null;
	/** Why, in a line, by whoever did it; null when they gave none. */
	reason: string | null;
	/** Where that can be looked up: an address, or in words. */
	source: string | null;
	/** The reading after it, and the version of the formulas that gave it. */
	formula: number;
	value: number | null;
	low: number | null;
	high: number | null;
	word: string | null;
	/** 0 to 1. */
	coverage: number;
}

export type HistoryRow = Selectable<HistoryTable>;
export type NewHistoryRow = Insertable<HistoryTable>;
