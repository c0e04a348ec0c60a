/**
 * The order of cards in a column, as fractional indices: putting a card between two others writes
 * that card only, so people who arrange at the same time do not overwrite one another.
 *
 * Two people who put a card at the same spot produce the same rank; the ids then decide the order.
 * Putting something between such twins (or beside a rank that is no fractional index, or out of
 * order, or too long) first needs new ranks for some of the cards there: as few as possible, because
 * each is a write that could win over somebody's concurrent move of that card.
 *
 * A rank grows by about one character in six insertions at one spot. Past `RANK_LENGTH`, after some
 * 600 insertions into the same gap, the whole column gets new ranks of two or three characters.
 */

import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import { RANK_LENGTH } from './limits.ts';

export interface Ranked {
	id: string;
	rank: string;
}

/** The alphabet of `fractional-indexing`, which takes it for granted. */
const DIGITS = /^[0-9A-Za-z]+$/;

/** `count` ranks in ascending order, for cards that are made together. */
export function ranks(count: number): string[] {
	return generateNKeysBetween(null, null, count);
}

/**
 * A rank strictly between two others; `null` stands for the end of the column. Undefined where
 * there is none: equal, reversed or invalid neighbours, or one that would be too long.
 */
export function rankBetween(before: string | null, after: string | null): string | undefined {
	if (before !== null && !isKey(before)) return undefined;
	if (after !== null && !isKey(after)) return undefined;
	if (before !== null && after !== null && before >= after) return undefined;
	const rank = generateKeyBetween(before, after);
	return rank.length <= RANK_LENGTH ? rank : undefined;
}

/**
 * The ranks to write so that the card `id` stands at `index` of a column.
 *
 * @param others the cards of that column without `id`, in the order shown
 * @returns `id` with its rank, and the others that need a new one
 */
export function ranksToInsert(id: string, index: number, others: readonly Ranked[]): Ranked[] {
	const rank = rankBetween(others[index - 1]?.rank ?? null, others[index]?.rank ?? null);
	if (rank !== undefined) return [{ id, rank }];

	const { start, end } = smallestWindow(index, others);
	const low = others[start - 1]?.rank ?? null;
	const high = others[end]?.rank ?? null;
	const fresh = generateNKeysBetween(low, high, end - start + 1);
	const isShort = fresh.every((rank) => rank.length <= RANK_LENGTH);
	return isShort
		? assign(withInserted(others.slice(start, end), id, index - start), fresh)
		: assign(withInserted(others, id, index), ranks(others.length + 1));
}

/**
 * The fewest cards around `index` (none, as a rule) that must be ranked anew, as `start` up to but
 * without `end`: those beside the window have valid ranks in order, or the column ends there.
 */
function smallestWindow(index: number, others: readonly Ranked[]): { start: number; end: number } {
	const isBound = others.map((other) => isKey(other.rank));
	for (let size = 0; size < others.length; size++) {
		// The cards right of the spot first: as a rule they are the ones that came later.
		for (let start = Math.min(index, others.length - size); start >= index - size; start--) {
			if (start < 0) break;
			const low = others[start - 1];
			const high = others[start + size];
			if ((low && !isBound[start - 1]) || (high && !isBound[start + size])) continue;
			if (!low || !high || low.rank < high.rank) return { start, end: start + size };
		}
	}
	return { start: 0, end: others.length };
}

function withInserted(cards: readonly Ranked[], id: string, index: number): string[] {
	return cards.map((card) => card.id).toSpliced(index, 0, id);
}

function assign(ids: string[], fresh: string[]): Ranked[] {
	return ids.map((id, i) => ({ id, rank: fresh[i] ?? '' }));
}

/** Whether a rank can be a bound: a fractional index of bounded length. */
function isKey(rank: string): boolean {
	if (rank.length > RANK_LENGTH || !DIGITS.test(rank)) return false;
	try {
		// The library has no separate check; it throws on whatever is not one of its keys.
		generateKeyBetween(rank, null);
		return true;
	} catch {
		return false;
	}
}
