/**
 * The likely range cut by its causes, for the three tones of the band: thin evidence next to the
 * needle, then the age of reviews, then disagreement at the edges.
 *
 * Causes add up in quadrature, so each has the part of the band that its square has of all squares.
 */
import type { Causes } from './range.ts';
import type { Reading } from './reading.ts';

export type Cause = keyof Causes;

/** A stretch of the scale that stands for one cause, in points; from < to. */
export interface RangePart {
	cause: Cause;
	from: number;
	to: number;
}

const FROM_THE_NEEDLE: readonly Cause[] = ['thinEvidence', 'age', 'disagreement'];

/** The parts of a reading's likely range; none without a reading. */
export function rangePartsOf({ value, low, high, causes }: Reading): RangePart[] {
	if (value === null || low === null || high === null || causes === null) return [];
	return rangeParts(value, low, high, causes);
}

/** The parts of `low` to `high` on both sides of `value`, without empty ones; they don't overlap. */
export function rangeParts(value: number, low: number, high: number, causes: Causes): RangePart[] {
	const total = FROM_THE_NEEDLE.reduce((sum, cause) => sum + causes[cause] ** 2, 0);
	if (total === 0) return [];
	let inner = 0;
	return FROM_THE_NEEDLE.flatMap((cause) => {
		const outer = Math.min(1, inner + causes[cause] ** 2 / total);
		const left = { cause, from: value - (value - low) * outer, to: value - (value - low) * inner };
		const right = {
			cause,
			from: value + (high - value) * inner,
			to: value + (high - value) * outer
		};
		// Next to the needle both sides are one stretch.
		const parts = inner === 0 ? [{ cause, from: left.from, to: right.to }] : [left, right];
		inner = outer;
		return parts.filter(({ from, to }) => to - from > 1e-9);
	});
}
