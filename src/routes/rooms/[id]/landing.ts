/** Where a dragged card would land, from where the pointer is. */
import type { Landing } from './view.svelte.ts';

/**
 * The landing of the card `card` at a point of the window, or null when there is no column.
 * `columns` holds an element with `data-column` for each column, with one with `data-card` for
 * each card. Beside the columns, the nearest one counts.
 */
export function findLanding(
	columns: HTMLElement,
	card: string,
	x: number,
	y: number
): Landing | null {
	const candidates = [...columns.querySelectorAll<HTMLElement>('[data-column]')];
	const column = nearest(candidates, x);
	if (column === undefined) return null;
	const below = [...column.querySelectorAll<HTMLElement>('[data-card]')].find(
		(one) => one.dataset.card !== card && y < middle(one)
	);
	return { card, column: column.dataset.column ?? '', before: below?.dataset.card };
}

function nearest(columns: HTMLElement[], x: number): HTMLElement | undefined {
	const distance = (column: HTMLElement) => {
		const { left, right } = column.getBoundingClientRect();
		return Math.max(left - x, x - right, 0);
	};
	return columns.reduce<HTMLElement | undefined>(
		(best, column) => (best && distance(best) <= distance(column) ? best : column),
		undefined
	);
}

function middle(element: HTMLElement): number {
	const { top, bottom } = element.getBoundingClientRect();
	return (top + bottom) / 2;
}
