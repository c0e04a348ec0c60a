/** An outcome in a line of words. */
import type { Column } from '../board/board.ts';
import { medianColumns, type Outcome } from './outcome.ts';

/** The column of the median, or the two that it lies between. */
export function medianWords(outcome: Outcome, columns: readonly Column[]): string {
	return medianColumns(outcome)
		.map((place) => columns[place]?.label ?? '')
		.join(' to ');
}

/** Such as "93 % within one column of the middle: consensus". */
export function consensusWords({ within, hasConsensus }: Outcome, rule: number): string {
	const share = `${percent(within)} within one column of the middle`;
	return hasConsensus
		? `${share}: consensus`
		: `${share}: no consensus, which would be ${percent(rule)}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
