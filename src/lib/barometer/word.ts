/**
 * The word under the figure: the label of the column nearest to the reading, held until it is
 * clearly left. While the reading moves by less than 2 points the word never turns back to one
 * that it has just left, so it does not flicker.
 */
import type { Column } from '#board/board.ts';

/** Points past the midpoint between two columns at which the word changes. */
export const HYSTERESIS = 2;

/**
 * The column that gives `value` its word; `columns` in the board's order (by score). Without
 * `previous`, or when that column is gone, the nearest one. null only for no columns at all.
 */
export function wordColumn(
	value: number,
	columns: readonly Column[],
	previous?: string | null
): Column | null {
	const held = columns.find(({ id }) => id === previous);
	return held && holds(held, value, columns) ? held : nearestColumn(value, columns);
}

/**
 * Exactly between two columns the one of lower score is the nearest; of several with the same
 * score, the first in the board's order.
 */
export function nearestColumn(value: number, columns: readonly Column[]): Column | null {
	const distance = (column: Column) => Math.abs(column.score - value);
	return columns.reduce<Column | null>(
		(best, column) => (best && distance(best) <= distance(column) ? best : column),
		null
	);
}

/** Whether `value` is less than 2 points past the midpoint to the neighbour on its side. */
function holds(held: Column, value: number, columns: readonly Column[]): boolean {
	if (value > held.score) {
		const above = columns.find(({ score }) => score > held.score);
		return !above || value < (held.score + above.score) / 2 + HYSTERESIS;
	}
	const below = columns.findLast(({ score }) => score < held.score);
	return !below || value > (held.score + below.score) / 2 - HYSTERESIS;
}
