/** What a facilitator asks for when opening a round, and what somebody answers in it. */
import { CONFIDENCES, type Confidence } from '#board/board.ts';
import { ROUND_ENDS, type RoundEnds } from '#rounds/round-state.ts';
import { cleanLine } from '../clean-line.ts';
import { REASON_LENGTH } from '../history/reason.ts';
import { Refusal } from '../refusal.ts';

/** In one round: as many as a board has. */
export const ROUND_CARDS_MAX = 500;
const MINUTES_MAX = 24 * 60;
const LEAST_MAX = 50;
const MINUTE_MS = 60_000;

/** As it comes in. */
export interface RoundInput {
	cards: string[];
	/** Answers are shown with their names. */
	named?: boolean | undefined;
	/** One of `ROUND_ENDS`; `asked` when left out. */
	ends?: string | undefined;
	/** For `time`: until it is revealed. */
	minutes?: number | undefined;
	/** Of a card with fewer answers nothing is shown; 3 when left out, 1 in a named round. */
	least?: number | undefined;
	/** The share within one column of the median that makes a consensus; 0.75 when left out. */
	consensus?: number | undefined;
	/** Id of the round that this one repeats. */
	repeats?: string | undefined;
}

export interface RoundOptions {
	cards: string[];
	named: 0 | 1;
	ends: RoundEnds;
	ends_at: string | null;
	least: number;
	consensus: number;
	repeats: string | null;
}

/**
 * Throws `no-cards`, `too-many-cards`, `unknown-choice`, `least-out-of-range`,
 * `consensus-out-of-range` or `minutes-out-of-range`.
 */
export function readRound(input: RoundInput, at: Date): RoundOptions {
	const { named = false, ends: how = 'asked', minutes, consensus = 0.75, repeats = null } = input;
	const { least = named ? 1 : 3 } = input;
	const cards = [...new Set(input.cards)];
	if (cards.length === 0) throw new Refusal('no-cards');
	if (cards.length > ROUND_CARDS_MAX) throw new Refusal('too-many-cards');
	const ends = ROUND_ENDS.find((each) => each === how);
	if (ends === undefined) throw new Refusal('unknown-choice');
	if (!isWhole(least, 1, LEAST_MAX)) throw new Refusal('least-out-of-range');
	if (!(consensus >= 0.5 && consensus <= 1)) throw new Refusal('consensus-out-of-range');
	return {
		cards,
		named: named ? 1 : 0,
		ends,
		ends_at: ends === 'time' ? endAfter(minutes, at) : null,
		least,
		consensus,
		repeats
	};
}

function endAfter(minutes: number | undefined, at: Date): string {
	if (minutes === undefined || !(minutes > 0 && minutes <= MINUTES_MAX)) {
		throw new Refusal('minutes-out-of-range');
	}
	return new Date(at.getTime() + minutes * MINUTE_MS).toISOString();
}

const isWhole = (value: number, least: number, most: number): boolean =>
	Number.isInteger(value) && value >= least && value <= most;

export interface Answer {
	card: string;
	column: string;
	confidence?: string | undefined;
	reason?: string | undefined;
}

/** Throws `unknown-choice` or `reason-too-long`. */
export function readAnswer({ confidence: given, reason: why = '' }: Answer): {
	confidence: Confidence | null;
	reason: string | null;
} {
	const reason = cleanLine(why);
	if (reason.length > REASON_LENGTH) throw new Refusal('reason-too-long');
	const confidence = CONFIDENCES.find((each) => each === given) ?? null;
	if (given !== undefined && given !== '' && confidence === null) {
		throw new Refusal('unknown-choice');
	}
	return { confidence, reason: reason === '' ? null : reason };
}
