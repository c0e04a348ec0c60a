/**
 * What the projector shows. A blind round that is open or shown comes first, then the card that
 * everybody is called to, then the step of the run of show. Before a workshop is opened people are
 * told how to come in; while they work they see the dial.
 */
import type { Board, Card } from '#board/board.ts';
import type { RoundCardState, RoundState } from '#rounds/round-state.ts';
import type { StageState } from './stage-state.ts';

export type Screen =
	/** How to join. */
	| { kind: 'welcome' }
	/** The dial and what moved it last. */
	| { kind: 'board' }
	| { kind: 'card'; card: Card }
	/** How many have answered, and nothing else. */
	| { kind: 'count'; round: RoundState }
	/** How the answers lie: of `card`, or of all that were asked when it is null. */
	| { kind: 'outcome'; round: RoundState; card: RoundCardState | null }
	| { kind: 'break' }
	/** How the reading differs from the checkpoint. */
	| { kind: 'compare' }
	| { kind: 'close' };

export function screenOf(stage: StageState, board: Board): Screen {
	const { round, spotlight, step } = stage;
	if (round?.state === 'open') return { kind: 'count', round };
	if (round?.state === 'revealed') {
		return { kind: 'outcome', round, card: shownOf(round, spotlight) };
	}
	const called = onBoard(board, spotlight);
	if (called !== undefined) return { kind: 'card', card: called };
	if (step === null) return { kind: withoutStep(stage) };
	if (step.kind !== 'card') return { kind: step.kind };
	const card = onBoard(board, step.card);
	// Its card has gone meanwhile.
	return card === undefined ? { kind: 'board' } : { kind: 'card', card };
}

/** After the closing people are told where the report is. */
function withoutStep({ workshop, closed }: StageState): 'welcome' | 'board' | 'close' {
	if (workshop !== null) return 'board';
	return closed === null ? 'welcome' : 'close';
}

/** The only card of a round, or the one of it that everybody is called to. */
function shownOf({ cards }: RoundState, spotlight: string | null): RoundCardState | null {
	const [only, ...others] = cards;
	if (only !== undefined && others.length === 0) return only;
	return cards.find(({ id }) => id === spotlight) ?? null;
}

function onBoard({ cards }: Board, id: string | null): Card | undefined {
	return cards.find((card) => card.id === id);
}
