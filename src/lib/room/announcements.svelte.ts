/**
 * What the last change did, in words: "Extradition moved to Stalemate: +1.4". Shown for a while
 * on screen and read by screen readers, whoever made the change.
 */
import type { Board, Card } from '#board/board.ts';
import { effect } from '#barometer/effect.ts';
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

	/** Keeps the announcement on screen, for instance while somebody is about to use it. */
	hold(): void {
		clearTimeout(this.#timer);
	}

	/** Lets it go again after a while. */
	release(): void {
		this.hold();
		this.#timer = setTimeout(() => this.dismiss(), SHOWN_MS);
	}

	/** Announces `text`, for instance what a button did. */
	say(text: string, { change = null as string | null, undoable = false } = {}): void {
		this.#latest = { key: ++this.#key, text, change, undoable };
		this.release();
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

/**
 * An announcement as it is read out, with the reading after it (null for none): "Extradition moved
 * to Stalemate, reading +25, up 1.4".
 */
export function spoken({ text, change }: Announcement, reading: number | null): string {
	if (change === null || reading === null) return text;
	return `${text}, reading ${signed(reading)}, ${direction(change)}`;
}

function direction(change: string): string {
	if (Number(change) === 0) return 'unchanged';
	return `${change.startsWith('+') ? 'up' : 'down'} ${change.slice(1)}`;
}

/** Cards that stand in another column than before. */
export function movedCards(before: Board, after: Board): Card[] {
	const columns = new Map(before.cards.map((card) => [card.id, card.column]));
	return after.cards.filter((card) => {
		const column = columns.get(card.id);
		return column !== undefined && column !== card.column;
	});
}
