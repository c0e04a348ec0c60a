import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Board, Evidence } from '#board/board.ts';
import { boardPairs, countedBoards, moments } from '#barometer/board.arbitrary.ts';
import { reading } from '#barometer/reading.ts';
import { changesBetween } from './changes-between.ts';
import { fold } from './fold.ts';
import { boardOfRecord, recordedBoard, type RecordedBoard } from './recorded-board.ts';

/** Some cards in the trash; entries with ids of their own, sorted as `readBoard` does. */
function recorded(board: Board): RecordedBoard {
	const before = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
	const cards = board.cards.map((card) => ({
		...card,
		evidence: [...new Map(card.evidence.map((each) => [each.id, plain(each)])).values()].sort(
			(a, b) => before(b.date, a.date) || before(a.id, b.id)
		)
	}));
	const themes = board.themes.toSorted((a, b) => before(a.tone, b.tone) || before(a.id, b.id));
	return recordedBoard({ ...board, themes, cards: cards.slice(1), archived: cards.slice(0, 1) });
}

/** A board never holds -0, which JSON does not know. */
const plain = (entry: Evidence): Evidence => ({ ...entry, direction: entry.direction + 0 });

/** As it comes back from the database. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('the record', () => {
	it('[H2] folds from one board to any other', () => {
		fc.assert(
			fc.property(boardPairs, ([one, other]) => {
				const [before, after] = [recorded(one), recorded(other)];
				expect(fold(stored(changesBetween(before, after)), before)).toEqual(after);
			})
		);
	});

	it('[H2] begins with the board as it is found', () => {
		fc.assert(
			fc.property(countedBoards, (board) => {
				const became = recorded(board);
				expect(
					fold([stored({ kind: 'board', subject: null, was: null, became } as const)])
				).toEqual(became);
			})
		);
	});

	it('says nothing where nothing happened', () => {
		fc.assert(
			fc.property(boardPairs, ([board]) => {
				expect(changesBetween(recorded(board), stored(recorded(board)))).toEqual([]);
			})
		);
	});

	it('gives the reading that the board has', () => {
		fc.assert(
			fc.property(countedBoards, moments, (board, at) => {
				const { value, low, high, word, coverage } = reading(board, at);
				const again = reading(boardOfRecord(recordedBoard(board)), at);
				expect(again).toMatchObject({ value, low, high, word, coverage });
			})
		);
	});
});

describe('what happened', () => {
	const column = (id: string, score: number) => ({ id, label: id, score });
	const card = (fields: object) => ({
		id: 'a',
		column: 'left',
		weight: 1,
		confidence: undefined,
		theme: undefined,
		reviewed: '2024-01-01T00:00:00.000Z',
		spread: 0,
		evidence: [],
		archived: false,
		...fields
	});
	const board = (fields: object, columns = [column('left', -50), column('right', 50)]) => ({
		columns,
		themes: [],
		cards: [card(fields)]
	});
	const later = '2024-02-01T00:00:00.000Z';
	const entry = { id: 'e', what: 'They met.', date: '2024-01-31', direction: 4, reliability: 1 };
	const kinds = (before: RecordedBoard, after: RecordedBoard) =>
		changesBetween(before, after).map(({ kind }) => kind);

	it('is a move, with its review, when somebody put a card elsewhere', () => {
		expect(changesBetween(board({}), board({ column: 'right', reviewed: later }))).toEqual([
			{
				kind: 'card.moved',
				subject: 'a',
				was: { column: 'left', reviewed: '2024-01-01T00:00:00.000Z' },
				became: { column: 'right', reviewed: later }
			}
		]);
	});

	it('is no move of anybody’s when the column went away under a card', () => {
		const without = board({ column: 'right' }, [column('far', -100), column('right', 50)]);
		expect(kinds(board({}), without)).toEqual(['column', 'column', 'card.shifted']);
		expect(kinds(without, board({}))).toEqual(['column', 'column', 'card.shifted']);
	});

	it('is evidence, which is a review, or a review by itself', () => {
		expect(kinds(board({}), board({ evidence: [entry], reviewed: later }))).toEqual([
			'evidence.added'
		]);
		expect(kinds(board({}), board({ reviewed: later }))).toEqual(['card.reviewed']);
	});

	it('is one event for each field', () => {
		const after = board({ weight: 3, confidence: 'low', spread: 10, archived: true });
		expect(kinds(board({}), after)).toEqual([
			'card.weighed',
			'card.confidence',
			'card.spread',
			'card.archived'
		]);
		expect(kinds(after, board({}))).toContain('card.restored');
	});
});
