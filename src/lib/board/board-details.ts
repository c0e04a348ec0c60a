/** The board's title and the question it answers. */

import type * as Y from 'yjs';
import { checkText, found } from './checks.ts';
import { edit, root, write, type MetaField } from './document.ts';
import { QUESTION_LENGTH, TITLE_LENGTH } from './limits.ts';

export function setBoardTitle(doc: Y.Doc, title: string): void {
	setMeta(doc, 'title', checkText(title, TITLE_LENGTH));
}

export function setQuestion(doc: Y.Doc, question: string): void {
	setMeta(doc, 'question', checkText(question, QUESTION_LENGTH));
}

function setMeta(doc: Y.Doc, field: MetaField, value: string): void {
	const meta = found(root(doc, 'meta'), 'damaged-board', 'The board cannot hold a title.');
	edit(doc, () => write(meta, field, value));
}
