/** An outcome in a line of words. */
import type { Column } from '../board/board.ts';
import { medianColumns, type Outcome } from './outcome.ts';

/** The column of the median, or the two that it lies between. */
export function medianWords(outcome: Outcome, columns: readonly Column[]): string {
	return medianColumns(outcome)
		.map((place) => columns[place]?.label ?? '')
		.join(' to ');
}

/** Where the middle half of the answers lies; null where that is one column. */
export function halfWords(
	{ lowerQuartile, upperQuartile }: Outcome,
	columns: readonly Column[]
): string | null {
	const [from, to] = [Math.floor(lowerQuartile), Math.ceil(upperQuartile)];
	if (from === to) return null;
	return `Half of them lie from ${columns[from]?.label ?? ''} to ${columns[to]?.label ?? ''}.`;
}

/** Such as "93 % within one column of the middle: consensus". */
export function consensusWords({ within, hasConsensus }: Outcome, rule: number): string {
	const share = `${percent(within)} within one column of the middle`;
	return hasConsensus
		? `${share}: consensus`
		: `${share}: no consensus, which would be ${percent(rule)}`;
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
