/**
 * The first stored update of a room that is a copy of another's board: what stands on it now, as
 * new content. Its history, its trash and its threads stay behind.
 */
import * as Y from 'yjs';
import type { Board, Card } from './board.ts';
import { cardMap } from './card-map.ts';
import { checkText } from './checks.ts';
import { columnMap } from './columns.ts';
import { root, SCHEMA_VERSION, type MetaField, type YFields } from './document.ts';
import { TITLE_LENGTH } from './limits.ts';
import { themeMap } from './themes.ts';

/** Throws `BoardError` for a title that is too long. */
export function copyBoard(board: Board, title: string): Uint8Array {
	const meta: Record<MetaField, unknown> = {
		title: checkText(title, TITLE_LENGTH),
		question: board.question,
		schema: SCHEMA_VERSION
	};
	const doc = new Y.Doc();
	doc.transact(() => {
		for (const [field, value] of Object.entries(meta)) root(doc, 'meta')?.set(field, value);
		for (const column of board.columns) root(doc, 'columns')?.set(column.id, columnMap(column));
		for (const theme of board.themes) root(doc, 'themes')?.set(theme.id, themeMap(theme));
		for (const card of board.cards) root(doc, 'cards')?.set(card.id, copyCard(card));
	});
	const update = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return update;
}

function copyCard({ column, rank, reviewed, spread, evidence, ...card }: Card): YFields {
	const fields = cardMap({
		...card,
		place: { column, rank },
		reviewed: reviewed ?? null,
		evidence: evidence.map(({ id, ...value }) => [id, value])
	});
	fields.set('spread', spread);
	return fields;
}
