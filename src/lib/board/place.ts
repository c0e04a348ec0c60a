/**
 * Where a card stands: which places to write so that it comes to a spot of a column.
 */

import type * as Y from 'yjs';
import { BoardError } from './board-error.ts';
import type { Place, YFields } from './document.ts';
import { isId } from './new-id.ts';
import { ranksToInsert, type Ranked } from './rank.ts';
import { cardEntries, compareWithinColumn } from './read-board.ts';
import { readRank } from './read-card.ts';
import { readColumns } from './read-columns.ts';
import { readField } from './values.ts';

export interface Target {
	/** Id of a column shown. */
	column: string;
	/** The card to stand before. Left out, or gone from that column meanwhile: at the end. */
	before?: string;
}

/**
 * The places to write so that a card stands there: its own, and those of the few others that need a
 * new rank (see `rank.ts`). Nothing when it is shown there already. Throws `unknown-column`.
 */
export function placesToInsert(doc: Y.Doc, id: string, to: Target): Map<string, Place> {
	const shown = shownIn(doc, to.column);
	const from = shown.findIndex((card) => card.id === id);
	if (from >= 0 && to.before === id) return new Map();

	const others = shown.filter((card) => card.id !== id);
	const before = others.findIndex((card) => card.id === to.before);
	const index = before < 0 ? others.length : before;
	if (from === index) return new Map();

	const columns = new Map(shown.map((card) => [card.id, card.storedColumn]));
	columns.set(id, to.column);
	return new Map(
		ranksToInsert(id, index, others).map(({ id: card, rank }) => [
			card,
			{ column: columns.get(card) ?? to.column, rank }
		])
	);
}

interface Standing extends Ranked {
	/** Where it is placed: perhaps a removed column, which may come back. */
	storedColumn: string;
}

/** The cards that a column shows, in order. */
function shownIn(doc: Y.Doc, column: string): Standing[] {
	const columns = readColumns(doc);
	if (!columns.shown.some(({ id }) => id === column)) {
		throw new BoardError('unknown-column', `There is no column ${column}.`);
	}
	const standing: Standing[] = [];
	for (const [id, fields] of cardEntries(doc).placed) {
		const stored = readField(fields.get('place'), 'column');
		if (columns.showing(stored) !== column) continue;
		const storedColumn = isId(stored) ? stored : column;
		standing.push({ id, rank: readRank(fields), storedColumn });
	}
	return standing.sort(compareWithinColumn);
}

/** The column that shows a card. */
export function columnOf(doc: Y.Doc, card: YFields): string {
	return readColumns(doc).showing(readField(card.get('place'), 'column'));
}
