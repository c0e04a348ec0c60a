/**
 * The reading of a board: every number the barometer shows, from one pure function that the page,
 * the server, the export and the picture share, so that there is never a second truth.
 *
 * Guarantees: no clock and no randomness (`at` is an argument); neither the order of cards nor
 * their titles matter; every number is finite; age and doubt widen the range and lower the
 * coverage but never pull the needle; nothing is imputed, so a board on which nothing counts has
 * no reading rather than a neutral one. Formulas: `FORMULA` 1, OECD/JRC Handbook (2008).
 */
import type { Board } from '#board/board.ts';
import { ageInDays, momentOf } from './age.ts';
import { contributions } from './contributions.ts';
import type { Contribution } from './contributions.ts';
import { REVIEW_WINDOW_DAYS, coverage, isOverdue } from './coverage.ts';
import { disagrees, evidenceLean } from './evidence-lean.ts';
import { fragility } from './fragility.ts';
import type { Fragility } from './fragility.ts';
import { likelyRange, rangeCauses } from './range.ts';
import type { Causes, Doubt } from './range.ts';
import { average, counted, standings } from './standing.ts';
import type { Standing } from './standing.ts';
import { tension } from './tension.ts';
import type { Tension } from './tension.ts';
import { themeReadings } from './themes.ts';
import type { ThemeReading } from './themes.ts';
import { HALF_LIFE_DAYS, ownUncertainty } from './uncertainty.ts';
import { wordColumn } from './word.ts';

export type { Causes, Contribution, Fragility, Tension, ThemeReading };

/** Version of the formulas; stored with every recorded reading. */
export const FORMULA = 1;

export interface ReadingOptions {
	/** Days after which the variance of a card's own uncertainty has doubled; above 0. */
	halfLifeDays?: number;
	/** Days within which a review counts as recent; 0 or more. */
	reviewWindowDays?: number;
	/** Id of the column whose label was the word last: it stays until clearly left (`word.ts`). */
	previousColumn?: string | null;
}

/** What the barometer says about one card, counted or only watched. */
export interface CardReading {
	/** Own uncertainty `u_i`, in points: 12 to 60. */
	uncertainty: number;
	/** Days since the last review, 0 or more; null when it was never reviewed. */
	ageDays: number | null;
	/** Not reviewed within the review window. */
	overdue: boolean;
	/** Where the evidence points, -100 to +100; null without evidence that counts. */
	lean: number | null;
	/** Evidence and placement are more than 50 points apart. */
	disagrees: boolean;
}

/** Nothing but plain values except `cards`: leave that out of JSON, which has no Map. */
export interface Reading {
	formula: typeof FORMULA;
	/** ISO time that the reading is of. */
	at: string;
	/** -100 (conflict) to +100 (cooperation); null when no card counts. */
	value: number | null;
	/** Ends of the 80 % range, cut at -100 and +100; null like `value`. */
	low: number | null;
	high: number | null;
	/** Id of the column whose label is the word; null like `value`. */
	column: string | null;
	word: string | null;
	/** Share of the weight that was reviewed within the window, 0 to 1; 0 when no card counts. */
	coverage: number;
	/** Largest first; they add up to `value`. Watched cards (weight 0) are not in it. */
	contributions: Contribution[];
	/** In the order of the board's themes, cards without a theme last. */
	themes: ThemeReading[];
	/** What the range is made of; null like `value`. */
	causes: Causes | null;
	/** null like `value`. */
	tension: Tension | null;
	/** null when fewer than two cards count. */
	fragility: Fragility | null;
	/** By card id; a Map because a card may be called `__proto__`. Archived cards are not in it. */
	cards: ReadonlyMap<string, CardReading>;
}

/**
 * The reading of `board` as it stood at `at`.
 *
 * @throws RangeError when `at` is no date, or an option is not a possible number of days: options
 * come validated from the room's settings, so that is a bug.
 */
export function reading(
	board: Board,
	at: Date | string | number,
	options: ReadingOptions = {}
): Reading {
	const moment = momentOf(at);
	const days = checked(options);
	const all = standings(board);
	const doubts = doubtsOf(all, moment, days);
	return {
		...figuresOf(board, all, doubts, moment, { ...options, ...days }),
		contributions: contributions(all),
		themes: themeReadings(board, all),
		causes: rangeCauses(doubts),
		tension: tension(all),
		fragility: fragility(all),
		cards: new Map(all.map((one) => [one.card.id, cardReading(one, moment, days)]))
	};
}

/** Of a reading, what is kept of it after every change. */
export type ReadingFigures = Pick<
	Reading,
	'formula' | 'at' | 'value' | 'low' | 'high' | 'column' | 'word' | 'coverage'
>;

/** These of `reading` alone, at a small part of its cost. Throws as it does. */
export function readingFigures(
	board: Board,
	at: Date | string | number,
	options: ReadingOptions = {}
): ReadingFigures {
	const moment = momentOf(at);
	const days = checked(options);
	const all = standings(board);
	const doubts = doubtsOf(all, moment, days);
	return figuresOf(board, all, doubts, moment, { ...options, ...days });
}

function figuresOf(
	board: Board,
	all: readonly Standing[],
	doubts: readonly Doubt[],
	moment: number,
	{ previousColumn, reviewWindowDays }: ReadingOptions & Days
): ReadingFigures {
	return {
		formula: FORMULA,
		at: new Date(moment).toISOString(),
		...needle(board, average(all), doubts, previousColumn),
		coverage: coverage(all, moment, reviewWindowDays)
	};
}

type Days = Required<Pick<ReadingOptions, 'halfLifeDays' | 'reviewWindowDays'>>;

function checked(options: ReadingOptions): Days {
	const { halfLifeDays = HALF_LIFE_DAYS, reviewWindowDays = REVIEW_WINDOW_DAYS } = options;
	if (!(halfLifeDays > 0 && halfLifeDays < Infinity)) {
		throw new RangeError(`halfLifeDays is no length of time: ${halfLifeDays}`);
	}
	if (!(reviewWindowDays >= 0)) {
		throw new RangeError(`reviewWindowDays is no length of time: ${reviewWindowDays}`);
	}
	return { halfLifeDays, reviewWindowDays };
}

function needle(
	board: Board,
	value: number | null,
	doubts: readonly Doubt[],
	previousColumn: string | null | undefined
): Pick<Reading, 'value' | 'low' | 'high' | 'column' | 'word'> {
	if (value === null) return { value, low: null, high: null, column: null, word: null };
	const column = wordColumn(value, board.columns, previousColumn);
	return {
		value,
		...likelyRange(value, doubts),
		column: column?.id ?? null,
		word: column?.label ?? null
	};
}

function doubtsOf(all: readonly Standing[], moment: number, { halfLifeDays }: Days): Doubt[] {
	return counted(all).map((one) => doubtOf(one, moment, halfLifeDays));
}

function doubtOf({ card, share }: Standing, moment: number, halfLifeDays: number): Doubt {
	const own = ownUncertainty(card.confidence, ageInDays(card.reviewed, moment), halfLifeDays);
	return { share, spread: card.spread, base: own.base, ageing: own.ageing };
}

function cardReading({ card, position }: Standing, moment: number, days: Days): CardReading {
	const ageDays = ageInDays(card.reviewed, moment);
	const lean = evidenceLean(card.evidence, moment);
	return {
		uncertainty: ownUncertainty(card.confidence, ageDays, days.halfLifeDays).total,
		ageDays,
		overdue: isOverdue(ageDays, days.reviewWindowDays),
		lean,
		disagrees: disagrees(lean, position)
	};
}
