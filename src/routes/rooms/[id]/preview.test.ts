import { expect, test } from 'vitest';
import { readBoard } from '#board/read-board.ts';
import { instantiate } from '#board/template.ts';
import { AT, SMALL } from '#board/testing.ts';
import * as Y from 'yjs';
import { previewOf } from './preview.ts';

function small() {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, instantiate(SMALL, { at: AT }));
	return readBoard(doc);
}

test('a landing says what a drop there would do to the reading', () => {
	// As in the announcements' tests: (−50 + 150) / 6 = 16.7, which is 8.3 less than 25.
	const preview = previewOf(small(), { card: 'a', column: 'tension', before: undefined });
	expect(preview).toEqual({ label: 'tension', change: '−8.3' });
});

test('in its own column, or for what is gone, there is nothing to say', () => {
	expect(previewOf(small(), { card: 'a', column: 'stalemate', before: 'b' })).toBeNull();
	expect(previewOf(small(), { card: 'a', column: 'gone', before: undefined })).toBeNull();
	expect(previewOf(small(), { card: 'gone', column: 'tension', before: undefined })).toBeNull();
});
