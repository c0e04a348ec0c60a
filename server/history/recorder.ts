/**
 * Watches one document and says what happened to its board: after what each author sent, the
 * difference to what was before. Its cost follows the size of the change, not that of the board:
 * only what the transaction has touched so far is read anew.
 */
import type * as Y from 'yjs';
import type { Theme } from '#board/board.ts';
import { root } from '#board/document.ts';
import { cardEntries, readThemes } from '#board/read-board.ts';
import { readCard } from '#board/read-card.ts';
import { readColumns, type Columns } from '#board/read-columns.ts';
import { readField } from '#board/values.ts';
import { readingFigures } from '#barometer/reading.ts';
import type { HistoryEvent, RoomEvent } from '#history/board-event.ts';
import { changesBetween } from '#history/changes-between.ts';
import {
	boardOfRecord,
	byId,
	recordedCard,
	type RecordedBoard,
	type RecordedCard
} from '#history/recorded-board.ts';
import type { Recorded } from './history.repository.ts';

/** A card as it was read last, and what its column and theme are found by. */
interface Seen {
	fields: Y.Map<unknown>;
	card: RecordedCard;
	placedIn: unknown;
	theme: unknown;
}

/** What a transaction has touched so far. */
interface Touched {
	/** Columns or themes. */
	scale: boolean;
	/** Which cards there are, or which are in the trash. */
	list: boolean;
	cards: Set<string>;
}

export class Recorder {
	readonly #doc: Y.Doc;
	#hasBegun: boolean;
	#columns: Columns;
	#themes: Theme[];
	#list: { id: string; fields: Y.Map<unknown>; archived: boolean }[];
	#seen = new Map<string, Seen>();
	#board: RecordedBoard;
	/** Id of the column that the word named last, for its hysteresis. */
	#named: string | null = null;
	#recorded: Recorded[] = [];

	/** `hasBegun`: what is stored of the record folds to the board of `doc`. */
	constructor(doc: Y.Doc, hasBegun: boolean) {
		this.#doc = doc;
		this.#hasBegun = hasBegun;
		this.#columns = readColumns(doc);
		this.#themes = readThemes(doc);
		this.#list = listOf(doc);
		this.#board = this.#read(new Set());
	}

	/** Takes what happened within a transaction since the last look as what `personId` did. */
	look({ changed }: Y.Transaction, personId: string | null, note?: RoomEvent): void {
		const touched = this.#touchedBy(changed);
		if (note === undefined && !touched.scale && !touched.list && touched.cards.size === 0) return;
		const before = this.#board;
		if (touched.scale) {
			this.#columns = readColumns(this.#doc);
			this.#themes = readThemes(this.#doc);
		}
		if (touched.list) this.#list = listOf(this.#doc);
		this.#board = this.#read(touched.cards);
		const events: HistoryEvent[] = changesBetween(before, this.#board);
		if (note !== undefined) events.push(note);
		if (events.length === 0) return;
		const at = new Date();
		if (!this.#hasBegun) {
			const found = { kind: 'board', subject: null, was: null, became: before } as const;
			this.#record([found], null, at, before);
			this.#hasBegun = true;
		}
		this.#record(events, personId, at, this.#board);
	}

	/** What was recorded since it was taken last. */
	take(): Recorded[] {
		const recorded = this.#recorded;
		this.#recorded = [];
		return recorded;
	}

	#record(events: HistoryEvent[], personId: string | null, at: Date, board: RecordedBoard): void {
		const options = { previousColumn: this.#named };
		const after = readingFigures(boardOfRecord(board), at, options);
		this.#named = after.column;
		for (const event of events) this.#recorded.push({ event, personId, at, reading: after });
	}

	/** `touched` are read anew; of the others the column and the theme may be others. */
	#read(touched: ReadonlySet<string>): RecordedBoard {
		const themeIds = new Set(this.#themes.map(({ id }) => id));
		const before = this.#seen;
		this.#seen = new Map();
		for (const { id, fields, archived } of this.#list) {
			const seen = before.get(id);
			const isKnown =
				seen?.fields === fields && !touched.has(id) && seen.card.archived === archived;
			this.#seen.set(
				id,
				isKnown
					? shownAnew(seen, this.#columns, themeIds)
					: seenAt(id, fields, archived, this.#columns, themeIds)
			);
		}
		const cards = [...this.#seen.values()].map(({ card }) => card);
		return { columns: this.#columns.shown, themes: this.#themes, cards };
	}

	#touchedBy(changed: Y.Transaction['changed']): Touched {
		const touched: Touched = { scale: false, list: false, cards: new Set() };
		const scale: unknown[] = [root(this.#doc, 'columns'), root(this.#doc, 'themes')];
		const cards: unknown = root(this.#doc, 'cards');
		for (const [type, keys] of changed) {
			const [top, id] = pathOf(type);
			if (scale.includes(top)) touched.scale = true;
			if (top !== cards) continue;
			if (id !== null) touched.cards.add(id);
			else for (const key of keys) if (key !== null) touched.cards.add(key);
			touched.list ||= id === null || keys.has('archived');
		}
		return touched;
	}
}

/** In the order of `RecordedBoard.cards`. */
function listOf(doc: Y.Doc) {
	const { placed, archived } = cardEntries(doc);
	return [
		...placed.map(([id, fields]) => ({ id, fields, archived: false })),
		...archived.map(([id, fields]) => ({ id, fields, archived: true }))
	].sort(byId);
}

function seenAt(
	id: string,
	fields: Y.Map<unknown>,
	archived: boolean,
	columns: Columns,
	themeIds: ReadonlySet<string>
): Seen {
	return {
		fields,
		card: recordedCard(readCard(id, fields, columns, themeIds), archived),
		placedIn: readField(fields.get('place'), 'column'),
		theme: fields.get('theme')
	};
}

function shownAnew(seen: Seen, columns: Columns, themeIds: ReadonlySet<unknown>): Seen {
	const column = columns.showing(seen.placedIn);
	const theme = themeIds.has(seen.theme) ? (seen.theme as string) : undefined;
	if (column === seen.card.column && theme === seen.card.theme) return seen;
	return { ...seen, card: { ...seen.card, column, theme } };
}

type SharedType = Y.Transaction['changed'] extends Map<infer Type, unknown> ? Type : never;

/** The root that a type lies in, and the key there of what it is or lies in; null for the root itself. */
function pathOf(type: SharedType): [root: unknown, key: string | null] {
	let [at, key]: [SharedType, string | null] = [type, null];
	while (at._item !== null) {
		key = at._item.parentSub ?? key;
		at = at._item.parent as SharedType;
	}
	return [at, key];
}
