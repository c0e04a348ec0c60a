/**
 * What a blind round says of a card: how the placements lie over the columns. Columns are ordinal,
 * so that the middle is a median of their order and not a mean of their scores; the spread that goes
 * into the range of the reading is in points of the scale (`d_i` of barometer.md).
 */

export interface Outcome {
	/** How many placed it in each column, in the order of the scale. */
	counts: number[];
	/** The sum of `counts`; at least one. */
	voters: number;
	/** Places in the order of the columns, from 0; half-way between two when the middle falls there. */
	median: number;
	lowerQuartile: number;
	upperQuartile: number;
	/** Share of placements at most one column from the median, 0 to 1. */
	within: number;
	/** `within` reaches what was agreed before the round. */
	hasConsensus: boolean;
	/** Standard deviation of the positions, all voters being the whole group: 0 to 100 points. */
	spread: number;
}

/**
 * The outcome of `counts` over columns with `scores`, both in the order of the scale; null when
 * nobody placed it. `consensus`: the share that has to lie within one column of the median, 0 to 1.
 */
export function outcomeOf(
	counts: readonly number[],
	scores: readonly number[],
	consensus: number
): Outcome | null {
	const voters = counts.reduce((sum, count) => sum + count, 0);
	if (voters === 0) return null;
	const median = quantile(counts, voters, 1 / 2);
	const near = counts.filter((_, column) => Math.abs(column - median) <= 1);
	const within = near.reduce((sum, count) => sum + count, 0) / voters;
	return {
		counts: [...counts],
		voters,
		median,
		lowerQuartile: quantile(counts, voters, 1 / 4),
		upperQuartile: quantile(counts, voters, 3 / 4),
		within,
		hasConsensus: within >= consensus,
		spread: deviation(counts, scores, voters)
	};
}

/** Columns that adopting the median may mean: one, or the two that it lies between. */
export function medianColumns({ median }: Pick<Outcome, 'median'>): number[] {
	return [...new Set([Math.floor(median), Math.ceil(median)])];
}

/** Whether a placement is so far from the others that its reason should be heard first. */
export function isOutlier({ median }: Pick<Outcome, 'median'>, column: number): boolean {
	return Math.abs(column - median) > 1;
}

/**
 * Of ordered answers that are only counted: the second definition of Hyndman and Fan (Sample
 * quantiles in statistical packages, 1996), the inverse of the distribution with the middle of two
 * answers where it is flat.
 */
function quantile(counts: readonly number[], voters: number, part: number): number {
	const place = voters * part;
	const lower = answerAt(counts, Math.ceil(place));
	return Number.isInteger(place) ? (lower + answerAt(counts, place + 1)) / 2 : lower;
}

/** The column of the n-th answer, from 1, in the order of the scale. */
function answerAt(counts: readonly number[], n: number): number {
	let passed = 0;
	return counts.findIndex((count) => (passed += count) >= n);
}

function deviation(counts: readonly number[], scores: readonly number[], voters: number): number {
	const sum = (of: (score: number) => number) =>
		counts.reduce((total, count, column) => total + count * of(scores[column] ?? 0), 0);
	const mean = sum((score) => score) / voters;
	return Math.sqrt(sum((score) => (score - mean) ** 2) / voters);
}
