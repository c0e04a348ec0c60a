/** The board of a document that is not live, such as the first update of a room. */
import * as Y from 'yjs';
import type { Board } from '#board/board.ts';
import { readBoard } from '#board/read-board.ts';

export function boardOf(document: Uint8Array): Board {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, document);
	const board = readBoard(doc);
	doc.destroy();
	return board;
}
