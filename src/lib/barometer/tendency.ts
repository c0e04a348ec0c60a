/** Where the reading is heading since a checkpoint, in the words that stand beside the arrow. */

import { exceeds } from './arithmetic.ts';

export type TendencyKind = 'steady' | 'rising' | 'falling' | 'rising sharply' | 'falling sharply';

export interface Tendency {
	kind: TendencyKind;
	/** Points since the checkpoint, with sign. */
	change: number;
}

/** Points: a smaller change is steady. */
export const STEADY_BELOW = 3;

/** Points: a larger change is sharp; exactly this much is not. */
export const SHARP_ABOVE = 15;

/** Share of the weight reviewed recently, below which no trend word is printed. */
export const TREND_COVERAGE = 0.5;

/**
 * The change from one reading to another in words, or null when none may be printed: one of the
 * readings is missing, or less than half of the weight was reviewed recently (`coverage`, of the
 * later reading).
 */
export function tendency(
	from: number | null,
	to: number | null,
	coverage: number
): Tendency | null {
	if (from === null || to === null) return null;
	if (!(coverage >= TREND_COVERAGE)) return null;
	const change = to - from;
	return { kind: kindOf(change), change };
}

function kindOf(change: number): TendencyKind {
	const size = Math.abs(change);
	if (exceeds(STEADY_BELOW, size)) return 'steady';
	if (exceeds(size, SHARP_ABOVE)) return change > 0 ? 'rising sharply' : 'falling sharply';
	return change > 0 ? 'rising' : 'falling';
}
