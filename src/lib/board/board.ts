/**
 * The board as everybody reads it: plain, valid, bounded values. `readBoard` makes one from the
 * shared document, whatever stands in there; the reading, the pages and the endpoints take it.
 */

export const CONFIDENCES = ['low', 'moderate', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** Names of design tokens (`--t1` ... `--t6`) that a theme may be written in. */
export const TONES = ['t1', 't2', 't3', 't4', 't5', 't6'] as const;
export type Tone = (typeof TONES)[number];

/** A position on the scale. The order on screen is the order of score. */
export interface Column {
	id: string;
	label: string;
	/** -100 (conflict) to +100 (cooperation). */
	score: number;
}

export interface Theme {
	id: string;
	label: string;
	tone: Tone;
}

/** One dated event that bears on a card. */
export interface Evidence {
	id: string;
	/** What happened, in a sentence. */
	what: string;
	/** The day it happened, `YYYY-MM-DD`. */
	date: string;
	/** Goldstein conflict-cooperation scale, -10 to +10. */
	direction: number;
	/** How far the source is to be trusted, 0 to 1. */
	reliability: number;
	/** Where it can be looked up: an http(s) address, or undefined. */
	url?: string;
	/** The source in words, such as "public record". */
	source?: string;
}

/** What would move a card, stated beforehand. */
export interface Signposts {
	up: string;
	down: string;
}

/** A parameter card. */
export interface Card {
	id: string;
	title: string;
	notes: string;
	/** Id of the column that shows it: always one of `Board.columns`. */
	column: string;
	/** Fractional index within the column; ties are broken by id. */
	rank: string;
	/** 0 (watched, not counted) to 5. */
	weight: number;
	confidence?: Confidence;
	/** Id of a theme of the board. */
	theme?: string;
	signposts: Signposts;
	/** ISO time of the last move, new evidence or "still so". */
	reviewed?: string;
	/** Standard deviation of the participants' positions after an estimate round, 0 to 100. */
	spread: number;
	/** Newest first. */
	evidence: Evidence[];
}

export interface Board {
	title: string;
	question: string;
	/** By score, then id; at least two. */
	columns: Column[];
	themes: Theme[];
	/** By column, then rank, then id. */
	cards: Card[];
	/** In the trash; restorable. By title. */
	archived: Card[];
}
