/**
 * Random people on random connections: three to six replicas do anything that the board offers, undo
 * it, and write rubbish past every check, while updates arrive late, twice, in any order, or are lost
 * until the next exchange. Every rule holds in every replica after every step, and all end equal.
 *
 * A failure prints the seed and path to run it again (`fc.assert(…, { seed, path })`): ids and the
 * numbers of the replicas, which decide ties, come from the run too.
 */

import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import * as Y from 'yjs';
import { setBoardTitle, setQuestion } from './board-details.ts';
import { BoardError } from './board-error.ts';
import { expectMovable, expectRules } from './board.rules.ts';
import { CONFIDENCES, TONES, type Board } from './board.ts';
import { notesText, setNotes, setTitle } from './card-text.ts';
import * as cards from './cards.ts';
import * as columns from './columns.ts';
import { entry, root } from './document.ts';
import { addEvidence, editEvidence, removeEvidence } from './evidence.ts';
import { COLUMNS_MAX, COLUMNS_MIN } from './limits.ts';
import { readBoard } from './read-board.ts';
import { contents, exchange, LATER, replicas, values } from './testing.ts';
import { addTheme, renameTheme } from './themes.ts';
import { createUndo, type Undo } from './undo.ts';

/** A field of a later version. */
const UNKNOWN = 'later';

const SEED = 20_210_616;
const RUNS = 100;

/** One person's copy, what is on its way to it, and whose the value at each path is. */
interface Person {
	doc: Y.Doc;
	undo: Undo;
	inbox: Uint8Array[];
	isConnected: boolean;
	owners: Map<string, 'own' | 'foreign'>;
	/** Paths of texts this person has ever edited. */
	typedIn: Set<string>;
}

interface Step {
	who: number;
	action: Action;
	/** Which one of the run's operations. */
	operation: number;
	x: number;
	y: number;
	text: string;
}

type Operation = (doc: Y.Doc, board: Board, step: Step) => void;

function pick<T>(list: readonly T[], index: number): T | undefined {
	return list[index % list.length];
}
const anyCard = ({ cards, archived }: Board, x: number) =>
	pick([...cards, ...archived], x)?.id ?? 'none';
const anyColumn = ({ columns }: Board, y: number) => pick(columns, y)?.id ?? 'none';
const met = (x: number, what: string) => ({
	what,
	date: `2021-0${1 + (x % 9)}-11`,
	direction: (x % 21) - 10,
	reliability: 0.5
});

const OPERATIONS = {
	addCard: (doc, board, { x, y, text }) =>
		cards.addCard(
			doc,
			{ title: text, column: anyColumn(board, y), theme: pick(board.themes, x)?.id, weight: x % 6 },
			LATER
		),
	move: (doc, board, { x, y }) => {
		const column = anyColumn(board, y);
		const inColumn = board.cards.filter((card) => card.column === column);
		cards.moveCard(doc, anyCard(board, x), { column, before: pick(inColumn, x + y)?.id }, LATER);
	},
	moveToEnd: (doc, board, { x, y }) =>
		cards.moveCard(doc, anyCard(board, x), { column: anyColumn(board, y) }, LATER),
	confirm: (doc, board, { x, y }) =>
		cards.confirmCard(doc, anyCard(board, x), new Date(Date.UTC(2022, 0, 1 + y))),
	setWeight: (doc, board, { x, y }) => cards.setWeight(doc, anyCard(board, x), y % 7),
	setConfidence: (doc, board, { x, y }) =>
		cards.setConfidence(doc, anyCard(board, x), pick([...CONFIDENCES, undefined], y)),
	setTheme: (doc, board, { x, y }) =>
		cards.setTheme(doc, anyCard(board, x), pick([...board.themes, undefined], y)?.id),
	setSignposts: (doc, board, { x, text }) =>
		cards.setSignposts(doc, anyCard(board, x), { up: text, down: '' }),
	setSpread: (doc, board, { x, y }) => cards.setSpread(doc, anyCard(board, x), y),
	archive: (doc, board, { x }) => cards.archiveCard(doc, anyCard(board, x)),
	restore: (doc, board, { x }) => cards.restoreCard(doc, anyCard(board, x)),
	setTitle: (doc, board, { x, text }) => setTitle(doc, anyCard(board, x), text),
	setNotes: (doc, board, { x, text }) => setNotes(doc, anyCard(board, x), text),
	addEvidence: (doc, board, { x, y, text }) =>
		addEvidence(doc, anyCard(board, x), met(y, text), LATER),
	editEvidence: (doc, board, { x, y, text }) => {
		const card = pick(board.cards, x);
		editEvidence(doc, card?.id ?? '', pick(card?.evidence ?? [], y)?.id ?? '', met(y, text));
	},
	removeEvidence: (doc, board, { x, y }) => {
		const card = pick(board.cards, x);
		removeEvidence(doc, card?.id ?? '', pick(card?.evidence ?? [], y)?.id ?? '');
	},
	addColumn: (doc, _, { x, text }) => columns.addColumn(doc, { label: text, score: x - 100 }),
	renameColumn: (doc, board, { y, text }) => columns.renameColumn(doc, anyColumn(board, y), text),
	rescoreColumn: (doc, board, { x, y }) => columns.rescoreColumn(doc, anyColumn(board, y), x - 100),
	removeColumn: (doc, board, { y }) => columns.removeColumn(doc, anyColumn(board, y)),
	addTheme: (doc, _, { x, text }) => addTheme(doc, { label: text, tone: pick(TONES, x) ?? 't1' }),
	renameTheme: (doc, board, { x, text }) => renameTheme(doc, pick(board.themes, x)?.id ?? '', text),
	setBoardTitle: (doc, _, { text }) => setBoardTitle(doc, text),
	setQuestion: (doc, _, { text }) => setQuestion(doc, text)
} satisfies Record<string, Operation>;

/** What no operation does, but a hostile client can. */
const HOSTILE: ((doc: Y.Doc, card: string, column: string) => void)[] = [
	(doc, card) => entry(doc, 'cards', card)?.set('place', { column: '__proto__', rank: 'zzz!' }),
	(doc, card, column) => entry(doc, 'cards', card)?.set('place', { column, rank: 'a0' }),
	(doc, card, column) => entry(doc, 'cards', card)?.set('place', { column, rank: '€'.repeat(400) }),
	(doc, card) => entry(doc, 'cards', card)?.set('place', new Y.Text('here')),
	(doc, card) => entry(doc, 'cards', card)?.set('weight', NaN),
	(doc, card) => entry(doc, 'cards', card)?.set('weight', 1e300),
	(doc, card) => entry(doc, 'cards', card)?.set('title', 'plain'),
	(doc, card) => entry(doc, 'cards', card)?.set('title', new Y.Text('new')),
	(doc, card) => entry(doc, 'cards', card)?.set('evidence', new Y.Map([['e', { what: [] }]])),
	(doc, card) => entry(doc, 'cards', card)?.set('evidence', 7),
	(doc, card) => entry(doc, 'cards', card)?.delete('reviewed'),
	(doc, card) => root(doc, 'cards')?.set(card, new Y.Map()),
	(doc, card) => root(doc, 'cards')?.set(card, { title: 'no map' }),
	(doc, card) => root(doc, 'cards')?.delete(card),
	(doc) => root(doc, 'cards')?.set('constructor', new Y.Map([['title', 'x']])),
	(doc) => root(doc, 'cards')?.set('x y', new Y.Map()),
	(doc, _, column) => root(doc, 'columns')?.delete(column),
	(doc, _, column) => root(doc, 'columns')?.set(column, []),
	(doc, _, column) => entry(doc, 'columns', column)?.set('score', 'high'),
	(doc, _, column) => entry(doc, 'columns', column)?.set('removed', true),
	(doc) => {
		for (let i = 0; i < 8; i++) root(doc, 'columns')?.set(`more${i}`, new Y.Map([['score', i]]));
	},
	(doc) => root(doc, 'themes')?.set('talks', new Y.XmlFragment()),
	(doc) => root(doc, 'meta')?.set('title', new Y.Array())
];

const ACTIONS = [
	'operate',
	'undo',
	'redo',
	'type',
	'sabotage',
	'deliver',
	'deliverTwice',
	'connect',
	'disconnect'
] as const;
type Action = (typeof ACTIONS)[number];
type OperationName = keyof typeof OPERATIONS;

/** A few operations a run, so that some runs press one spot hard. */
const repertoire = fc.subarray(Object.keys(OPERATIONS) as OperationName[], { minLength: 2 });

const step: fc.Arbitrary<Step> = fc.record({
	who: fc.nat(5),
	action: fc.oneof(
		{ weight: 8, arbitrary: fc.constant<Action>('operate') },
		{ weight: 4, arbitrary: fc.constantFrom<Action>('undo', 'undo', 'redo') },
		{ weight: 8, arbitrary: fc.constantFrom<Action>('deliver', 'deliver', 'deliverTwice') },
		{ weight: 6, arbitrary: fc.constantFrom(...ACTIONS) }
	),
	operation: fc.nat(100),
	x: fc.nat(200),
	y: fc.nat(60),
	text: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
});

test(
	'all copies converge and every rule holds in each, whatever people do',
	{ timeout: 60_000 },
	() => {
		const bytes = seededBytes();
		fc.assert(
			fc.property(
				fc.integer({ min: 3, max: 6 }),
				fc.constantFrom(COLUMNS_MIN, 5, COLUMNS_MAX),
				repertoire,
				fc.array(step, { minLength: 20, maxLength: 120 }),
				(count, columnCount, operations, steps) => {
					bytes.seed = count;
					const people = opened(count, columnCount).map(join);
					for (const person of people) connect(person, people);
					for (const each of steps) {
						const person = people[each.who % count]!;
						act(person, people, operations, each);
						const changed = each.action === 'connect' ? people : [person];
						for (const { doc } of changed) expectRules(doc);
					}
					const docs = people.map((person) => person.doc);
					exchange(...docs);
					exchange(...docs);
					expectEqual(docs);
					for (const doc of docs) expectRules(doc);
					expectMovable(pick(docs, steps.length)!);
					for (const person of people) person.undo.destroy();
				}
			),
			{ seed: SEED, numRuns: RUNS }
		);
	}
);

/** Makes `newId` draw from a seed instead of from chance. */
function seededBytes(): { seed: number } {
	const state = { seed: 0 };
	const source = vi.spyOn(crypto, 'getRandomValues').mockImplementation((bytes) => {
		// The generator of ANSI C; its high bits are the good ones.
		const fill = () => (state.seed = (Math.imul(state.seed, 1_103_515_245) + 12_345) >>> 0) >> 16;
		return (bytes as Uint8Array).map(fill) as typeof bytes;
	});
	onTestFinished(() => source.mockRestore());
	return state;
}

/**
 * The board that all begin with: with as few or as many columns as a board may have, so that its
 * bounds are met; and with fields of a later version among the others.
 */
function opened(count: number, columnCount: number): Y.Doc[] {
	const docs = replicas(count);
	for (const [i, doc] of docs.entries()) doc.clientID = i + 1;
	const [first] = docs;
	for (const id of ['conflict', 'tension', 'stalemate'].slice(0, 5 - columnCount)) {
		columns.removeColumn(first!, id);
	}
	for (let i = 5; i < columnCount; i++) columns.addColumn(first!, { label: 'More', score: i * 9 });
	for (const [name, id] of [
		['cards', 'a'],
		['columns', 'easing'],
		['themes', 'talks']
	] as const) {
		entry(first!, name, id)!.set(UNKNOWN, { kept: id });
	}
	exchange(...docs);
	return docs;
}

function join(doc: Y.Doc): Person {
	const undo = createUndo(doc);
	return { doc, undo, inbox: [], isConnected: true, owners: new Map(), typedIn: new Set() };
}

/** What a person writes goes to everybody who is connected; what arrives is not passed on. */
function connect(person: Person, people: readonly Person[]): void {
	person.doc.on('update', (update: Uint8Array, origin: unknown) => {
		if (origin === 'remote' || !person.isConnected) return;
		for (const other of people) {
			if (other !== person && other.isConnected) other.inbox.push(update);
		}
	});
}

function act(
	person: Person,
	people: readonly Person[],
	operations: readonly OperationName[],
	step: Step
): void {
	const before = values(person.doc);
	const changed = () => changedPaths(before, values(person.doc));
	switch (step.action) {
		case 'connect':
			person.isConnected = true;
			return catchUp(people.filter((other) => other.isConnected));
		case 'disconnect':
			person.isConnected = false;
			return;
		case 'deliver':
		case 'deliverTwice':
			deliver(person, step);
			return own(person, changed(), 'foreign');
		case 'undo':
		case 'redo':
			person.undo[step.action]();
			return expectOwnOnly(person, before, changed());
		case 'sabotage':
			sabotage(person.doc, step);
			return own(person, changed(), 'foreign');
		case 'type':
			type(person.doc, step);
			return own(person, changed(), 'own');
		case 'operate':
			operate(person.doc, pick(operations, step.operation)!, step);
			expectKept(person, before, changed());
			return own(person, changed(), 'own');
	}
}

function operate(doc: Y.Doc, name: OperationName, step: Step): void {
	try {
		OPERATIONS[name](doc, readBoard(doc), step);
	} catch (error) {
		// A refusal is an answer; everything else is a bug.
		if (!(error instanceof BoardError)) throw error;
	}
}

function catchUp(people: readonly Person[]): void {
	const before = people.map(({ doc }) => values(doc));
	exchange(...people.map(({ doc }) => doc));
	for (const [i, person] of people.entries()) {
		own(person, changedPaths(before[i]!, values(person.doc)), 'foreign');
	}
}

function deliver(person: Person, { action, x }: Step): void {
	const [update] = person.inbox.splice(x % Math.max(person.inbox.length, 1), 1);
	if (!update) return;
	Y.applyUpdate(person.doc, update, 'remote');
	if (action === 'deliverTwice') Y.applyUpdate(person.doc, update, 'remote');
}

function sabotage(doc: Y.Doc, { x, y }: Step): void {
	const board = readBoard(doc);
	const write = pick(HOSTILE, x + y)!;
	doc.transact(() => write(doc, anyCard(board, x), anyColumn(board, y)), 'hostile');
}

function type(doc: Y.Doc, { x, y, text }: Step): void {
	const notes = notesText(doc, anyCard(readBoard(doc), x));
	notes?.insert(y % (notes.length + 1), text);
}

function changedPaths(before: Map<string, string>, after: Map<string, string>): string[] {
	return [...new Set([...before.keys(), ...after.keys()])].filter(
		(path) => before.get(path) !== after.get(path)
	);
}

function own(person: Person, paths: string[], owner: 'own' | 'foreign'): void {
	for (const path of paths) {
		person.owners.set(path, owner);
		if (owner === 'own') person.typedIn.add(path);
	}
}

/** What a person does takes no key away, and leaves what this version does not know. */
function expectKept(person: Person, before: Map<string, string>, paths: string[]): void {
	const after = values(person.doc);
	for (const path of before.keys()) expect(after.has(path), `${path} is still there`).toBe(true);
	for (const path of paths) expect(path.endsWith(`/${UNKNOWN}`), `${path} is kept`).toBe(false);
}

/** Undo and redo change only values that are this person's. */
function expectOwnOnly(person: Person, before: Map<string, string>, paths: string[]): void {
	expectKept(person, before, paths);
	for (const path of paths) {
		const isText = /^cards\/[^/]+\/(title|notes)$/.test(path);
		if (isText) expect(person.typedIn.has(path), `${path} was edited by this person`).toBe(true);
		else expect(person.owners.get(path) ?? 'own', `${path} is this person's`).toBe('own');
	}
	own(person, paths, 'own');
}

function expectEqual(docs: readonly Y.Doc[]): void {
	const [first, ...others] = docs;
	for (const other of others) {
		expect(readBoard(other)).toEqual(readBoard(first!));
		expect(contents(other)).toEqual(contents(first!));
		expect(Y.decodeStateVector(Y.encodeStateVector(other))).toEqual(
			Y.decodeStateVector(Y.encodeStateVector(first!))
		);
	}
}
