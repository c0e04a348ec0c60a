/**
 * What this person has open: a card's sheet, the move menu, a dialog, a drag. It is theirs alone,
 * apart from which card they have open or drag, which the others see.
 */
import { createContext, tick } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import type { Card, Column } from '#board/board.ts';
import { moveCard } from '#board/cards.ts';
import type { Room } from '$lib/room/room.svelte.ts';

export type Dialog = 'trash' | 'board' | 'invite' | 'people' | 'lead';
export type Direction = 'left' | 'right' | 'up' | 'down';

/** Where a dragged card would land: before the card `before`, or at the end. */
export interface Landing {
	card: string;
	column: string;
	before: string | undefined;
}

/** While a blind round is open: what is dragged on the board is an answer, and no move. */
export interface Ballot {
	asks(card: string): boolean;
	answer(card: string, column: string): void;
	/** Id of the column that was answered; undefined before. */
	answered(card: string): string | undefined;
	/** Titles of the cards that this person has placed in a column. */
	ghostsIn(column: string): { id: string; title: string }[];
}

export class View {
	readonly #room: Room;
	#card = $state<string | null>(null);
	#landing = $state.raw<Landing | null>(null);
	/** The card whose move menu is open, and where on screen: the card may be moved meanwhile. */
	menu = $state.raw<{ card: string; place: DOMRect } | null>(null);
	dialog = $state<Dialog | null>(null);
	/** Makes a card's element one that can be dragged; null until dragging is there. */
	lift = $state.raw<((card: string) => Attachment<HTMLElement>) | null>(null);
	/** What holds the columns. */
	columns: HTMLElement | null = null;
	ballot = $state.raw<Ballot | null>(null);
	/** How many placed the card of a revealed round in a column; null while none is shown. */
	answersIn = $state.raw<((column: string) => number) | null>(null);
	/** Id of the person whose doing this page follows. */
	followed = $state<string | null>(null);

	constructor(room: Room) {
		this.#room = room;
	}

	/** Id of the card whose sheet is open. */
	get card(): string | null {
		return this.#card;
	}

	get landing(): Landing | null {
		return this.#landing;
	}

	readonly columnsAt: Attachment<HTMLElement> = (element) => {
		this.columns = element;
		return () => (this.columns = null);
	};

	open(card: string): void {
		// A menu that is still being fetched would come up over the sheet.
		this.menu = null;
		this.#card = card;
		this.#room.presence.share({ editing: card });
		void this.show(card);
	}

	/** Brings a card into view, out from under its own sheet. */
	async show(card: string, block: ScrollLogicalPosition = 'nearest'): Promise<void> {
		await tick();
		document.getElementById(`card-${card}`)?.scrollIntoView({ block, inline: 'nearest' });
	}

	close(): void {
		const card = this.#card;
		this.#card = null;
		this.#room.presence.share({ editing: undefined });
		if (card !== null) void this.focus(card);
	}

	drag(landing: Landing): void {
		const current = this.#landing;
		if (current?.column === landing.column && current.before === landing.before) return;
		if (current === null) this.#room.presence.share({ dragging: landing.card });
		this.#landing = landing;
	}

	/** Ends a drag; `drop` moves the card to where it would land. */
	endDrag(drop: boolean): void {
		const landing = this.#landing;
		this.#landing = null;
		this.#room.presence.share({ dragging: undefined });
		if (drop && landing !== null) this.move(landing.card, landing);
	}

	/** Moves a card, unless it would stay where it is, and keeps the keyboard on it. */
	move(id: string, to: { column: string; before?: string | undefined }): void {
		if (this.ballot?.asks(id)) return this.ballot.answer(id, to.column);
		const cards = this.cardsOf(to.column);
		const index = cards.findIndex((card) => card.id === id);
		if (index !== -1 && cards[index + 1]?.id === to.before) return;
		this.place(id, to.column, to.before);
		if (index !== -1) this.#tellPlace(id, to.column);
		void this.focus(id);
	}

	/** A move within a column does nothing to the reading, but who cannot see it has to be told. */
	#tellPlace(id: string, column: string): void {
		const cards = this.cardsOf(column);
		const index = cards.findIndex((card) => card.id === id);
		const label = this.#room.board.columns.find((one) => one.id === column)?.label ?? '';
		const title = cards[index]?.title || 'Untitled';
		this.#room.announcements.say(`${title} is now ${index + 1} of ${cards.length} in ${label}`, {
			undoable: true
		});
	}

	/** May be dragged: to move it, or to answer with it. */
	isMovable(id: string): boolean {
		return this.#room.canMove || (this.ballot?.asks(id) ?? false);
	}

	/** Moves a card and leaves the keyboard where it is. */
	place(id: string, column: string, before?: string): void {
		// A drag may outlast the right to end it.
		if (!this.#room.canMove) return;
		moveCard(this.#room.doc, id, { column, before }, this.#room.clock.stamp());
	}

	/** One step by the keyboard: to the next column, or past the next card. */
	step(id: string, direction: Direction): void {
		const { board } = this.#room;
		const card = board.cards.find((one) => one.id === id);
		if (card === undefined) return;
		const answer = this.ballot?.asks(id) ? (this.ballot.answered(id) ?? card.column) : undefined;
		// An answer has no order in its column.
		if (answer !== undefined && (direction === 'up' || direction === 'down')) return;
		if (direction === 'left' || direction === 'right') {
			const from = answer ?? card.column;
			const index = board.columns.findIndex((column) => column.id === from);
			const column = board.columns[index + (direction === 'left' ? -1 : 1)];
			if (column !== undefined) this.move(id, { column: column.id });
			return;
		}
		const cards = this.cardsOf(card.column);
		const index = cards.findIndex((one) => one.id === id);
		if (direction === 'up' && index > 0) {
			this.move(id, { column: card.column, before: cards[index - 1]?.id });
		} else if (direction === 'down' && index < cards.length - 1) {
			this.move(id, { column: card.column, before: cards[index + 2]?.id });
		}
	}

	cardsOf(column: Column['id']): Card[] {
		return this.#room.board.cards.filter((card) => card.column === column);
	}

	/**
	 * Puts the keyboard on a card, wherever it stands now; on the board if it is gone, so that the
	 * keyboard is never lost. A finger keeps the view where it is.
	 */
	async focus(card: string): Promise<void> {
		await tick();
		const target =
			document.getElementById(`card-${card}`) ??
			document.querySelector<HTMLElement>('[data-column] button');
		target?.focus({ preventScroll: matchMedia('(pointer: coarse)').matches });
	}

	/** Undo and redo for the whole page; text fields keep their own. */
	readonly shortcut = (event: KeyboardEvent): void => {
		if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
		const target = event.target as HTMLElement;
		if (target.closest('input, textarea, select, [contenteditable]')) return;
		const key = event.key.toLowerCase();
		if (key === 'z' && !event.shiftKey) this.#room.takeBack();
		else if (key === 'y' || (key === 'z' && event.shiftKey)) this.#room.doAgain();
		else return;
		event.preventDefault();
	};
}

export const [getView, setView] = createContext<View>();
