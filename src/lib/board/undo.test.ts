import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { setBoardTitle } from './board-details.ts';
import { notesText, setTitle, titleText } from './card-text.ts';
import { addCard, archiveCard, moveCard, setConfidence, setWeight } from './cards.ts';
import { addColumn, removeColumn, rescoreColumn } from './columns.ts';
import { edit, entry, root } from './document.ts';
import { addEvidence, editEvidence, removeEvidence } from './evidence.ts';
import { UNDO_CAPTURE_MS, UNDO_STEPS } from './limits.ts';
import { readBoard } from './read-board.ts';
import { board, card, exchange, LATER, order, pair, values } from './testing.ts';
import { addTheme } from './themes.ts';
import { createUndo } from './undo.ts';

const met = { what: 'They met again.', date: '2021-07-28', direction: 4, reliability: 0.9 };

describe('undo and redo', () => {
	test('go through every operation and back, and restore the board exactly', () => {
		const doc = board();
		const undo = createUndo(doc);
		const operations: (() => void)[] = [
			() => setWeight(doc, 'a', 5),
			() => setConfidence(doc, 'a', 'high'),
			() => moveCard(doc, 'a', { column: 'easing', before: 'c' }, LATER),
			() => setTitle(doc, 'a', 'Another title'),
			() => setTitle(doc, 'b', 'Another title'),
			() => addEvidence(doc, 'a', met, LATER),
			() => editEvidence(doc, 'a', 'e', met),
			() => removeEvidence(doc, 'a', 'e'),
			() => rescoreColumn(doc, 'easing', 40),
			() => removeColumn(doc, 'easing'),
			() => setBoardTitle(doc, 'Title'),
			() => archiveCard(doc, 'b'),
			() => setWeight(doc, 'a', 0)
		];
		const states = [readBoard(doc)];
		for (const operation of operations) {
			operation();
			states.push(readBoard(doc));
		}
		for (const state of states.slice(0, -1).reverse()) {
			undo.undo();
			expect(readBoard(doc)).toEqual(state);
		}
		expect(undo.canUndo).toBe(false);
		for (const state of states.slice(1)) {
			undo.redo();
			expect(readBoard(doc)).toEqual(state);
		}
		expect(undo.canRedo).toBe(false);
	});

	test('of something added hide it without deleting a key, and bring it back', () => {
		const doc = board();
		const undo = createUndo(doc);
		const id = addCard(doc, { title: 'D', column: 'easing' }, LATER);
		addColumn(doc, { label: 'Thaw', score: 30 });
		addTheme(doc, { label: 'Words', tone: 't2' });
		addEvidence(doc, 'c', met, LATER);
		const full = readBoard(doc);
		const before = [...values(doc).keys()];
		for (let i = 0; i < 4; i++) undo.undo();
		const { archived, ...shown } = readBoard(doc);
		expect(archived.map((each) => each.id)).toEqual([id]);
		expect(shown).toEqual({ ...readBoard(board()), archived: undefined });
		expect([...values(doc).keys()]).toEqual(before);
		for (let i = 0; i < 4; i++) undo.redo();
		expect(readBoard(doc)).toEqual(full);
	});

	test('leave the value of somebody who changed the same field since', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		setWeight(one, 'b', 3);
		setWeight(one, 'a', 3);
		exchange(one, two);
		setWeight(two, 'a', 5);
		exchange(one, two);
		undo.undo();
		// The step on `a` has nothing left to undo, so the one before it is undone.
		expect(card(one, 'a').weight).toBe(5);
		expect(card(one, 'b').weight).toBe(2);
		undo.undo();
		undo.redo();
		undo.redo();
		expect(card(one, 'a').weight).toBe(5);
		expect(card(one, 'b').weight).toBe(3);
		exchange(one, two);
		expect(readBoard(two)).toEqual(readBoard(one));
	});

	test('leave it also when it is the value that this person had set', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		setWeight(one, 'a', 3);
		exchange(one, two);
		setWeight(two, 'a', 4);
		setWeight(two, 'a', 3);
		exchange(one, two);
		expect(undo.canUndo).toBe(false);
	});

	test('undo the rest of a step of which somebody changed a part', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		edit(one, () => {
			setWeight(one, 'a', 3);
			setWeight(one, 'b', 3);
		});
		exchange(one, two);
		setWeight(two, 'a', 5);
		exchange(one, two);
		undo.undo();
		expect([card(one, 'a').weight, card(one, 'b').weight]).toEqual([5, 2]);
		expect(undo.canUndo).toBe(false);
	});

	test('do not redo over what somebody wrote after the undo', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		moveCard(one, 'a', { column: 'easing' }, LATER);
		undo.undo();
		exchange(one, two);
		moveCard(two, 'a', { column: 'tension' }, LATER);
		exchange(one, two);
		expect(undo.canRedo).toBe(false);
		undo.redo();
		expect(card(one, 'a').column).toBe('tension');
	});

	test('never touch what somebody else did', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		setWeight(two, 'a', 4);
		addCard(two, { title: 'D', column: 'easing' }, LATER);
		setTitle(two, 'a', 'Theirs');
		exchange(one, two);
		expect(undo.canUndo).toBe(false);
		undo.undo();
		expect(readBoard(one)).toEqual(readBoard(two));
	});

	test('of an added card keep what others did with it since', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		const id = addCard(one, { title: 'D', column: 'easing' }, LATER);
		exchange(one, two);
		setWeight(two, id, 5);
		setTitle(two, id, 'Date');
		addEvidence(two, id, met, LATER);
		exchange(one, two);
		undo.undo();
		exchange(one, two);
		const { archived } = readBoard(two);
		expect(archived).toHaveLength(1);
		expect(archived[0]).toMatchObject({ id, weight: 5, title: 'Date', evidence: [met] });
		undo.redo();
		expect(order(one, 'easing')).toEqual(['c', id]);
	});

	test('write null where there was no key, and delete none', () => {
		const doc = board();
		entry(doc, 'cards', 'a')!.delete('confidence');
		const undo = createUndo(doc);
		setConfidence(doc, 'a', 'high');
		undo.undo();
		expect(entry(doc, 'cards', 'a')!.get('confidence')).toBeNull();
		expect(card(doc, 'a').confidence).toBeUndefined();
	});

	test('forget a card that somebody replaced or deleted', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		setWeight(one, 'a', 3);
		setTitle(one, 'b', 'Bee');
		exchange(one, two);
		root(two, 'cards')!.set('a', new Y.Map([['weight', 4]]));
		root(two, 'cards')!.delete('b');
		exchange(one, two);
		undo.undo();
		undo.undo();
		expect(card(one, 'a').weight).toBe(4);
		expect(readBoard(one).cards.map((each) => each.id)).toEqual(['a', 'c']);
	});
});

describe('a step', () => {
	test('is one gesture, however many fields it writes', () => {
		const doc = board();
		const undo = createUndo(doc);
		const before = readBoard(doc);
		edit(doc, () => {
			setWeight(doc, 'a', 3);
			setTitle(doc, 'a', 'Mixed');
			setTitle(doc, 'b', 'Mixed');
			moveCard(doc, 'b', { column: 'easing' }, LATER);
		});
		const after = readBoard(doc);
		undo.undo();
		expect(readBoard(doc)).toEqual(before);
		expect(undo.canUndo).toBe(false);
		undo.redo();
		expect(readBoard(doc)).toEqual(after);
	});

	test('that writes text and fields is not mixed with the typing before and after it', () => {
		const doc = board();
		const undo = createUndo(doc);
		setTitle(doc, 'a', 'Typed');
		edit(doc, () => {
			setTitle(doc, 'a', 'Typed more');
			setWeight(doc, 'a', 4);
		});
		setTitle(doc, 'a', 'Typed more after');
		undo.undo();
		expect(card(doc, 'a')).toMatchObject({ title: 'Typed more', weight: 4 });
		undo.undo();
		expect(card(doc, 'a')).toMatchObject({ title: 'Typed', weight: 1 });
	});

	test('made anew clears what could be redone', () => {
		const doc = board();
		const undo = createUndo(doc);
		setTitle(doc, 'a', 'x');
		setWeight(doc, 'a', 3);
		undo.undo();
		undo.undo();
		setWeight(doc, 'b', 4);
		expect(undo.canRedo).toBe(false);
		undo.redo();
		expect(card(doc, 'a').title).toBe('A');
	});

	test('is one of a bounded number', () => {
		const doc = board();
		const undo = createUndo(doc);
		for (let i = 0; i <= UNDO_STEPS; i++) setWeight(doc, 'a', (i % 5) + 0.5);
		for (let i = 0; i < UNDO_STEPS; i++) undo.undo();
		expect(undo.canUndo).toBe(false);
		expect(card(doc, 'a').weight).toBe(0.5);
	});

	test('that can no longer be undone does not hold on to deleted text', () => {
		const doc = board();
		const undo = createUndo(doc);
		const held = () =>
			[...doc.store.clients.values()]
				.flat()
				.some((struct) => struct instanceof Y.Item && struct.deleted && struct.keep);
		setTitle(doc, 'a', 'X');
		expect(held()).toBe(true);
		for (let i = 0; i < UNDO_STEPS; i++) setWeight(doc, 'a', (i % 5) + 0.5);
		expect(undo.canUndo).toBe(true);
		expect(held()).toBe(false);
	});

	test('is announced to listeners, also when somebody else makes it void', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		const seen: boolean[] = [];
		const stop = undo.onChange(() => seen.push(undo.canUndo));
		setWeight(one, 'a', 3);
		exchange(one, two);
		setWeight(two, 'a', 4);
		exchange(one, two);
		stop();
		setWeight(one, 'a', 5);
		expect(seen).toEqual([true, false]);
	});

	test('is not recorded after destroy', () => {
		const doc = board();
		const undo = createUndo(doc);
		undo.destroy();
		setWeight(doc, 'a', 3);
		setTitle(doc, 'a', 'x');
		expect(undo.canUndo).toBe(false);
	});
});

describe('typing', () => {
	function type(doc: Y.Doc, text: Y.Text, typed: string, origin: object): void {
		for (const letter of typed) {
			doc.transact(() => text.insert(text.length, letter), origin);
		}
	}

	test('is grouped by pauses and by text, and undone in order with everything else', () => {
		const doc = board();
		const undo = createUndo(doc);
		const editor = {};
		undo.manager.addTrackedOrigin(editor);
		const notes = notesText(doc, 'a')!;
		type(doc, notes, 'one', editor);
		type(doc, notes, ' two', editor);
		// A pause: Yjs compares the time of the last change with its own clock.
		undo.manager.lastChange -= UNDO_CAPTURE_MS;
		type(doc, notes, ' three', editor);
		setWeight(doc, 'a', 4);
		type(doc, notes, ' four', editor);
		type(doc, titleText(doc, 'a')!, '!', editor);

		const undone = () => {
			undo.undo();
			const { title, notes, weight } = card(doc, 'a');
			return [title, notes, weight];
		};
		expect(undone()).toEqual(['A', 'one two three four', 4]);
		expect(undone()).toEqual(['A', 'one two three', 4]);
		expect(undone()).toEqual(['A', 'one two three', 1]);
		expect(undone()).toEqual(['A', 'one two', 1]);
		expect(undone()).toEqual(['A', '', 1]);
		expect(undo.canUndo).toBe(false);
		for (let i = 0; i < 5; i++) undo.redo();
		expect(card(doc, 'a')).toMatchObject({ title: 'A!', notes: 'one two three four', weight: 4 });
	});

	test('right after an undo is a step of its own', () => {
		const doc = board();
		const undo = createUndo(doc);
		setTitle(doc, 'a', 'A1');
		setWeight(doc, 'a', 4);
		undo.undo();
		setTitle(doc, 'a', 'A12');
		undo.undo();
		expect(card(doc, 'a').title).toBe('A1');
		undo.undo();
		expect(card(doc, 'a').title).toBe('A');
	});

	test('that was undone is no part of the step that follows', () => {
		const doc = board();
		const undo = createUndo(doc);
		setTitle(doc, 'a', 'A1');
		undo.undo();
		setWeight(doc, 'a', 4);
		undo.undo();
		expect(card(doc, 'a')).toMatchObject({ title: 'A', weight: 1 });
		expect(undo.canUndo).toBe(false);
	});

	test('of others in the same text survives undo and redo', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		setTitle(one, 'a', 'A mine');
		exchange(one, two);
		setTitle(two, 'a', 'A mine theirs');
		exchange(one, two);
		undo.undo();
		expect(card(one, 'a').title).toBe('A theirs');
		undo.redo();
		expect(card(one, 'a').title).toBe('A mine theirs');
	});

	test('that others have deleted since is skipped, and what was done before is undone', () => {
		const [one, two] = pair();
		const undo = createUndo(one);
		setWeight(one, 'a', 4);
		setTitle(one, 'a', 'A mine');
		exchange(one, two);
		setTitle(two, 'a', 'A');
		exchange(one, two);
		undo.undo();
		expect(card(one, 'a')).toMatchObject({ title: 'A', weight: 1 });
	});

	test('in an editor that calls the manager goes through the same history', () => {
		const doc = board();
		const undo = createUndo(doc);
		setTitle(doc, 'a', 'Typed');
		setWeight(doc, 'a', 4);
		undo.manager.undo();
		expect(card(doc, 'a')).toMatchObject({ title: 'Typed', weight: 1 });
		undo.manager.undo();
		expect(card(doc, 'a').title).toBe('A');
		undo.manager.redo();
		undo.manager.redo();
		expect(card(doc, 'a')).toMatchObject({ title: 'Typed', weight: 4 });
	});
});
