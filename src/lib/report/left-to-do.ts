/** What a report leaves to be done, besides what facilitators wrote down. */
import type { ReportView } from './named-report.ts';
import type { CardName } from './report.ts';

export const TASKS = ['disagreements', 'reasons', 'reviews'] as const;

export interface Task {
	/** Settle what is open; say why it was moved; look at it again. */
	kind: (typeof TASKS)[number];
	/** Each once; at least one. */
	cards: CardName[];
}

/** A card wants a reason when its last move has none and follows no round. */
export function leftToDo({
	cards,
	disagreements,
	overdue
}: Pick<ReportView, 'cards' | 'disagreements' | 'overdue'>): Task[] {
	const asserted = cards.filter(({ moves }) => {
		const last = moves.at(-1);
		return last?.reason === null && last.round === null;
	});
	const found: Record<Task['kind'], { card: CardName }[]> = {
		disagreements,
		reasons: asserted,
		reviews: overdue
	};
	return TASKS.map((kind) => ({ kind, cards: once(found[kind].map(({ card }) => card)) })).filter(
		(task) => task.cards.length > 0
	);
}

function once(cards: readonly CardName[]): CardName[] {
	return [...new Map(cards.map((card) => [card.id, card])).values()];
}
