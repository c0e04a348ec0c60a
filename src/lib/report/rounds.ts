/** The blind rounds of a workshop: how the answers lay, and what was made of them. */
import type { Confidence } from '#board/board.ts';
import type { RoundState } from '../rounds/round-state.ts';
import type { Naming } from './naming.ts';
import { ANSWERS_KEPT, type ReportAnswer, type ReportRound } from './report.ts';

/** An answer that everybody may be told. */
export interface ToldAnswer {
	card: string;
	column: string;
	confidence: Confidence | null;
	reason: string | null;
	/** In a named round alone. */
	personId: string | null;
}

export interface ToldRound {
	state: RoundState;
	/** In the order of the scale. */
	answers: readonly ToldAnswer[];
}

type Rounds = { rounds: ReportRound<number | null>[]; leftOut: number };

/** `all` the first one first. Of too many answers the first ones. */
export function roundsIn(all: readonly ToldRound[], naming: Naming): Rounds {
	let left = ANSWERS_KEPT;
	const rounds = all.map(({ state: round, answers }): ReportRound<number | null> => {
		const kept = Map.groupBy(answers.slice(0, left), ({ card }) => card);
		left -= Math.min(left, answers.length);
		const { number, state, isNamed, isRepeat, least, consensus, openedAt, closedAt } = round;
		/** As it was called at the reveal. */
		const column = (id: string) => {
			const known = round.columns?.find((each) => each.id === id);
			return known ? { label: known.label, score: known.score } : naming.column(id);
		};
		const answerOf = (answer: ToldAnswer): ReportAnswer<number | null> => ({
			column: column(answer.column),
			confidence: answer.confidence,
			reason: answer.reason,
			by: isNamed ? naming.person(answer.personId) : null
		});
		return {
			...{ number, state, isNamed, isRepeat, least, consensus, openedAt, closedAt },
			columns: round.columns,
			cards: round.cards.map((card) => ({
				card: naming.card(card.id),
				placed: card.placed,
				outcome: card.outcome,
				decision: card.decision,
				column: card.column === null ? null : column(card.column),
				answers: (kept.get(card.id) ?? []).map(answerOf)
			}))
		};
	});
	const answers = all.reduce((sum, round) => sum + round.answers.length, 0);
	return { rounds, leftOut: Math.max(0, answers - ANSWERS_KEPT) };
}
