/**
 * Edits as Yjs updates, made before the load begins. Each carries its number, readable in the
 * bytes: a reader of frames knows what has arrived without a document. As a writer's structs come
 * in order, and whatever replaces an edit has a higher number, hearing n means having heard all
 * before it, however the server has joined them.
 */
import * as Y from '../../sync/yjs.ts';

const DIGITS = 6;
const markOf = (writer: number) => `~w${writer}:`;

/** Edits of several writers, and how to tell which have arrived. */
export interface EditSource {
	/** Of each writer, in order. */
	updates: Uint8Array[][];
	/** The number of a writer's last edit in a message of the server; -1 when it has none of it. */
	read(message: Buffer, writer: number): number;
}

/** `count` of each writer. */
export function numberedEdits(writers: number, count: number): EditSource {
	const updates = Array.from({ length: writers }, (_, writer) => edits(writer, count));
	return { updates, read: markReader(writers) };
}

/** A card moved and a letter typed, in turns, by one writer in a place of its own. */
export function edits(writer: number, count: number): Uint8Array[] {
	const doc = new Y.Doc();
	doc.clientID = 1_000_000_000 + writer;
	const updates: Uint8Array[] = [];
	doc.on('update', (update) => updates.push(update));
	const card = doc.getMap(`card-${writer}`);
	const text = doc.getText(`text-${writer}`);
	for (let number = 0; number < count; number++) {
		const mark = markOf(writer) + String(number).padStart(DIGITS, '0');
		if (number % 2 === 0) card.set('place', mark);
		else text.insert(text.length, mark);
	}
	doc.destroy();
	return updates;
}

/** How to find the last number of each of `writers` in a frame; -1 when it has none of it. */
export function markReader(writers: number): (frame: Buffer, writer: number) => number {
	const marks = Array.from({ length: writers }, (_, writer) => Buffer.from(markOf(writer)));
	return (frame, writer) => {
		const mark = marks[writer]!;
		const at = frame.lastIndexOf(mark);
		if (at === -1) return -1;
		const start = at + mark.length;
		let number = 0;
		for (let digit = 0; digit < DIGITS; digit++) number = 10 * number + frame[start + digit]! - 48;
		return number;
	};
}

/** A board of `cards`, edited `count` times by many, ten edits of a card in a row, as one update. */
export function editedBoard(cards: number, count: number): Uint8Array {
	const doc = new Y.Doc();
	const board = doc.getMap<Y.Map<unknown>>('cards');
	doc.clientID = 2_000_000_000;
	for (let card = 0; card < cards; card++) {
		const texts = { title: new Y.Text(`Parameter ${card} of the détente`), note: new Y.Text() };
		board.set(`c${card}`, new Y.Map(Object.entries(texts)));
	}
	for (let edit = 0; edit < count; edit++) {
		if (edit % 2_000 === 0) doc.clientID += 1;
		const card = board.get(`c${(Math.floor(edit / 10) * 7919) % cards}`)!;
		const turn = edit % 10;
		if (turn < 2) card.set('place', { column: `k${edit % 5}`, rank: `a${edit % 97}` });
		else if (turn < 5) card.set('score', edit % 101);
		else typeOrDelete(card.get('note') as Y.Text);
	}
	const update = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return update;
}

function typeOrDelete(note: Y.Text): void {
	if (note.length > 60) note.delete(0, 30);
	else note.insert(note.length, 'd');
}
