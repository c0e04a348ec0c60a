/**
 * While a board is locked nobody but facilitators moves its cards or its columns. What others move is
 * put back in the transaction that took it in, so that nobody is sent it anywhere else and nothing of
 * it is recorded. All else that they do is taken.
 *
 * Values are held and compared as they are read, and written anew: what is put back is as small as
 * what an honest page writes, whatever was planted.
 */
import * as Y from 'yjs';
import { columnMap } from '#board/columns.ts';
import { root, type RootName, type YFields } from '#board/document.ts';
import { LABEL_LENGTH, RANK_LENGTH, SCORE_MAX, SCORE_MIN } from '#board/limits.ts';
import { isId } from '#board/new-id.ts';
import { readField, readNumber, readText, readTime } from '#board/values.ts';

/** Where a card stands, and when that was looked at last, which a move changes along with it. */
interface HeldCard {
	/** Null for one that cannot be read: to say where such a card stands is no move. */
	place: { column: string; rank: string } | null;
	reviewed: string | null;
}

interface HeldColumn {
	label: string;
	score: number;
	isRemoved: boolean;
}

/** Ids of what a transaction has touched so far. */
type Touched = Record<'cards' | 'columns', Set<string>>;

export class BoardLock {
	/** By id. Cards that have gone stay in it, so that they do not come back elsewhere. */
	readonly #cards = new Map<string, HeldCard>();
	readonly #columns = new Map<string, HeldColumn>();

	constructor(doc: Y.Doc) {
		this.#hold(doc, { cards: idsIn(doc, 'cards'), columns: idsIn(doc, 'columns') });
	}

	/** Takes what `transaction` has changed so far for what has to stay. */
	accept(transaction: Y.Transaction): void {
		this.#hold(transaction.doc, touchedBy(transaction));
	}

	/** Puts back what `transaction` has moved since; within it. Answers whether anything was. */
	putBack(transaction: Y.Transaction): boolean {
		const { doc } = transaction;
		const { cards, columns } = touchedBy(transaction);
		const movedColumns = [...columns].filter((id) => this.#putColumnBack(doc, id));
		const movedCards = [...cards].filter((id) => this.#putCardBack(doc, id));
		return movedColumns.length + movedCards.length > 0;
	}

	#hold(doc: Y.Doc, { cards, columns }: Touched): void {
		for (const id of cards) {
			const fields = fieldsOf(doc, 'cards', id);
			if (fields !== undefined) this.#cards.set(id, heldCard(fields));
		}
		for (const id of columns) {
			const fields = fieldsOf(doc, 'columns', id);
			if (fields !== undefined) this.#columns.set(id, heldColumn(fields));
		}
	}

	#putCardBack(doc: Y.Doc, id: string): boolean {
		const fields = fieldsOf(doc, 'cards', id);
		if (fields === undefined) return false;
		const held = this.#cards.get(id);
		const now = heldCard(fields);
		if (!held?.place || isSamePlace(held.place, now.place)) {
			this.#cards.set(id, now);
			return false;
		}
		fields.set('place', { ...held.place });
		if (held.reviewed !== now.reviewed) fields.set('reviewed', held.reviewed);
		return true;
	}

	/** One that was added goes; one that was changed, put away or taken out is as it was. */
	#putColumnBack(doc: Y.Doc, id: string): boolean {
		const fields = fieldsOf(doc, 'columns', id);
		const held = this.#columns.get(id);
		if (fields === undefined) {
			if (held === undefined || held.isRemoved) return false;
			root(doc, 'columns')?.set(id, columnMap(held));
			return true;
		}
		const now = heldColumn(fields);
		const { score, isRemoved } = held ?? { ...now, isRemoved: true };
		if (held === undefined) this.#columns.set(id, { ...now, isRemoved });
		if (now.score === score && now.isRemoved === isRemoved) return false;
		fields.set('score', score);
		fields.set('removed', isRemoved);
		return true;
	}
}

function idsIn(doc: Y.Doc, name: RootName): Set<string> {
	return new Set(root(doc, name)?.keys());
}

/** A card or a column; nothing else counts on a board. */
function fieldsOf(doc: Y.Doc, name: RootName, id: string): YFields | undefined {
	const fields = isId(id) ? root(doc, name)?.get(id) : undefined;
	return fields instanceof Y.Map ? fields : undefined;
}

function touchedBy({ doc, changed }: Y.Transaction): Touched {
	const roots = { cards: root(doc, 'cards'), columns: root(doc, 'columns') };
	const touched: Touched = { cards: new Set(), columns: new Set() };
	for (const [type, keys] of changed) {
		for (const name of ['cards', 'columns'] as const) {
			const parent: unknown = type._item?.parent;
			const id = type._item?.parentSub ?? null;
			const isRoot = (type as unknown) === roots[name];
			if (isRoot) for (const key of keys) if (key !== null) touched[name].add(key);
			if (!isRoot && parent === roots[name] && id !== null) touched[name].add(id);
		}
	}
	return touched;
}

function heldCard(fields: YFields): HeldCard {
	const place: unknown = fields.get('place');
	const column = readField(place, 'column');
	const rank = readText(readField(place, 'rank'), RANK_LENGTH);
	return {
		place: isId(column) ? { column, rank } : null,
		reviewed: readTime(fields.get('reviewed')) ?? null
	};
}

function heldColumn(fields: YFields): HeldColumn {
	return {
		label: readText(fields.get('label'), LABEL_LENGTH),
		score: readNumber(fields.get('score'), SCORE_MIN, SCORE_MAX) ?? 0,
		isRemoved: fields.get('removed') === true
	};
}

function isSamePlace(one: NonNullable<HeldCard['place']>, other: HeldCard['place']): boolean {
	return one.column === other?.column && one.rank === other.rank;
}
