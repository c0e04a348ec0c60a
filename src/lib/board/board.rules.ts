/**
 * What must hold of every copy of a board at any moment, whatever was written to it, told apart from
 * how the board is read: from the stored values themselves. Test-only.
 */

import { expect } from 'vitest';
import type * as Y from 'yjs';
import type { Board, Card } from './board.ts';
import { moveCard } from './cards.ts';
import { entry, root } from './document.ts';
import { COLUMNS_MAX, COLUMNS_MIN, SCORE_MAX, SCORE_MIN, WEIGHT_MAX } from './limits.ts';
import { isId } from './new-id.ts';
import { compareWithinColumn, readBoard } from './read-board.ts';
import { card, LATER } from './testing.ts';

export function expectRules(doc: Y.Doc): void {
	const board = readBoard(doc);
	expectColumns(board);
	expectEveryCardOnce(doc, board);
	expectOrder(board);
	for (const each of [...board.cards, ...board.archived]) {
		expectNearestColumn(doc, board, each);
		expect(each.weight >= 0 && each.weight <= WEIGHT_MAX).toBe(true);
	}
}

/** Moves every card that is shown into each column in turn, also those whose own column is gone. */
export function expectMovable(doc: Y.Doc): void {
	const { cards, columns } = readBoard(doc);
	for (const { id } of cards) {
		for (const column of columns) {
			moveCard(doc, id, { column: column.id }, LATER);
			expect(card(doc, id).column).toBe(column.id);
		}
	}
}

function expectColumns({ columns }: Board): void {
	const ids = columns.map((column) => column.id);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids.length).toBeGreaterThanOrEqual(COLUMNS_MIN);
	expect(ids.length).toBeLessThanOrEqual(COLUMNS_MAX);
	expectAscending(columns, (a, b) => a.score - b.score || (a.id < b.id ? -1 : 1));
}

/** A card is in exactly one place, on the board or in the trash. */
function expectEveryCardOnce(doc: Y.Doc, { cards, archived }: Board): void {
	const shown = [...cards, ...archived].map((each) => each.id).sort();
	const stored = [...(root(doc, 'cards')?.keys() ?? [])]
		.filter((id) => isId(id) && entry(doc, 'cards', id))
		.sort();
	expect(shown).toEqual(stored);
}

function expectOrder({ cards, columns }: Board): void {
	const ids = columns.map((column) => column.id);
	expectAscending(
		cards,
		(a, b) => ids.indexOf(a.column) - ids.indexOf(b.column) || compareWithinColumn(a, b)
	);
}

/** A card is shown in its column, or else in one than which none is nearer in score. */
function expectNearestColumn(doc: Y.Doc, { columns }: Board, { id, column }: Card): void {
	const stored = storedColumn(doc, id);
	if (columns.some((each) => each.id === stored)) {
		expect(column).toBe(stored);
		return;
	}
	const wanted = scoreOf(doc, stored);
	const distances = columns.map((each) => Math.abs(each.score - wanted));
	const shown = columns.findIndex((each) => each.id === column);
	expect(distances[shown], `${id} is shown nearest to ${wanted}`).toBe(Math.min(...distances));
}

function storedColumn(doc: Y.Doc, id: string): unknown {
	const place = entry(doc, 'cards', id)?.get('place');
	return (place as { column?: unknown } | null | undefined)?.column;
}

/** The score of a column, shown or not; the middle of the scale for one that nobody knows. */
function scoreOf(doc: Y.Doc, column: unknown): number {
	const score = isId(column) ? entry(doc, 'columns', column)?.get('score') : undefined;
	return typeof score === 'number' ? Math.min(Math.max(score, SCORE_MIN), SCORE_MAX) : 0;
}

function expectAscending<T>(list: readonly T[], compare: (a: T, b: T) => number): void {
	for (const [i, item] of list.entries()) {
		if (i > 0) expect(compare(list[i - 1]!, item)).toBeLessThan(0);
	}
}
