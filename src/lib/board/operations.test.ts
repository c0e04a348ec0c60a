import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { BoardError, type BoardErrorCode } from './board-error.ts';
import { setBoardTitle, setQuestion } from './board-details.ts';
import { setNotes, setTitle, titleText } from './card-text.ts';
import {
	addCard,
	archiveCard,
	confirmCard,
	moveCard,
	restoreCard,
	setConfidence,
	setSignposts,
	setSpread,
	setTheme,
	setWeight
} from './cards.ts';
import { addColumn, removeColumn, renameColumn, rescoreColumn } from './columns.ts';
import { entry, LOCAL } from './document.ts';
import { addEvidence, editEvidence, removeEvidence } from './evidence.ts';
import {
	CARDS_MAX,
	COLUMNS_MAX,
	DIRECTION_MAX,
	EVIDENCE_LENGTH,
	EVIDENCE_MAX,
	LABEL_LENGTH,
	NOTES_LENGTH,
	QUESTION_LENGTH,
	SCORE_MAX,
	SCORE_MIN,
	SIGNPOST_LENGTH,
	SOURCE_LENGTH,
	SPREAD_MAX,
	THEMES_MAX,
	TITLE_LENGTH,
	WEIGHT_MAX
} from './limits.ts';
import { readBoard } from './read-board.ts';
import { AT, board, card, contents, exchange, force, LATER, order, pair } from './testing.ts';
import { addTheme, renameTheme } from './themes.ts';

const met = { what: 'They met again.', date: '2021-07-28', direction: 4, reliability: 0.9 };

/** Runs an operation and tells what it sent: origin of each transaction that changed something. */
function transactions(doc: Y.Doc, operation: () => void): unknown[] {
	const origins: unknown[] = [];
	const listener = (_: Uint8Array, origin: unknown) => origins.push(origin);
	doc.on('update', listener);
	operation();
	doc.off('update', listener);
	return origins;
}

function expectRefusal(doc: Y.Doc, code: BoardErrorCode, operation: () => void): void {
	const before = contents(doc);
	let thrown: unknown;
	try {
		operation();
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(BoardError);
	expect((thrown as BoardError).code).toBe(code);
	expect(contents(doc)).toEqual(before);
}

test('every operation is one transaction of this person, and none when nothing changes', () => {
	const doc = board();
	const operations: (() => void)[] = [
		() => setBoardTitle(doc, 'New'),
		() => setQuestion(doc, 'Why?'),
		() => setTitle(doc, 'a', 'AA'),
		() => setNotes(doc, 'a', 'Notes'),
		() => setWeight(doc, 'a', 4),
		() => setConfidence(doc, 'a', 'high'),
		() => setConfidence(doc, 'a', undefined),
		() => setTheme(doc, 'a', undefined),
		() => setSignposts(doc, 'a', { up: 'u', down: 'd' }),
		() => setSpread(doc, 'a', 12),
		() => moveCard(doc, 'a', { column: 'easing', before: 'c' }, LATER),
		() => archiveCard(doc, 'a'),
		() => restoreCard(doc, 'a'),
		() => editEvidence(doc, 'a', 'e', met),
		() => renameColumn(doc, 'easing', 'Détente'),
		() => rescoreColumn(doc, 'easing', 40),
		() => removeColumn(doc, 'easing'),
		() => renameTheme(doc, 'talks', 'Dialogue')
	];
	for (const operation of operations) {
		expect(transactions(doc, operation), operation.toString()).toEqual([LOCAL]);
		expect(transactions(doc, operation), operation.toString()).toEqual([]);
	}
	const adding: (() => void)[] = [
		() => addCard(doc, { title: 'D', column: 'stalemate' }, LATER),
		() => addColumn(doc, { label: 'Thaw', score: 30 }),
		() => addTheme(doc, { label: 'Words', tone: 't2' }),
		() => addEvidence(doc, 'a', met, LATER),
		() => removeEvidence(doc, 'a', 'e'),
		() => confirmCard(doc, 'a', '2022-01-01T00:00:00Z')
	];
	for (const operation of adding) {
		expect(transactions(doc, operation), operation.toString()).toEqual([LOCAL]);
	}
});

test('every operation refuses what would not read back as it was written', () => {
	const doc = board();
	const text = (limit: number, write: (value: string) => void): void => {
		expectRefusal(doc, 'text-too-long', () => write('x'.repeat(limit + 1)));
		expectRefusal(doc, 'invalid-text', () => write(new Array(3) as never));
	};
	const label = (limit: number, write: (value: string) => void): void => {
		text(limit, write);
		expectRefusal(doc, 'invalid-text', () => write(' \n '));
	};
	const number = (min: number, max: number, write: (value: number) => void): void => {
		for (const value of [min - 0.1, max + 0.1, NaN, Infinity, -Infinity, '1' as never]) {
			expectRefusal(doc, 'invalid-number', () => write(value));
		}
	};
	const evidence = (input: object) => addEvidence(doc, 'a', { ...met, ...input }, LATER);
	const edited = (input: object) => editEvidence(doc, 'a', 'e', { ...met, ...input });

	text(TITLE_LENGTH, (title) => setBoardTitle(doc, title));
	text(QUESTION_LENGTH, (question) => setQuestion(doc, question));
	text(TITLE_LENGTH, (title) => addCard(doc, { title, column: 'easing' }, AT));
	text(TITLE_LENGTH, (title) => setTitle(doc, 'a', title));
	text(NOTES_LENGTH, (notes) => setNotes(doc, 'a', notes));
	text(SIGNPOST_LENGTH, (up) => setSignposts(doc, 'a', { up, down: '' }));
	text(SIGNPOST_LENGTH, (down) => setSignposts(doc, 'a', { up: '', down }));
	label(LABEL_LENGTH, (label) => addColumn(doc, { label, score: 1 }));
	label(LABEL_LENGTH, (label) => renameColumn(doc, 'easing', label));
	label(LABEL_LENGTH, (label) => addTheme(doc, { label, tone: 't1' }));
	label(LABEL_LENGTH, (label) => renameTheme(doc, 'talks', label));
	number(0, WEIGHT_MAX, (weight) => addCard(doc, { title: 'D', column: 'easing', weight }, AT));
	number(0, WEIGHT_MAX, (weight) => setWeight(doc, 'a', weight));
	number(0, SPREAD_MAX, (spread) => setSpread(doc, 'a', spread));
	number(SCORE_MIN, SCORE_MAX, (score) => addColumn(doc, { label: 'x', score }));
	number(SCORE_MIN, SCORE_MAX, (score) => rescoreColumn(doc, 'easing', score));
	for (const write of [evidence, edited]) {
		label(EVIDENCE_LENGTH, (what) => write({ what }));
		text(SOURCE_LENGTH, (source) => write({ source }));
		number(-DIRECTION_MAX, DIRECTION_MAX, (direction) => write({ direction }));
		number(0, 1, (reliability) => write({ reliability }));
		expectRefusal(doc, 'invalid-date', () => write({ date: '2021-02-29' }));
		expectRefusal(doc, 'invalid-url', () => write({ url: 'javascript:alert(1)' }));
	}
	const confidence = 'sure' as never;
	expectRefusal(doc, 'invalid-choice', () => setConfidence(doc, 'a', confidence));
	expectRefusal(doc, 'invalid-choice', () =>
		addCard(doc, { title: 'D', column: 'easing', confidence }, AT)
	);
	expectRefusal(doc, 'invalid-choice', () => addTheme(doc, { label: 'x', tone: 'red' as never }));
});

describe('cards', () => {
	test('are added whole, at the end of their column', () => {
		const doc = board();
		const input = { title: 'D', column: 'stalemate', theme: 'talks', weight: 0 } as const;
		const id = addCard(doc, { ...input, confidence: 'high' }, LATER);
		expect(order(doc, 'stalemate')).toEqual(['a', 'b', id]);
		expect(card(doc, id)).toMatchObject({ ...input, confidence: 'high', reviewed: LATER });
		expect([...entry(doc, 'cards', id)!.keys()].sort()).toEqual(
			[...entry(doc, 'cards', 'a')!.keys()].sort()
		);
	});

	test('are added with a weight of 1, of no confidence and no theme, unless told', () => {
		const doc = board();
		const added = card(doc, addCard(doc, { title: 'D', column: 'easing' }, LATER));
		expect(added).toMatchObject({ weight: 1, confidence: undefined, theme: undefined, spread: 0 });
	});

	test('that two people move at once end up in one place', () => {
		const [one, two] = pair();
		moveCard(one, 'a', { column: 'easing' }, LATER);
		moveCard(two, 'a', { column: 'tension' }, LATER);
		exchange(one, two);
		expect(readBoard(one)).toEqual(readBoard(two));
		const columns = ['tension', 'easing'].filter((column) => order(one, column).includes('a'));
		expect(columns).toHaveLength(1);
	});

	test('are reviewed by a change of column, not by a new order within it', () => {
		const doc = board();
		moveCard(doc, 'b', { column: 'stalemate', before: 'a' }, LATER);
		expect(order(doc, 'stalemate')).toEqual(['b', 'a']);
		expect(card(doc, 'b').reviewed).toBe(AT);
		moveCard(doc, 'b', { column: 'easing', before: 'c' }, new Date(LATER));
		expect(order(doc, 'easing')).toEqual(['b', 'c']);
		expect(card(doc, 'b').reviewed).toBe(LATER);
	});

	test('that are dropped where they stand stay there, and nothing is written', () => {
		const doc = board();
		// Not the rank that a card at this spot would get.
		force(doc, 'b', 'place', { column: 'stalemate', rank: 'a0k' });
		for (const to of [{ before: 'a' }, { before: 'b' }]) {
			expect(
				transactions(doc, () => moveCard(doc, 'a', { column: 'stalemate', ...to }, LATER))
			).toEqual([]);
		}
		expect(transactions(doc, () => moveCard(doc, 'b', { column: 'stalemate' }, LATER))).toEqual([]);
		expect(order(doc, 'stalemate')).toEqual(['a', 'b']);
	});

	test('go to the end when the card they were dropped before is gone from that column', () => {
		const doc = board();
		moveCard(doc, 'c', { column: 'stalemate', before: 'unknown' }, LATER);
		expect(order(doc, 'stalemate')).toEqual(['a', 'b', 'c']);
	});

	test('that two people put at one spot can be parted, and only one of them is ranked anew', () => {
		const [one, two] = pair();
		const x = addCard(one, { title: 'X', column: 'easing' }, AT);
		const y = addCard(two, { title: 'Y', column: 'easing' }, AT);
		exchange(one, two);
		expect(card(one, x).rank).toBe(card(one, y).rank);
		const [, first, second] = order(one, 'easing');
		moveCard(one, 'a', { column: 'easing', before: second }, LATER);
		expect(order(one, 'easing')).toEqual(['c', first, 'a', second]);
		expect(card(one, first!).rank).toBe(card(two, first!).rank);
	});

	test('beside invalid ranks land where they were dropped', () => {
		const doc = board();
		force(doc, 'a', 'place', { column: 'stalemate', rank: '€' });
		force(doc, 'b', 'place', { column: 'stalemate', rank: 5 });
		expect(order(doc, 'stalemate')).toEqual(['b', 'a']);
		moveCard(doc, 'c', { column: 'stalemate', before: 'a' }, LATER);
		expect(order(doc, 'stalemate')).toEqual(['b', 'c', 'a']);
		const d = addCard(doc, { title: 'D', column: 'stalemate' }, LATER);
		expect(order(doc, 'stalemate')).toEqual(['b', 'c', 'a', d]);
	});

	test('of a removed column come back with it, also after they were ranked anew', () => {
		const doc = board();
		removeColumn(doc, 'easing');
		force(doc, 'c', 'place', { column: 'easing', rank: 'a0' });
		expect(order(doc, 'stalemate')).toEqual(['a', 'c', 'b']);
		const d = addCard(doc, { title: 'D', column: 'tension' }, LATER);
		moveCard(doc, d, { column: 'stalemate', before: 'c' }, LATER);
		expect(order(doc, 'stalemate')).toEqual(['a', d, 'c', 'b']);
		entry(doc, 'columns', 'easing')!.set('removed', false);
		expect(order(doc, 'easing')).toEqual(['c']);
	});

	test('refuse impossible input and stay as they were', () => {
		const doc = board();
		const add = (input: object) => () =>
			addCard(doc, { title: 'D', column: 'easing', ...input } as never, LATER);
		expectRefusal(doc, 'unknown-card', () => setWeight(doc, 'none', 1));
		expectRefusal(doc, 'unknown-card', () => moveCard(doc, 'none', { column: 'easing' }, LATER));
		expectRefusal(doc, 'unknown-column', () => moveCard(doc, 'a', { column: 'none' }, LATER));
		expectRefusal(doc, 'invalid-date', () => moveCard(doc, 'a', { column: 'easing' }, 'now'));
		expectRefusal(doc, 'invalid-date', () => confirmCard(doc, 'a', new Date(NaN)));
		expectRefusal(doc, 'unknown-theme', () => setTheme(doc, 'a', 'none'));
		expectRefusal(doc, 'unknown-column', add({ column: 'none' }));
		expectRefusal(doc, 'unknown-theme', add({ theme: 'none' }));
	});

	test('are at most as many as are shown', () => {
		const doc = board();
		for (let i = 3; i < CARDS_MAX; i++) addCard(doc, { title: `${i}`, column: 'easing' }, AT);
		expect(readBoard(doc).cards).toHaveLength(CARDS_MAX);
		expectRefusal(doc, 'too-many-cards', () => addCard(doc, { title: '', column: 'easing' }, AT));
		archiveCard(doc, 'a');
		addCard(doc, { title: 'In its place', column: 'easing' }, AT);
		expectRefusal(doc, 'too-many-cards', () => restoreCard(doc, 'a'));
		expect(transactions(doc, () => restoreCard(doc, 'b'))).toEqual([]);
		archiveCard(doc, 'b');
		restoreCard(doc, 'a');
		expect(card(doc, 'a')).toBeDefined();
	});
});

describe('texts', () => {
	test('set by two people at once keep what both changed', () => {
		const [one, two] = pair();
		setTitle(one, 'a', 'The quick fox');
		exchange(one, two);
		setTitle(one, 'a', 'The very quick fox');
		setTitle(two, 'a', 'The quick red fox');
		exchange(one, two);
		expect(card(one, 'a').title).toBe('The very quick red fox');
		expect(titleText(two, 'a')!.toString()).toBe('The very quick red fox');
	});

	test('are set as they should read, also where a foreign client put something into them', () => {
		const doc = board();
		titleText(doc, 'a')!.insertEmbed(0, { image: 'x' });
		expect(transactions(doc, () => setTitle(doc, 'a', 'A'))).toEqual([]);
		setTitle(doc, 'a', 'AB');
		expect(card(doc, 'a').title).toBe('AB');
		setTitle(doc, 'a', 'B');
		expect(card(doc, 'a').title).toBe('B');
	});

	test('are stored as whole characters only', () => {
		const doc = board();
		setTitle(doc, 'a', 'x\ud800');
		expect(titleText(doc, 'a')!.toString()).toBe('x\ufffd');
	});

	test('that differ in half a character keep whole ones', () => {
		const doc = board();
		setTitle(doc, 'a', 'x😀y');
		setTitle(doc, 'a', 'x😁y');
		expect(card(doc, 'a').title).toBe('x😁y');
	});

	test('that a foreign client overwrote are refused, not recreated', () => {
		const doc = board();
		force(doc, 'a', 'title', 'plain');
		expect(titleText(doc, 'a')).toBeUndefined();
		expect(card(doc, 'a').title).toBe('plain');
		expectRefusal(doc, 'damaged-board', () => setTitle(doc, 'a', 'x'));
	});
});

describe('evidence', () => {
	test('is added as a review, edited and removed', () => {
		const doc = board();
		const id = addEvidence(doc, 'a', { ...met, url: 'https://example.org' }, LATER);
		expect(card(doc, 'a').reviewed).toBe(LATER);
		expect(card(doc, 'a').evidence.map((each) => each.id)).toEqual([id, 'e']);
		expect(card(doc, 'a').evidence[0]?.url).toBe('https://example.org/');
		editEvidence(doc, 'a', id, { ...met, direction: -3 });
		expect(card(doc, 'a').evidence[0]).toEqual({ id, ...met, direction: -3 });
		removeEvidence(doc, 'a', id);
		expect(card(doc, 'a').evidence.map((each) => each.id)).toEqual(['e']);
		expectRefusal(doc, 'unknown-evidence', () => editEvidence(doc, 'a', id, met));
	});

	test('keeps fields of a later version when it is edited', () => {
		const doc = board();
		const list = entry(doc, 'cards', 'a')!.get('evidence') as Y.Map<object>;
		list.set('e', { ...met, colour: 'red' });
		editEvidence(doc, 'a', 'e', { ...met, direction: 1 });
		expect(list.get('e')).toMatchObject({ direction: 1, colour: 'red' });
	});

	test('refuses impossible input', () => {
		const doc = board();
		const add = () => addEvidence(doc, 'a', met, LATER);
		expectRefusal(doc, 'unknown-card', () => addEvidence(doc, 'none', met, LATER));
		force(doc, 'b', 'evidence', null);
		expectRefusal(doc, 'damaged-board', () => addEvidence(doc, 'b', met, LATER));
		for (let i = 1; i < EVIDENCE_MAX; i++) add();
		expectRefusal(doc, 'too-many-evidence', add);
		// A removed entry takes no room.
		removeEvidence(doc, 'a', 'e');
		add();
		expect(card(doc, 'a').evidence).toHaveLength(EVIDENCE_MAX);
	});
});

describe('columns and themes', () => {
	test('that two people remove at once leave two columns, the same for both', () => {
		const [one, two] = pair();
		removeColumn(one, 'conflict');
		removeColumn(one, 'tension');
		exchange(one, two);
		removeColumn(one, 'stalemate');
		removeColumn(two, 'cooperation');
		exchange(one, two);
		expect(readBoard(one)).toEqual(readBoard(two));
		expect(readBoard(one).columns.map((column) => column.id)).toHaveLength(2);
	});

	test('refuse impossible input', () => {
		const doc = board();
		expectRefusal(doc, 'unknown-column', () => removeColumn(doc, 'none'));
		expectRefusal(doc, 'unknown-theme', () => renameTheme(doc, 'none', 'x'));
		for (const id of ['conflict', 'tension', 'stalemate']) removeColumn(doc, id);
		expectRefusal(doc, 'too-few-columns', () => removeColumn(doc, 'easing'));
		expectRefusal(doc, 'unknown-column', () => removeColumn(doc, 'none'));
		expect(transactions(doc, () => removeColumn(doc, 'tension'))).toEqual([]);
	});

	test('are bounded', () => {
		const doc = board();
		const column = () => addColumn(doc, { label: 'x', score: 1 });
		for (let i = 5; i < COLUMNS_MAX; i++) column();
		expectRefusal(doc, 'too-many-columns', column);
		const theme = () => addTheme(doc, { label: 'x', tone: 't1' });
		for (let i = 1; i < THEMES_MAX; i++) theme();
		expectRefusal(doc, 'too-many-themes', theme);
	});
});
