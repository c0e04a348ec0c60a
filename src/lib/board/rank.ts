/**
 * The order of cards in a column, as fractional indices: putting a card between two others writes
 * that card only, so people who arrange at the same time do not overwrite one another.
 *
 * Two people who put a card at the same spot produce the same rank; the ids then decide the order.
 * Putting something between such twins (or beside a rank that is no fractional index, or out of
 * order, or too long) first needs new ranks for some of the cards there: as few as possible, because
 * each is a write that could win over somebody's concurrent move of that card.
 *
 * A rank grows by about one character in six insertions at one spot. Past `RANK_LENGTH` the cards
 * around the spot get ranks of at most half that length, so this is rare however people insert.
 */

import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import { RANK_LENGTH } from './limits.ts';

export interface Ranked {
	id: string;
	rank: string;
}

/** The alphabet of `fractional-indexing`, which takes it for granted. */
const DIGITS = /^[0-9A-Za-z]+$/;

/** The rank of the first card in an empty column. */
export const FIRST_RANK = generateKeyBetween(null, null);

/** `count` ranks in ascending order, for cards that are made together. */
export function ranks(count: number): string[] {
	return generateNKeysBetween(null, null, count);
}

/**
 * A rank strictly between two others; `null` stands for the end of the column. Undefined where
 * there is none: equal, reversed or invalid neighbours, or one that would be too long.
 */
export function rankBetween(before: string | null, after: string | null): string | undefined {
	return ranksBetween(before, after, 1, RANK_LENGTH)?.[0];
}

/**
 * The ranks to write so that the card `id` stands at `index` of a column.
 *
 * @param others the cards of that column without `id`, in the order shown
 * @returns `id` with its rank, and the fewest others that need a new one
 */
export function ranksToInsert(id: string, index: number, others: readonly Ranked[]): Ranked[] {
	const rank = rankBetween(others[index - 1]?.rank ?? null, others[index]?.rank ?? null);
	if (rank !== undefined) return [{ id, rank }];

	for (let moved = 1; moved <= others.length; moved++) {
		// Tried from the window that lies right of the spot: those cards came later, as a rule.
		for (let start = index; start >= index - moved; start--) {
			const end = start + moved;
			if (start < 0 || end > others.length) continue;
			const low = others[start - 1]?.rank ?? null;
			const high = others[end]?.rank ?? null;
			const fresh = ranksBetween(low, high, moved + 1, RANK_LENGTH / 2);
			if (!fresh) continue;
			const ids = others.slice(start, end).map((other) => other.id);
			ids.splice(index - start, 0, id);
			return ids.map((each, i) => ({ id: each, rank: fresh[i] ?? FIRST_RANK }));
		}
	}
	throw new Error('A whole column can always be ranked anew.');
}

function ranksBetween(
	low: string | null,
	high: string | null,
	count: number,
	length: number
): string[] | undefined {
	if (!isUsable(low) || !isUsable(high)) return undefined;
	if (low !== null && high !== null && low >= high) return undefined;
	// One rank tells cheaply whether there is any room.
	if (generateKeyBetween(low, high).length > length) return undefined;
	const fresh = generateNKeysBetween(low, high, count);
	return fresh.every((rank) => rank.length <= length) ? fresh : undefined;
}

/** Whether a rank can be a bound: a fractional index of bounded length. */
function isUsable(rank: string | null): boolean {
	if (rank === null) return true;
	if (rank.length > RANK_LENGTH || !DIGITS.test(rank)) return false;
	try {
		// The library has no separate check; it throws on whatever is not one of its keys.
		generateKeyBetween(rank, null);
		return true;
	} catch {
		return false;
	}
}
