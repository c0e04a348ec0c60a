/** Small sums that every formula shares. */

export function sum<Item>(items: readonly Item[], term: (item: Item) => number): number {
	return items.reduce((total, item) => total + term(item), 0);
}

/** Points that only the rounding of a sum can account for. */
const ROUNDING = 1e-9;

/** Whether `a` is more than `b` by the numbers themselves: at a threshold, rounding decides nothing. */
export function exceeds(a: number, b: number): boolean {
	return a - b > ROUNDING;
}

export function clamp(value: number, low: number, high: number): number {
	return Math.min(Math.max(value, low), high);
}

/** Order for `sort`: largest magnitude first, ties by card id in code-unit order. */
export function byMagnitude<Item extends { card: string }>(size: (item: Item) => number) {
	return (a: Item, b: Item): number => {
		const difference = Math.abs(size(b)) - Math.abs(size(a));
		if (difference !== 0) return difference;
		return a.card < b.card ? -1 : a.card > b.card ? 1 : 0;
	};
}
