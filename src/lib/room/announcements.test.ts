import { expect, test } from 'vitest';
import { addCard, moveCard } from '#board/cards.ts';
import { setTitle } from '#board/card-text.ts';
import { readBoard } from '#board/read-board.ts';
import { instantiate } from '#board/template.ts';
import { AT, SMALL } from '#board/testing.ts';
import * as Y from 'yjs';
import { Announcements, spoken } from './announcements.svelte.ts';

/**
 * What is announced of a change of the small board: `a` (weight 1) and `b` (2) stand at 0, `c` (3)
 * at +50, so the reading is 150 / 6 = +25.
 */
function after(change: (doc: Y.Doc) => void) {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, instantiate(SMALL, { at: AT }));
	const before = readBoard(doc);
	change(doc);
	const announcements = new Announcements();
	announcements.compare(before, readBoard(doc));
	const { latest } = announcements;
	announcements.dismiss();
	return latest;
}

test('a move names the card, the column and what it did to the reading', () => {
	// (−50 + 150) / 6 = 16.7, which is 8.3 less.
	const latest = after((doc) => moveCard(doc, 'a', { column: 'tension' }, AT));
	expect(latest).toMatchObject({ text: 'A moved to tension', change: '−8.3', undoable: true });
});

test('a card without a title is called untitled', () => {
	const latest = after((doc) => {
		setTitle(doc, 'c', '');
		moveCard(doc, 'c', { column: 'cooperation' }, AT);
	});
	expect(latest).toMatchObject({ text: 'Untitled moved to cooperation', change: '+25.0' });
});

test('several moves at once are a number', () => {
	// (100 − 200 + 150) / 6 = 8.3.
	const latest = after((doc) => {
		moveCard(doc, 'a', { column: 'cooperation' }, AT);
		moveCard(doc, 'b', { column: 'conflict' }, AT);
	});
	expect(latest).toMatchObject({ text: '2 parameters moved', change: '−16.7' });
});

test('a new card, and a new place in the same column, are no move', () => {
	expect(after((doc) => addCard(doc, { title: 'New', column: 'tension' }, AT))).toBeNull();
	expect(after((doc) => moveCard(doc, 'a', { column: 'stalemate' }, AT))).toBeNull();
});

test('it is read out with the reading after it and the direction in words', () => {
	const announcement = { key: 1, text: 'A moved to B', change: '+1.4', undoable: true };
	expect(spoken(announcement, 25)).toBe('A moved to B, reading +25, up 1.4');
	expect(spoken({ ...announcement, change: '−3.0' }, -2)).toBe(
		'A moved to B, reading −2, down 3.0'
	);
	expect(spoken({ ...announcement, change: '0.0' }, 0)).toBe('A moved to B, reading 0, unchanged');
	expect(spoken({ ...announcement, change: null }, 25)).toBe('A moved to B');
	expect(spoken(announcement, null)).toBe('A moved to B');
});
