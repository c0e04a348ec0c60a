/**
 * How far the blind round is that is open. It changes far more often than the rest of the stage, so
 * the server tells it under a client id of its own: a few bytes a card instead of the whole stage.
 */
import type { StageState } from './stage-state.ts';

/** Beside that of the stage: nobody has this one either. */
export const PROGRESS_CLIENT_ID = 2 ** 32 + 1;

export interface RoundProgress {
	/** Id of the round. */
	round: string;
	/** How many have placed each card, in the order of the round's cards. */
	placed: number[];
}

/** What there is to tell of a stage; null unless a round is open. */
export function progressOf({ round }: StageState): RoundProgress | null {
	if (round?.state !== 'open') return null;
	return { round: round.id, placed: round.cards.map(({ placed }) => placed) };
}

/**
 * The stage with what has been told since. Of the two the newer one counts, whichever that is: while
 * a round is open, counts only grow.
 */
export function withProgress(stage: StageState, progress: RoundProgress | undefined): StageState {
	const { round } = stage;
	if (round?.state !== 'open' || progress?.round !== round.id) return stage;
	const cards = round.cards.map((card, index) => {
		const placed = Math.max(card.placed, progress.placed[index] ?? 0);
		return { ...card, placed };
	});
	return { ...stage, round: { ...round, cards } };
}
