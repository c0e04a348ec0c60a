/**
 * Makes the report of a workshop from the rows of its room's record. Pure: the same rows give the
 * same report. The board of the end is what the rows fold to, and the parts of the waterfall add up
 * to what the reading changed.
 */
import type { Board } from '#board/board.ts';
import { change } from '#barometer/change.ts';
import { reading, type Reading } from '#barometer/reading.ts';
import { fold } from '../history/fold.ts';
import { boardOfRecord, type RecordedBoard } from '../history/recorded-board.ts';
import { agendaOf } from './agenda.ts';
import { disagreementsIn } from './disagreements.ts';
import { evidenceIn } from './evidence-added.ts';
import { movesIn } from './moves.ts';
import { Naming, type ReportWords } from './naming.ts';
import { periodOf, type ReportedWorkshop, type ReportRow } from './period.ts';
import { STEPS_KEPT, type Report, type ReportReading, type Waterfall } from './report.ts';
import { roundsIn, type ToldRound } from './rounds.ts';

export interface ReportParts {
	workshop: ReportedWorkshop;
	/** ISO time that the report is of. */
	at: string;
	/** Oldest first, from a whole board before the opening where the record has one. */
	rows: readonly ReportRow[];
	/** Of the closing. */
	words: ReportWords;
	/** What happened to them, the first one first. */
	rounds: readonly ToldRound[];
	/** Ids of people who were there, besides those who acted. */
	present: readonly string[];
	/** Ids of people who answered in rounds: those not known otherwise are only counted. */
	answered: readonly string[];
}

export function makeReport(parts: ReportParts): Report {
	const { workshop, at, rows, words, rounds: told } = parts;
	const { before, opened, during, closed } = periodOf(rows, workshop);
	const start = folded(before);
	const end = folded(during, start);
	const isCut = !before.some(({ event }) => event.kind === 'board');
	const board = boardOfRecord(end);
	const final = reading(board, at, { previousColumn: columnNamed(board, rows.at(-1)) });
	const naming = new Naming(words, [...start.columns, ...end.columns]);

	for (const row of [opened, ...during, closed]) naming.person(row?.personId ?? null);
	const agenda = agendaOf(during, workshop.closedAt);
	const moves = movesIn(during, naming);
	const evidence = evidenceIn(during, end, naming);
	const rounds = roundsIn(told, naming);
	for (const id of parts.present) naming.person(id);
	const known = new Set(naming.people);

	return {
		version: 1,
		people: naming.people,
		unnamed: new Set(parts.answered.filter((id) => !known.has(id))).size,
		number: workshop.number,
		title: words.title,
		openedAt: workshop.openedAt,
		closedAt: workshop.closedAt,
		columns: end.columns,
		agenda: agenda.slice(-STEPS_KEPT),
		before: opened?.reading ?? figuresOf(reading(boardOfRecord(start), workshop.openedAt)),
		after: closed?.reading ?? figuresOf(final),
		waterfall: isCut ? null : waterfallOf(start, end, naming),
		cards: moves.cards,
		rounds: rounds.rounds,
		disagreements: disagreementsIn(
			told.map(({ state }) => state),
			board,
			final,
			naming
		),
		evidence: evidence.evidence,
		overdue: overdueIn(board, final, naming),
		leftOut: {
			moves: moves.leftOut,
			evidence: evidence.leftOut,
			steps: Math.max(0, agenda.length - STEPS_KEPT),
			answers: rounds.leftOut
		},
		isCut,
		actions: [],
		sharesNames: false
	};
}

function folded(rows: readonly ReportRow[], start?: RecordedBoard): RecordedBoard {
	return fold(
		rows.map(({ event }) => event),
		start
	);
}

/** The column that gave the last row its word, for the word's hysteresis. */
function columnNamed({ columns }: Board, last: ReportRow | undefined): string | null {
	return columns.find(({ label }) => label === last?.reading.word)?.id ?? null;
}

function figuresOf({ formula, value, low, high, word, coverage }: Reading): ReportReading {
	return { formula, value, low, high, word, coverage };
}

function waterfallOf(start: RecordedBoard, end: RecordedBoard, naming: Naming): Waterfall {
	const { total, parts } = change(boardOfRecord(start), boardOfRecord(end));
	return {
		total,
		parts: parts.map(({ card, moved, reweighted, kind }) => ({
			card: naming.card(card),
			...{ moved, reweighted, kind }
		}))
	};
}

function overdueIn({ cards }: Board, final: Reading, naming: Naming): Report['overdue'] {
	return cards
		.filter(({ id, weight }) => weight > 0 && final.cards.get(id)?.overdue)
		.map(({ id }) => ({ card: naming.card(id), ageDays: final.cards.get(id)?.ageDays ?? null }));
}
