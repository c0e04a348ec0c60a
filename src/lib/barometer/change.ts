/**
 * What changed the reading between two boards: two dates, or before and after one drop.
 *
 * The Bennet (midpoint) decomposition: exact, so the parts add up to the change; symmetric, so
 * swapping the boards flips every sign; and free of an order of steps. It is what a drop announces
 * and what the waterfall between two dates shows.
 */
import type { Board } from '#board/board.ts';
import { byMagnitude } from './arithmetic.ts';
import { average, standings } from './standing.ts';
import type { Standing } from './standing.ts';

export interface ChangePart {
	/** Id of the card. */
	card: string;
	/** Its title, the later one where it was renamed. */
	title: string;
	/** Points that its own move brought. */
	moved: number;
	/** Points that its larger or smaller share of the weight brought. */
	reweighted: number;
	/** `added` and `removed`: it is on one of the two boards only (not there, or archived). */
	kind: 'both' | 'added' | 'removed';
}

export interface Change {
	/** The reading before and after, null where there is none. */
	from: number | null;
	to: number | null;
	/** `to - from`; null when either is missing: there is nothing to be more or less than. */
	total: number | null;
	/** Largest first, ties by id; cards that changed nothing are left out. Empty without `total`. */
	parts: ChangePart[];
}

/** The change of the reading from `before` to `after`, card by card. */
export function change(before: Board, after: Board): Change {
	const standings0 = standings(before);
	const standings1 = standings(after);
	const from = average(standings0);
	const to = average(standings1);
	if (from === null || to === null) return { from, to, total: null, parts: [] };

	const parts = pairs(standings0, standings1)
		.map((pair) => part(pair, (from + to) / 2))
		.filter(({ moved, reweighted }) => moved !== 0 || reweighted !== 0)
		.sort(byMagnitude(({ moved, reweighted }) => moved + reweighted));
	return { from, to, total: to - from, parts };
}

/** A card before and after. Where it is missing it has share 0 and the position of the other side. */
interface Pair {
	before: Standing;
	after: Standing;
	kind: ChangePart['kind'];
}

function pairs(before: readonly Standing[], after: readonly Standing[]): Pair[] {
	const earlier = new Set(before.map(({ card }) => card.id));
	const later = new Map(after.map((one) => [one.card.id, one]));
	const stayedOrRemoved = before.map((one): Pair => {
		const match = later.get(one.card.id);
		if (match) return { before: one, after: match, kind: 'both' };
		return { before: one, after: { ...one, share: 0 }, kind: 'removed' };
	});
	const added = after
		.filter(({ card }) => !earlier.has(card.id))
		.map((one): Pair => ({ before: { ...one, share: 0 }, after: one, kind: 'added' }));
	return [...stayedOrRemoved, ...added];
}

/**
 * moved = `(share0 + share1)/2 * (v1 - v0)`, reweighted = `((v0 + v1)/2 - (B0 + B1)/2) * (share1 -
 * share0)`, in points; `midpoint` is `(B0 + B1)/2`. Source: Bennet, "The Theory of Measurement of
 * Changes in Cost of Living", Journal of the Royal Statistical Society 83(3), 1920.
 */
function part({ before, after, kind }: Pair, midpoint: number): ChangePart {
	const { id, title } = after.card;
	const meanShare = (before.share + after.share) / 2;
	const meanPosition = (before.position + after.position) / 2;
	return {
		card: id,
		title,
		moved: meanShare * (after.position - before.position),
		reweighted: (meanPosition - midpoint) * (after.share - before.share),
		kind
	};
}
