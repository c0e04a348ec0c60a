/** What people do with a board as updates, made outside any room: bytes in, bytes out. */
import { readFileSync } from 'node:fs';
import * as Y from 'yjs';
import { addCard, moveCard } from '#board/cards.ts';
import { cardEntries } from '#board/read-board.ts';
import { readColumns } from '#board/read-columns.ts';
import { instantiate, parseTemplate } from '#board/template.ts';

const TEMPLATE = new URL(
	'../../src/lib/board/templates/us-russia-cyber-detente.json',
	import.meta.url
);

/** The board of the template with `cards` cards, as one update. */
export function templateBoard(cards: number): Uint8Array {
	const template = parseTemplate(JSON.parse(readFileSync(TEMPLATE, 'utf8')));
	const board = instantiate(template, { at: new Date() });
	return Y.mergeUpdates([board, moreCards(board, cards)]);
}

/** Adds cards to a board, evenly over its columns, until there are `cards`. */
export function moreCards(board: Uint8Array, cards: number): Uint8Array {
	const doc = docOf(board);
	const vector = Y.encodeStateVector(doc);
	const columns = readColumns(doc).shown;
	doc.transact(() => {
		for (let number = cardEntries(doc).placed.length; number < cards; number++) {
			const { id: column } = columns[number % columns.length]!;
			const card = { title: `Parameter ${number}`, column, weight: 1 + (number % 4) };
			addCard(doc, card, new Date());
		}
	});
	const update = Y.encodeStateAsUpdate(doc, vector);
	doc.destroy();
	return update;
}

export interface Moves {
	/** Of whom the structs are. */
	client: number;
	updates: Uint8Array[];
	/** The client's clock after each. */
	ends: number[];
}

/**
 * `count` moves by the `writer`-th of `writers`, who share the cards out: every one takes a card into
 * another column than it stands in.
 */
export function movesOf(
	board: Uint8Array,
	count: number,
	{ writer, writers }: { writer: number; writers: number }
): Moves {
	const doc = docOf(board);
	const client = doc.clientID;
	const columns = readColumns(doc).shown.map(({ id }) => id);
	const cards = cardEntries(doc).placed.filter((_, index) => index % writers === writer);
	const moves: Moves = { client, updates: [], ends: [] };
	doc.on('update', (update) => {
		moves.updates.push(update);
		moves.ends.push(Y.getState(doc.store, client));
	});
	for (let number = 0; number < count; number++) {
		const [id, fields] = cards[number % cards.length]!;
		const { column } = fields.get('place') as { column: string };
		const away = 1 + (number % (columns.length - 1));
		const to = columns[(columns.indexOf(column) + away) % columns.length]!;
		moveCard(doc, id, { column: to }, new Date());
	}
	doc.destroy();
	return moves;
}

function docOf(board: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, board);
	return doc;
}
