/** The cards that steps may be about, and what the others that they name are called. */

interface Titled {
	id: string;
	title: string;
}

export interface CardChoices {
	/** In the order of the board. */
	onBoard: Titled[];
	isOnBoard(card: string): boolean;
	/** Empty for no card, and for one that is not in the trash either. */
	titleOf(card: string): string;
}

/** `gone` are those in the trash; a card that is in neither list was erased. */
export function cardChoices(onBoard: readonly Titled[], gone: readonly Titled[]): CardChoices {
	const named = (cards: readonly Titled[]) =>
		cards.map(({ id, title }) => ({ id, title: title.trim() || 'Untitled' }));
	const shown = named(onBoard);
	const ids = new Set(shown.map(({ id }) => id));
	const titles = new Map([...shown, ...named(gone)].map(({ id, title }) => [id, title]));
	return {
		onBoard: shown,
		isOnBoard: (card) => ids.has(card),
		titleOf: (card) => titles.get(card) ?? ''
	};
}
