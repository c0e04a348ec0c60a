/** A blind round as everybody in its room is told of it: nothing of anybody's answer before the reveal. */
import type { Column, Confidence } from '#board/board.ts';
import type { Outcome } from './outcome.ts';

/** When a round is revealed by itself: never, when all who are here have placed all, at a time. */
export const ROUND_ENDS = ['asked', 'all', 'time'] as const;
export type RoundEnds = (typeof ROUND_ENDS)[number];

/** `over`: revealed, and put away. `dropped`: put away without a reveal, its answers erased. */
export type RoundStage = 'open' | 'revealed' | 'over' | 'dropped';

/** What the facilitator made of an outcome. */
export const DECISIONS = ['adopted', 'placed', 'left'] as const;
export type Decision = (typeof DECISIONS)[number];

export interface RoundState {
	id: string;
	/** From 1 in its room. */
	number: number;
	state: RoundStage;
	isNamed: boolean;
	ends: RoundEnds;
	/** ISO time; null unless it ends by time. */
	endsAt: string | null;
	/** Of a card with fewer answers nothing is shown. */
	least: number;
	/** The share within one column of the median that makes a consensus, 0 to 1. */
	consensus: number;
	/** People see what they and the group answered in an earlier round. */
	isRepeat: boolean;
	openedAt: string;
	closedAt: string | null;
	/** The scale at the reveal; null before. */
	columns: Column[] | null;
	cards: RoundCardState[];
}

export interface RoundCardState {
	id: string;
	/** How many have placed it. */
	placed: number;
	/** Null before the reveal, and where too few have placed it. */
	outcome: Outcome | null;
	decision: Decision | null;
	/** Where the decision put it. */
	column: string | null;
}

/** One answer, as its person gave it. */
export interface PlacementView {
	column: string;
	confidence: Confidence | null;
	reason: string | null;
}

/** A reason that is shown at the reveal; `by` in a named round alone. */
export interface RoundReason extends PlacementView {
	card: string;
	by: string | null;
}

/** A round as one person sees it. */
export interface OwnRound extends RoundState {
	/** By card. */
	mine: Record<string, PlacementView>;
	/** Cards that this person placed far from the others, after the reveal: asked to speak first. */
	farOut: string[];
	/** After the reveal: those that were given, in the order of the scale. In a named round all answers. */
	reasons: RoundReason[];
	/** The round that this one repeats. */
	earlier: {
		columns: Column[];
		cards: RoundCardState[];
		mine: Record<string, PlacementView>;
	} | null;
}
