/** Each card's moves: who, from where to where, why, or by which round. */
import type { Decision } from '../rounds/round-state.ts';
import type { Naming } from './naming.ts';
import type { ReportRow } from './period.ts';
import { MOVES_KEPT, type MovedCard, type ReportMove } from './report.ts';

type Moves = { cards: MovedCard<number | null>[]; leftOut: number };

/** Of too many the last ones. */
export function movesIn(rows: readonly ReportRow[], naming: Naming): Moves {
	const decided = decisionsIn(rows);
	const moves = rows.filter(({ event }) => event.kind === 'card.moved');
	const cards = new Map<string, ReportMove<number | null>[]>();
	for (const { seq, at, personId, event, reason, source, reading } of moves.slice(-MOVES_KEPT)) {
		if (event.kind !== 'card.moved') continue;
		const { subject, was, became } = event;
		const list = cards.get(subject) ?? [];
		cards.set(subject, list);
		list.push({
			...{ seq, at, reason, source },
			from: naming.column(was.column),
			to: naming.column(became.column),
			by: naming.person(personId),
			round: decided.get(moment(at, subject)) ?? null,
			value: reading.value
		});
	}
	return {
		cards: [...cards].map(([id, list]) => ({ card: naming.card(id), moves: list })),
		leftOut: Math.max(0, moves.length - MOVES_KEPT)
	};
}

/** A decision and the move that it makes are recorded at one moment. */
function decisionsIn(rows: readonly ReportRow[]): Map<string, { number: number; how: Decision }> {
	const decided = new Map<string, { number: number; how: Decision }>();
	for (const { at, event } of rows) {
		if (event.kind !== 'round.decided') continue;
		const { number, how } = event.became;
		decided.set(moment(at, event.subject), { number, how });
	}
	return decided;
}

const moment = (at: string, card: string): string => `${at} ${card}`;
