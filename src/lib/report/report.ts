/**
 * The report of a workshop as it is kept: plain JSON of what happened between its opening and its
 * closing. Titles and labels are those of the closing. Of people it holds ids, in one list that
 * everything else points into, so that no name outlives its person.
 */
import type { Column, Confidence } from '#board/board.ts';
import type { ChangePart } from '#barometer/change.ts';
import type { Outcome } from '../rounds/outcome.ts';
import type { Decision, RoundStage } from '../rounds/round-state.ts';
import type { StepKind } from '../stage/show.ts';

/** Of these the last are kept, and of the others it says how many there were. */
export const MOVES_KEPT = 1_000;
export const EVIDENCE_KEPT = 500;
export const STEPS_KEPT = 200;
/** In all rounds together. */
export const ANSWERS_KEPT = 2_000;

/** A card; without a title when it was gone by the closing. */
export interface CardName {
	id: string;
	title: string | null;
}

/** A column; without a label and score when it was gone by the closing. */
export interface ColumnName {
	label: string | null;
	score: number | null;
}

export interface ReportReading {
	/** Version of the formulas. */
	formula: number;
	/** These four are null where nothing counted. */
	value: number | null;
	low: number | null;
	high: number | null;
	word: string | null;
	/** 0 to 1. */
	coverage: number;
}

export interface AgendaStep {
	/** In the run of show, from 0. */
	place: number;
	kind: StepKind;
	title: string;
	/** ISO times; it lasts until the next one began, or the workshop was closed. */
	at: string;
	until: string | null;
}

/** The change of the reading, card by card: `moved` and `reweighted` of all parts add up to `total`. */
export interface Waterfall {
	/** Null when there was no reading before or after; there are no parts then. */
	total: number | null;
	parts: (Pick<ChangePart, 'moved' | 'reweighted' | 'kind'> & { card: CardName })[];
}

export interface ReportMove<Who> {
	/** Of its row in the record. */
	seq: number;
	at: string;
	from: ColumnName;
	to: ColumnName;
	by: Who;
	/** Without one it is asserted, unless it follows a round. */
	reason: string | null;
	source: string | null;
	/** The blind round whose outcome it follows. */
	round: { number: number; how: Decision } | null;
	/** The reading after it. */
	value: number | null;
}

export interface MovedCard<Who> {
	card: CardName;
	/** The first one first. */
	moves: ReportMove<Who>[];
}

/** What somebody answered and may be told; `by` in a named round alone. */
export interface ReportAnswer<Who> {
	column: ColumnName;
	confidence: Confidence | null;
	reason: string | null;
	by: Who;
}

export interface ReportRoundCard<Who> {
	card: CardName;
	/** How many placed it. */
	placed: number;
	/** Null unless it was revealed, and where too few had placed it. */
	outcome: Outcome | null;
	decision: Decision | null;
	/** Where the decision put it. */
	column: ColumnName | null;
	/** In the order of the scale. */
	answers: ReportAnswer<Who>[];
}

export interface ReportRound<Who> {
	number: number;
	state: RoundStage;
	isNamed: boolean;
	isRepeat: boolean;
	least: number;
	/** The share that was agreed to be a consensus, 0 to 1. */
	consensus: number;
	openedAt: string;
	closedAt: string | null;
	/** The scale at the reveal. */
	columns: Column[] | null;
	cards: ReportRoundCard<Who>[];
}

/** What was not settled by the closing. */
export type Disagreement =
	/** The last round about it had no consensus, and nobody moved it by that round. */
	| { kind: 'round'; card: CardName; round: number; within: number; consensus: number }
	/** Standard deviation of what people said of it, in points. */
	| { kind: 'spread'; card: CardName; spread: number }
	/** Where its evidence points, and where it stands. */
	| { kind: 'evidence'; card: CardName; lean: number; position: number };

export interface ReportEvidence<Who> {
	card: CardName;
	at: string;
	by: Who;
	what: string;
	/** `YYYY-MM-DD`. */
	date: string;
	direction: number;
	reliability: number;
	url: string | null;
	source: string | null;
}

/** `Who` is a place in `people`, or null for nobody who is known. */
export interface Report<Who = number | null> {
	version: 1;
	/** Ids of those who were there; null for who was erased since. */
	people: (string | null)[];
	/** How many more only answered in a round that names nobody. */
	unnamed: number;
	/** Of the workshop in its room, from 1. */
	number: number;
	/** Of the board. */
	title: string;
	openedAt: string;
	/** Null for a report so far. */
	closedAt: string | null;
	/** At the end. */
	columns: Column[];
	agenda: AgendaStep[];
	before: ReportReading;
	after: ReportReading;
	/** Null when the record no longer knows the board of the opening. */
	waterfall: Waterfall | null;
	/** In the order in which they were moved first. */
	cards: MovedCard<Who>[];
	rounds: ReportRound<Who>[];
	disagreements: Disagreement[];
	evidence: ReportEvidence<Who>[];
	/** Cards that count and were not reviewed lately, at the end; null for one that never was. */
	overdue: { card: CardName; ageDays: number | null }[];
	/** How many of each were too many to keep. */
	leftOut: { moves: number; evidence: number; steps: number; answers: number };
	/** The record was shortened within the workshop, so that moves without a reason may be missing. */
	isCut: boolean;
	/** What facilitators wrote down to be done. */
	actions: string[];
	/** Whoever has the link sees names. */
	sharesNames: boolean;
}
