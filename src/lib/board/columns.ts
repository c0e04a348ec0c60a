/**
 * The positions on the scale. A removed column stays as a tombstone with its score, and its cards
 * are not rewritten: they are shown in the column nearest in score, and come back with it when the
 * removal is undone.
 */

import * as Y from 'yjs';
import { BoardError } from './board-error.ts';
import { checkLabel, checkNumber, found } from './checks.ts';
import { edit, entry, root, write, type ColumnField, type YFields } from './document.ts';
import { COLUMNS_MAX, COLUMNS_MIN, LABEL_LENGTH, SCORE_MAX, SCORE_MIN } from './limits.ts';
import { newId } from './new-id.ts';
import { readColumns } from './read-columns.ts';

export interface NewColumn {
	label: string;
	/** -100 (conflict) to 100 (cooperation). */
	score: number;
}

/** Adds a column; returns its id. */
export function addColumn(doc: Y.Doc, input: NewColumn): string {
	const label = checkLabel(input.label, LABEL_LENGTH);
	const score = checkNumber(input.score, SCORE_MIN, SCORE_MAX);
	if (readColumns(doc).shown.length >= COLUMNS_MAX) {
		throw new BoardError('too-many-columns', `A board has at most ${COLUMNS_MAX} columns.`);
	}
	const columns = found(root(doc, 'columns'), 'damaged-board', 'The board cannot hold columns.');
	const id = newId();
	edit(doc, () => columns.set(id, columnMap({ label, score })));
	return id;
}

export function renameColumn(doc: Y.Doc, id: string, label: string): void {
	setField(doc, id, 'label', checkLabel(label, LABEL_LENGTH));
}

/** @param score -100 (conflict) to 100 (cooperation) */
export function rescoreColumn(doc: Y.Doc, id: string, score: number): void {
	setField(doc, id, 'score', checkNumber(score, SCORE_MIN, SCORE_MAX));
}

export function removeColumn(doc: Y.Doc, id: string): void {
	const { shown } = readColumns(doc);
	if (shown.length <= COLUMNS_MIN && shown.some((column) => column.id === id)) {
		throw new BoardError('too-few-columns', `A board has at least ${COLUMNS_MIN} columns.`);
	}
	setField(doc, id, 'removed', true);
}

/** A column's map, whole. */
export function columnMap({ label, score }: NewColumn): YFields {
	const fields: Record<ColumnField, unknown> = { label, score, removed: false };
	return new Y.Map(Object.entries(fields));
}

function setField(doc: Y.Doc, id: string, field: ColumnField, value: unknown): void {
	const column = found(entry(doc, 'columns', id), 'unknown-column', `There is no column ${id}.`);
	edit(doc, () => write(column, field, value));
}
