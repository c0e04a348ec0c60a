/** What the cards of a round are called now. */
import type { Board } from '#board/board.ts';

export function cardTitle(board: Board, id: string): string {
	const card = [...board.cards, ...board.archived].find((each) => each.id === id);
	if (card === undefined) return 'A parameter that is gone';
	return card.title || 'Untitled';
}
