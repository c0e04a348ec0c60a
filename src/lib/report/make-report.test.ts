import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardPairs } from '#barometer/board.arbitrary.ts';
import { reading } from '#barometer/reading.ts';
import type { Board, Evidence } from '#board/board.ts';
import type { HistoryEvent } from '../history/board-event.ts';
import { changesBetween } from '../history/changes-between.ts';
import { fold } from '../history/fold.ts';
import { boardOfRecord, recordedBoard, type RecordedBoard } from '../history/recorded-board.ts';
import { outcomeOf } from '../rounds/outcome.ts';
import type { RoundCardState, RoundState } from '../rounds/round-state.ts';
import { leftToDo } from './left-to-do.ts';
import { makeReport, type ReportParts } from './make-report.ts';
import { namedReport, NOBODY_KNOWN } from './named-report.ts';
import type { ReportRow } from './period.ts';
import { EVIDENCE_KEPT, MOVES_KEPT } from './report.ts';

const OPENED = '2026-03-01T09:00:00.000Z';
const CLOSED = '2026-03-01T12:00:00.000Z';
const WORKSHOP = { id: 'w', number: 3, openedAt: OPENED, closedAt: CLOSED };

/** Rows a minute after another, with the reading after each. */
class RecordOf {
	readonly rows: ReportRow[] = [];
	#board: RecordedBoard | undefined;
	#time = Date.parse(OPENED) - 60_000;

	/** What one person did at one moment. */
	add(events: HistoryEvent | HistoryEvent[], by: string | null = null): this {
		const list = [events].flat();
		const at = new Date((this.#time += 60_000)).toISOString();
		this.#board = fold(list, this.#board);
		const { formula, value, low, high, word, coverage } = reading(boardOfRecord(this.#board), at);
		const figures = { formula, value, low, high, word, coverage };
		for (const event of list) {
			const seq = this.rows.length + 1;
			this.rows.push({
				...{ seq, at, personId: by, event, reason: null, source: null, reading: figures }
			});
		}
		return this;
	}

	workshop(what: 'opened' | 'closed', workshop = 'w', by: string | null = null): this {
		const became = { workshop, number: 3, what };
		return this.add({ kind: 'workshop', subject: null, was: null, became }, by);
	}

	found(board: RecordedBoard): this {
		return this.add({ kind: 'board', subject: null, was: null, became: board });
	}
}

function report(record: RecordOf, parts: Partial<ReportParts> = {}) {
	const words = { title: 'Board', cards: new Map<string, string>(), columns: new Map() };
	return makeReport({
		workshop: WORKSHOP,
		at: CLOSED,
		rows: record.rows,
		words,
		rounds: [],
		present: [],
		answered: [],
		...parts
	});
}

const recorded = (board: Board): RecordedBoard =>
	recordedBoard({
		...board,
		cards: board.cards.map((card) => ({
			...card,
			evidence: [...new Map(card.evidence.map((each) => [each.id, each])).values()]
		}))
	});

const columns = [
	{ id: 'a', label: 'Conflict', score: -100 },
	{ id: 'b', label: 'Stalemate', score: 0 },
	{ id: 'c', label: 'Cooperation', score: 100 }
];
const card = (id: string, more: Partial<RecordedBoard['cards'][number]> = {}) => ({
	...{ id, column: 'a', weight: 1, confidence: undefined, theme: undefined, spread: 0 },
	...{ reviewed: OPENED, evidence: [] as Evidence[], archived: false },
	...more
});
const BOARD: RecordedBoard = { columns, themes: [], cards: [card('x'), card('y')] };
const move = (subject: string, from: string, to: string): HistoryEvent => ({
	kind: 'card.moved',
	subject,
	was: { column: from },
	became: { column: to }
});
const start = () => new RecordOf().found(BOARD).workshop('opened', 'w', 'fay');

const answered = (counts: number[], more: Partial<RoundCardState> = {}): RoundCardState => ({
	...{ id: 'x', placed: 4, decision: null, column: null },
	outcome: outcomeOf(counts, [-100, 0, 100], 0.75),
	...more
});
const round = (cards: RoundCardState[], more: Partial<RoundState> = {}): RoundState => ({
	...{ id: 'r', number: 2, state: 'over', isNamed: false, ends: 'asked', endsAt: null, least: 3 },
	...{ consensus: 0.75, isRepeat: false, openedAt: OPENED, closedAt: CLOSED, columns, cards },
	...more
});

describe('a report', () => {
	it('has a waterfall whose parts add up to what the reading changed, whatever happened', () => {
		fc.assert(
			fc.property(boardPairs, boardPairs, ([before, between], [after]) => {
				const boards = [before, between, after].map(recorded) as [
					RecordedBoard,
					RecordedBoard,
					RecordedBoard
				];
				const record = new RecordOf().found(boards[0]).workshop('opened');
				record.add(changesBetween(boards[0], boards[1])).add(changesBetween(boards[1], boards[2]));
				record.workshop('closed');
				const made = report(record);
				expect(made.columns).toEqual(boards[2].columns);
				expect(made.before.value).toBe(reading(boardOfRecord(boards[0]), OPENED).value);
				expect(made.after.value).toBe(reading(boardOfRecord(boards[2]), CLOSED).value);
				const { total, parts } = made.waterfall!;
				expect(total).toBe(made.after.value! - made.before.value!);
				const sum = parts.reduce((all, { moved, reweighted }) => all + moved + reweighted, 0);
				expect(sum).toBeCloseTo(total!, 8);
			})
		);
	});

	it('tells of its own workshop alone, though others are in the record', () => {
		const record = new RecordOf().found(BOARD).workshop('opened', 'earlier');
		record.add(move('x', 'a', 'b'), 'ana').workshop('closed', 'earlier');
		record
			.workshop('opened')
			.add(move('y', 'a', 'c'), 'ben')
			.workshop('closed');
		record.add(move('x', 'b', 'c'), 'cem').workshop('opened', 'later');
		const made = report(record);
		expect(made.cards.map(({ card: { id } }) => id)).toEqual(['y']);
		expect(made.people).toEqual(['ben']);
		expect([made.before.value, made.after.value]).toEqual([-50, 50]);
	});

	it('says of each move who, from where to where, why, or by which round', () => {
		const record = start()
			.add(move('x', 'a', 'b'), 'ana')
			.add(move('x', 'b', 'c'), 'ben');
		record.rows[2] = { ...record.rows[2]!, reason: 'They signed.', source: 'The record' };
		const became = { round: 'r', number: 2, how: 'adopted', column: 'c' } as const;
		const decided = { kind: 'round.decided', subject: 'y', was: null, became } as const;
		record.add([move('y', 'a', 'c'), decided], 'fay');
		const words = {
			title: 'Board',
			cards: new Map([['x', 'Trust']]),
			columns: new Map([
				['a', 'Conflict'],
				['c', 'Cooperation']
			])
		};
		const made = report(record.workshop('closed'), { words });
		expect(made.people).toEqual(['fay', 'ana', 'ben']);
		const [x, y] = made.cards;
		expect(x).toMatchObject({
			card: { id: 'x', title: 'Trust' },
			moves: [
				{ by: 1, reason: 'They signed.', source: 'The record', round: null },
				{ by: 2, reason: null, to: { label: 'Cooperation', score: 100 }, value: 0 }
			]
		});
		expect(x!.moves[0]!.to).toEqual({ label: null, score: 0 });
		expect(y).toMatchObject({
			card: { title: null },
			moves: [{ round: { number: 2, how: 'adopted' } }]
		});
		const view = namedReport(made, new Map());
		expect(leftToDo(view).map(({ kind, cards }) => [kind, cards.map(({ id }) => id)])).toEqual([
			['reasons', ['x']]
		]);
	});

	it('times the steps of the agenda', () => {
		const step = (place: number): HistoryEvent => ({
			...{ kind: 'step', subject: null, was: null },
			became: { place, kind: 'board', title: `Step ${place}`, card: null }
		});
		const record = start().add(step(0)).add(step(1));
		const [first, second] = report(record.workshop('closed')).agenda;
		expect(first).toMatchObject({ title: 'Step 0', until: second!.at });
		expect(second).toMatchObject({ until: CLOSED });
		const open = report(record, { workshop: { ...WORKSHOP, closedAt: null } });
		expect(open.agenda.at(-1)?.until).toBeNull();
	});

	it('has the evidence that is still there at the end, as it is then', () => {
		const entry = { id: 'e', what: 'First', date: '2026-02-01', direction: 4, reliability: 1 };
		const evidence = (id: string, what: string): Evidence => ({ ...entry, id, what });
		const added = (was: Evidence | null, became: Evidence | null): HistoryEvent => ({
			kind:
				was === null ? 'evidence.added' : became === null ? 'evidence.removed' : 'evidence.changed',
			...{ subject: 'x', was: { evidence: was }, became: { evidence: became } }
		});
		const record = start()
			.add(added(null, evidence('e', 'First')), 'ana')
			.add(added(null, evidence('f', 'Gone')), 'ana')
			.add(added(evidence('e', 'First'), evidence('e', 'Better')), 'ben')
			.add(added(evidence('f', 'Gone'), null), 'ben');
		const made = report(record.workshop('closed'));
		expect(made.evidence).toMatchObject([{ card: { id: 'x' }, what: 'Better', by: 1 }]);
	});

	it('leaves open what is torn, and what evidence contradicts', () => {
		const good = { id: 'e', what: 'Signed', date: '2026-02-28', direction: 10, reliability: 1 };
		const cards = [card('x', { spread: 60 }), card('y', { evidence: [good] })];
		const record = new RecordOf()
			.found({ ...BOARD, cards })
			.workshop('opened')
			.workshop('closed');
		expect(report(record).disagreements).toMatchObject([
			{ kind: 'spread', card: { id: 'x' }, spread: 60 },
			{ kind: 'evidence', card: { id: 'y' }, position: -100 }
		]);
	});

	it('counts the last round about a card', () => {
		const four = [-100, -50, 50, 100];
		const split = { outcome: outcomeOf([3, 0, 0, 3], four, 0.75) };
		const agreed = { outcome: outcomeOf([0, 6, 0, 0], four, 0.75) };
		const record = start().workshop('closed');
		const of = (...cards: Partial<RoundCardState>[]) =>
			report(record, {
				rounds: cards.map((each, index) => ({
					state: round([answered([1, 0, 0], each)], { number: index + 1 }),
					answers: []
				}))
			}).disagreements;
		expect(of(split)).toMatchObject([{ kind: 'round', round: 1, within: 0 }]);
		expect(of(split, split)).toMatchObject([{ round: 2 }]);
		expect(of({ ...split, decision: 'left' })).toHaveLength(1);
		expect(of({ ...split, decision: 'placed' })).toEqual([]);
		expect(of(split, agreed)).toEqual([]);
		expect(of(split, { outcome: null })).toMatchObject([{ round: 1 }]);
		expect(of({ ...split, id: 'gone' })).toEqual([]);
	});

	it('knows people of unnamed rounds as a number alone', () => {
		const answers = [{ card: 'x', column: 'a', confidence: null, reason: 'Why', personId: 'zoe' }];
		const told = [{ state: round([answered([4, 0, 0])]), answers }];
		const made = report(start().workshop('closed'), {
			...{ rounds: told, present: ['eve', 'fay'], answered: ['fay', 'zoe', 'zoe'] }
		});
		expect(made.people).toEqual(['fay', 'eve']);
		expect(made.unnamed).toBe(1);
		expect(JSON.stringify(made)).not.toContain('zoe');
		expect(namedReport(made, new Map([['eve', 'Eve']]))).toMatchObject({
			count: 3,
			people: ['Eve'],
			rounds: [{ cards: [{ answers: [{ by: null, reason: 'Why' }] }] }]
		});
	});

	it('has names when it is read, of those who are still known, or none at all', () => {
		const made = report(
			start()
				.add(move('x', 'a', 'b'), 'ana')
				.workshop('closed')
		);
		const by = (names: Map<string, string> | null) =>
			namedReport(made, names).cards[0]!.moves[0]!.by;
		expect(by(new Map([['ana', 'Ana']]))).toBe('Ana');
		expect(by(new Map())).toBe(NOBODY_KNOWN);
		expect(by(null)).toBeNull();
		expect(namedReport(made, null)).toMatchObject({ count: 2, people: null });
		const twice = { ...made, people: ['fay', 'fay', null] };
		expect(namedReport(twice, new Map()).count).toBe(2);
		expect(namedReport(made, new Map())).not.toHaveProperty('unnamed');
	});

	it('says so where the record was shortened, and invents no waterfall', () => {
		const record = new RecordOf()
			.workshop('opened')
			.add(move('x', 'a', 'b'), 'ana')
			.found(BOARD);
		const made = report(record.add(move('y', 'a', 'c')).workshop('closed'));
		expect(made).toMatchObject({ isCut: true, waterfall: null, after: { value: 0 } });
		expect(made.cards).toHaveLength(2);
	});

	it('has no waterfall where there was no reading', () => {
		const none = { ...BOARD, cards: [card('x', { weight: 0 })] };
		const made = report(new RecordOf().found(none).workshop('opened').workshop('closed'));
		expect(made).toMatchObject({ before: { value: null }, waterfall: { total: null, parts: [] } });
	});

	it('is bounded, and says what was too much', () => {
		const record = start();
		for (let i = 0; i < MOVES_KEPT + 5; i++) record.add(move('x', 'a', 'b'), 'ana');
		for (let i = 0; i < EVIDENCE_KEPT + 2; i++) {
			const became = { id: `e${i}`, what: 'W', date: '2026-02-01', direction: 0, reliability: 0 };
			const [none, entry] = [{ evidence: null }, { evidence: became }];
			record.add({ kind: 'evidence.added', subject: 'y', was: none, became: entry });
		}
		const made = report(record.workshop('closed'));
		expect(made.cards[0]?.moves).toHaveLength(MOVES_KEPT);
		expect(made.evidence).toHaveLength(EVIDENCE_KEPT);
		expect(made.leftOut).toEqual({ moves: 5, evidence: 2, steps: 0, answers: 0 });
	});

	it('names the cards that are overdue, and forgets none that counts', () => {
		const cards = [
			card('x', { reviewed: '2025-12-01T09:00:00.000Z' }),
			card('y', { reviewed: undefined }),
			card('z', { weight: 0, reviewed: undefined })
		];
		const record = new RecordOf()
			.found({ ...BOARD, cards })
			.workshop('opened')
			.workshop('closed');
		const made = report(record);
		expect(made.overdue).toMatchObject([
			{ card: { id: 'x' }, ageDays: 90.125 },
			{ card: { id: 'y' }, ageDays: null }
		]);
	});
});
