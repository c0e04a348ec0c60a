/** What the things of a report are called: cards and columns by their words, people by their place. */
import type { Column } from '#board/board.ts';
import type { CardName, ColumnName } from './report.ts';

/** Words of a board, by id; those of what was removed among them where they are still known. */
export interface ReportWords {
	title: string;
	cards: ReadonlyMap<string, string>;
	columns: ReadonlyMap<string, string>;
}

export class Naming {
	/** Ids of the people that were named so far. */
	readonly people: string[] = [];
	readonly #words: ReportWords;
	readonly #scores: ReadonlyMap<string, number>;
	readonly #places = new Map<string, number>();

	/** `columns`: all whose score is known; of two with one id the last one counts. */
	constructor(words: ReportWords, columns: readonly Column[]) {
		this.#words = words;
		this.#scores = new Map(columns.map(({ id, score }) => [id, score]));
	}

	card(id: string): CardName {
		return { id, title: this.#words.cards.get(id) ?? null };
	}

	column(id: string | null | undefined): ColumnName {
		const key = id ?? '';
		return { label: this.#words.columns.get(key) ?? null, score: this.#scores.get(key) ?? null };
	}

	/** The place of a person in `people`. */
	person(id: string | null): number | null {
		if (id === null) return null;
		const known = this.#places.get(id);
		if (known !== undefined) return known;
		this.#places.set(id, this.people.length);
		return this.people.push(id) - 1;
	}
}
