/**
 * The likely range: where the reading may be, given how sure each placement is. It contains the
 * reading, stays on the scale, and never narrows as cards age. It covers 80 %, so it may be called
 * "likely" (ICD 203: likely = 55-80 %).
 */
import { clamp, sum } from './arithmetic.ts';

/** Standard normal quantile that leaves 10 % on either side. */
export const Z80 = 1.2816;

/** `r`, the average correlation of errors: parameters of one relationship move together. */
export const CORRELATION = 0.3;

/** What makes one counted card unsure: its share of the weight, and three errors in points. */
export interface Doubt {
	share: number;
	/** `d_i`: people disagree. */
	spread: number;
	/** Own uncertainty without ageing: evidence is thin. */
	base: number;
	/** What ageing added: evidence is old. */
	ageing: number;
}

export interface LikelyRange {
	low: number;
	high: number;
}

/**
 * Half widths in points, before the cut at the ends of the scale, that each cause would give
 * alone. Their root sum of squares is at most the whole half width, and equals it where the causes
 * weigh alike on every card: shares of the band are in proportion to their squares.
 */
export interface Causes {
	disagreement: number;
	thinEvidence: number;
	age: number;
}

/** `B ± half width`, with `t_i = sqrt(u_i^2 + d_i^2)`, cut at ±100. */
export function likelyRange(value: number, doubts: readonly Doubt[]): LikelyRange {
	const half = halfWidth(doubts, (one) => Math.hypot(one.base, one.ageing, one.spread));
	return { low: clamp(value - half, -100, 100), high: clamp(value + half, -100, 100) };
}

/** The half width by cause, or null when no card counts. */
export function rangeCauses(doubts: readonly Doubt[]): Causes | null {
	if (doubts.length === 0) return null;
	return {
		disagreement: halfWidth(doubts, (one) => one.spread),
		thinEvidence: halfWidth(doubts, (one) => one.base),
		age: halfWidth(doubts, (one) => one.ageing)
	};
}

/**
 * `1.2816 * sqrt((1-r) * sum((share_i*t_i)^2) + r * (sum(share_i*t_i))^2)`, in points: the standard
 * deviation of a weighted mean of equally correlated errors `t_i`, times the 80 % quantile.
 */
export function halfWidth(doubts: readonly Doubt[], error: (doubt: Doubt) => number): number {
	const independent = sum(doubts, (one) => (one.share * error(one)) ** 2);
	const together = sum(doubts, (one) => one.share * error(one)) ** 2;
	return Z80 * Math.sqrt((1 - CORRELATION) * independent + CORRELATION * together);
}
