/** Any board that keeps the promises of `board.ts`, for property tests. Test-only. */
import fc from 'fast-check';
import type { Board, Card, Column, Evidence, Theme } from '#board/board.ts';
import { CONFIDENCES, TONES } from '#board/board.ts';

/** Ids that break careless lookups among them. */
const id = fc.oneof(
	fc.constantFrom('__proto__', 'constructor', 'toString', ''),
	fc.string({ maxLength: 4 })
);

const day = { min: new Date('2020-01-01T00:00:00Z'), max: new Date('2023-12-31T00:00:00Z') };
const time = fc.date({ ...day, noInvalidDate: true }).map((date) => date.toISOString());

/** A moment from which some reviews and some evidence lie ahead. */
export const moments = time;

/** Whole scores in steps of 10, so that equal ones and exact midpoints turn up, and any others. */
const score = fc.oneof(
	fc.integer({ min: -10, max: 10 }).map((tens) => tens * 10),
	fc.double({ min: -100, max: 100, noNaN: true }).map((any) => any + 0)
);

export const scaleValues = score;

export const weights = fc.oneof(
	fc.constant(0),
	fc.integer({ min: 1, max: 5 }),
	fc.double({ min: 0.001, max: 5, noNaN: true })
);

export const columnLists: fc.Arbitrary<Column[]> = fc
	.uniqueArray(fc.record({ id, label: fc.string(), score }), {
		minLength: 2,
		maxLength: 9,
		selector: (column) => column.id
	})
	.map((columns) => columns.toSorted((a, b) => a.score - b.score || (a.id < b.id ? -1 : 1)));

const themeLists: fc.Arbitrary<Theme[]> = fc.uniqueArray(
	fc.record({ id, label: fc.string(), tone: fc.constantFrom(...TONES) }),
	{ maxLength: 4, selector: (theme) => theme.id }
);

const evidence: fc.Arbitrary<Evidence> = fc.record({
	id,
	what: fc.string(),
	date: time.map((iso) => iso.slice(0, 10)),
	direction: fc.double({ min: -10, max: 10, noNaN: true }),
	reliability: fc.double({ min: 0, max: 1, noNaN: true })
});

export const evidenceLists = fc.array(evidence, { maxLength: 5 });

/** A card of these columns and themes, and now and then of a theme that is gone. */
export function cards(columns: Column[], themes: Theme[]): fc.Arbitrary<Card> {
	return fc.record(
		{
			id,
			title: fc.string(),
			notes: fc.constant(''),
			column: fc.constantFrom(...columns.map((column) => column.id)),
			rank: fc.constant('a0'),
			weight: weights,
			confidence: fc.constantFrom(...CONFIDENCES),
			theme: fc.constantFrom('gone', ...themes.map((theme) => theme.id)),
			signposts: fc.constant({ up: '', down: '' }),
			reviewed: time,
			spread: fc.double({ min: 0, max: 100, noNaN: true }),
			evidence: evidenceLists
		},
		{
			requiredKeys: [
				'id',
				'title',
				'notes',
				'column',
				'rank',
				'weight',
				'signposts',
				'spread',
				'evidence'
			]
		}
	);
}

/** Boards of 0 to 12 cards, some of them with nothing that counts. */
export const boards: fc.Arbitrary<Board> = fc
	.record({ columns: columnLists, themes: themeLists })
	.chain(({ columns, themes }) =>
		fc
			.uniqueArray(cards(columns, themes), { maxLength: 12, selector: (card) => card.id })
			.map((list) => ({ title: '', question: '', columns, themes, cards: list, archived: [] }))
	);

/** Boards that have a reading. */
export const countedBoards = boards.filter((board) => board.cards.some(({ weight }) => weight > 0));

/** Two boards that share some cards: kept, moved, reweighted, added and removed. */
export const boardPairs: fc.Arbitrary<[Board, Board]> = countedBoards.chain((before) =>
	fc
		.tuple(
			countedBoards,
			fc.array(fc.constantFrom(...before.cards), { maxLength: before.cards.length })
		)
		.map(([other, kept]): [Board, Board] => {
			const columns = other.columns;
			const cards = new Map(other.cards.map((card) => [card.id, card]));
			for (const [i, card] of kept.entries()) {
				const column = columns[i % columns.length]?.id ?? '';
				if (!cards.has(card.id)) cards.set(card.id, { ...card, column });
			}
			return [before, { ...other, cards: [...cards.values()] }];
		})
);
