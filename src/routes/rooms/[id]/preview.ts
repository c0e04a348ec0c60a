/** What a drop would do, before it is done: "Stalemate: +1.4". */
import type { Board } from '#board/board.ts';
import { effect } from '#barometer/effect.ts';
import { signed } from '#barometer/figures.ts';
import type { Landing } from './view.svelte.ts';

export interface Preview {
	/** Label of the column. */
	label: string;
	/** Change of the reading, in points; null when there is none to change. */
	change: string | null;
}

/** Null where the card would stay in its column. */
export function previewOf(board: Board, landing: Landing): Preview | null {
	const column = board.columns.find(({ id }) => id === landing.column);
	const card = board.cards.find(({ id }) => id === landing.card);
	if (column === undefined || card === undefined || card.column === column.id) return null;
	const cards = board.cards.map((one) => (one === card ? { ...one, column: column.id } : one));
	const change = effect(board, { ...board, cards });
	return { label: column.label, change: change === null ? null : signed(change, 1) };
}
