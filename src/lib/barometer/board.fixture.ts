/** Small boards for worked examples. Test-only. */
import type { Board, Card, Column } from '#board/board.ts';

export const AT = '2022-02-01T00:00:00.000Z';

/** The five columns of the template, 50 points apart. */
export const FIVE: Column[] = columnsAt(-100, -50, 0, 50, 100);

/** Columns of these scores, called `c-50`, `c0`, ...; a second one of the same score `c0'`. */
export function columnsAt(...scores: number[]): Column[] {
	return scores.map((score, i) => {
		const id = `c${score}${"'".repeat(scores.slice(0, i).filter((s) => s === score).length)}`;
		return { id, label: `Label ${id}`, score };
	});
}

/** A card in the column of this score: weight 1, high confidence, reviewed at `AT`, unless told. */
export function card(id: string, score: number, rest: Partial<Card> = {}): Card {
	return {
		id,
		title: `Title ${id}`,
		notes: '',
		column: `c${score}`,
		rank: 'a0',
		weight: 1,
		confidence: 'high',
		signposts: { up: '', down: '' },
		reviewed: AT,
		spread: 0,
		evidence: [],
		...rest
	};
}

export function board(cards: Card[], rest: Partial<Board> = {}): Board {
	return { title: '', question: '', columns: FIVE, themes: [], cards, archived: [], ...rest };
}

/** The ISO time so many days before `AT`. */
export function daysBefore(days: number): string {
	return new Date(Date.parse(AT) - days * 86_400_000).toISOString();
}
