/** What a screen says to those who hear it, whenever there is another one. */
import type { Board } from '#board/board.ts';
import type { Screen } from '#stage/screen.ts';

export function spokenOf(screen: Screen | null, board: Board): string {
	switch (screen?.kind) {
		case 'welcome':
			return 'Waiting to begin';
		case 'board':
			return 'The barometer';
		case 'card':
			return `Under discussion: ${screen.card.title || 'Untitled'}`;
		case 'count':
			return `Blind round ${screen.round.number} is open`;
		case 'outcome':
			return `Blind round ${screen.round.number} is revealed${about(screen.card?.id, board)}`;
		case 'break':
			return 'Break';
		case 'compare':
			return 'What has changed';
		case 'close':
			return 'The end';
		case undefined:
			return '';
	}
}

function about(id: string | undefined, board: Board): string {
	const title = board.cards.find((card) => card.id === id)?.title;
	return title ? `: ${title}` : '';
}
