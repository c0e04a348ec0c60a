/**
 * While a board is locked nobody but facilitators moves its cards. What others move is put back in
 * the transaction that took it in, so that nobody is sent it anywhere else and nothing of it is
 * recorded. All else that they do is taken.
 */
import { equalityDeep } from 'lib0/function';
import * as Y from 'yjs';
import { root, type YFields } from '#board/document.ts';

/** Where a card stands, and when that was looked at last, which a move changes along with it. */
interface Held {
	place: unknown;
	reviewed: unknown;
}

export class BoardLock {
	/** By id. Cards that have gone stay in it, so that they do not come back elsewhere. */
	readonly #held = new Map<string, Held>();

	constructor(doc: Y.Doc) {
		this.accept(doc);
	}

	/** Takes things as they are for what has to stay. */
	accept(doc: Y.Doc): void {
		for (const [id, card] of cardsOf(doc)) this.#held.set(id, heldOf(card));
	}

	/** Puts back what was moved since; within a transaction. Answers whether anything was. */
	putBack(doc: Y.Doc): boolean {
		let hasMoved = false;
		for (const [id, card] of cardsOf(doc)) {
			const held = this.#held.get(id);
			const now = heldOf(card);
			if (held !== undefined && !equalityDeep(held.place, now.place)) {
				hasMoved = true;
				put(card, 'place', held.place);
				put(card, 'reviewed', held.reviewed);
			} else {
				this.#held.set(id, now);
			}
		}
		return hasMoved;
	}
}

function cardsOf(doc: Y.Doc): [id: string, card: YFields][] {
	const entries = [...(root(doc, 'cards')?.entries() ?? [])];
	return entries.filter((each): each is [string, YFields] => each[1] instanceof Y.Map);
}

function heldOf(card: YFields): Held {
	return { place: card.get('place'), reviewed: card.get('reviewed') };
}

function put(card: YFields, key: string, value: unknown): void {
	if (value === undefined) card.delete(key);
	else if (!equalityDeep(card.get(key), value)) card.set(key, value);
}
