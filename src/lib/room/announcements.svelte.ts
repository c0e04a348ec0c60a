/**
 * What the last change did, in words: "Extradition moved to Stalemate: +1.4". Shown for a while
 * on screen and read by screen readers, whoever made the change.
 */
import type { Board, Card } from '#board/board.ts';
import { effect } from '#barometer/change.ts';
import { signed } from '#barometer/figures.ts';

/** How long an announcement stays on screen, in milliseconds. */
const SHOWN_MS = 8_000;

export interface Announcement {
	/** Differs for every announcement, so that the same words are announced again. */
	key: number;
	text: string;
	/** What it did to the reading, in words: "+1.4", or null when there is no reading. */
	change: string | null;
	/** Whether to offer undo with it. */
	undoable: boolean;
}

export class Announcements {
	#latest = $state.raw<Announcement | null>(null);
	#key = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	get latest(): Announcement | null {
		return this.#latest;
	}

	/** Announces `text`, for instance what a button did. */
	say(text: string, { change = null as string | null, undoable = false } = {}): void {
		clearTimeout(this.#timer);
		this.#latest = { key: ++this.#key, text, change, undoable };
		this.#timer = setTimeout(() => this.dismiss(), SHOWN_MS);
	}

	dismiss(): void {
		clearTimeout(this.#timer);
		this.#latest = null;
	}

	/** Announces what a change of the document moved, if it moved anything between columns. */
	compare(before: Board, after: Board, undoable = true): void {
		const moved = movedCards(before, after);
		const [first] = moved;
		if (first === undefined) return;
		const columns = new Map(after.columns.map((column) => [column.id, column.label]));
		const delta = effect(before, after);
		const text =
			moved.length === 1
				? `${first.title || 'Untitled'} moved to ${columns.get(first.column)}`
				: `${moved.length} parameters moved`;
		this.say(text, { change: delta === null ? null : signed(delta, 1), undoable });
	}
}

function movedCards(before: Board, after: Board): Card[] {
	const columns = new Map(before.cards.map((card) => [card.id, card.column]));
	return after.cards.filter((card) => {
		const column = columns.get(card.id);
		return column !== undefined && column !== card.column;
	});
}
