/**
 * Which columns the board has, whatever people removed and added at the same time: always 2 to 9,
 * by score, the same for everybody who holds the same document.
 *
 *   live    = columns that are not removed; of more than nine, the first nine by id
 *   revived = while fewer than two are live, the tombstone farthest in score from the live ones;
 *             where there are no tombstones left, one of the two ends of the scale
 *
 * A removed column keeps its score, so a card that still points at it is shown in the live column
 * nearest in score. A card that points at nothing known is shown nearest to 0, the middle of the
 * scale: an unknown place must not pull the needle to either side.
 */

import * as Y from 'yjs';
import type { Column } from './board.ts';
import { root } from './document.ts';
import { COLUMNS_MAX, COLUMNS_MIN, LABEL_LENGTH, SCORE_MAX, SCORE_MIN } from './limits.ts';
import { isId } from './new-id.ts';
import { compareText, readNumber, readText } from './values.ts';

export interface Columns {
	/** By score, then id; 2 to 9. */
	shown: Column[];
	/** The id of the shown column that shows a card placed at `column`. */
	showing(column: unknown): string;
}

/** The ends of the scale, for a document without two columns. */
const ENDS: readonly Column[] = [
	{ id: 'conflict', label: 'Conflict', score: SCORE_MIN },
	{ id: 'cooperation', label: 'Cooperation', score: SCORE_MAX }
];

export function readColumns(doc: Y.Doc): Columns {
	const live: Column[] = [];
	const hidden: Column[] = [];
	for (const [id, fields] of root(doc, 'columns')?.entries() ?? []) {
		if (!isId(id) || !(fields instanceof Y.Map)) continue;
		(fields.get('removed') === true ? hidden : live).push(readColumn(id, fields));
	}
	live.sort((a, b) => compareText(a.id, b.id));
	hidden.push(...live.splice(COLUMNS_MAX));
	revive(live, hidden);
	live.sort((a, b) => a.score - b.score || compareText(a.id, b.id));

	const shownBy = new Map<unknown, string>();
	for (const column of hidden) shownBy.set(column.id, nearest(live, column.score));
	for (const column of live) shownBy.set(column.id, column.id);
	const middle = nearest(live, 0);
	return { shown: live, showing: (column) => shownBy.get(column) ?? middle };
}

function readColumn(id: string, fields: Y.Map<unknown>): Column {
	return {
		id,
		label: readText(fields.get('label'), LABEL_LENGTH).trim() || 'Untitled',
		score: readNumber(fields.get('score'), SCORE_MIN, SCORE_MAX) ?? 0
	};
}

function revive(live: Column[], hidden: readonly Column[]): void {
	while (live.length < COLUMNS_MIN) {
		const known = new Set(live.map((column) => column.id));
		const tombstones = hidden.filter((column) => !known.has(column.id));
		const ends = ENDS.filter((column) => !known.has(column.id));
		live.push({ ...farthest(tombstones.length > 0 ? tombstones : ends, live) });
	}
}

/** The candidate with the greatest distance to the nearest column; ties: lower score, then id. */
function farthest(candidates: readonly Column[], from: readonly Column[]): Column {
	const distance = (column: Column) =>
		Math.min(...from.map((other) => Math.abs(other.score - column.score)));
	return candidates.reduce((best, next) => {
		// Without any live column every distance is infinite, and their difference not a number.
		const further = from.length === 0 ? 0 : distance(next) - distance(best);
		const order = further || best.score - next.score || compareText(best.id, next.id);
		return order > 0 ? next : best;
	});
}

/** The id of the column nearest in score; of two as near, the one nearer to conflict. */
function nearest(columns: readonly Column[], score: number): string {
	return columns.reduce((best, next) =>
		Math.abs(next.score - score) < Math.abs(best.score - score) ? next : best
	).id;
}
