/**
 * Geometry of the round dial.
 *
 * The dial's centre is the origin, x to the right, y down (as in SVG); angles are degrees clockwise
 * from the top, so that 0 stands upright, conflict to the left and cooperation to the right. Values
 * beyond the scale stop at its ends: no needle leaves the dial.
 */
import type { Column } from '#board/board.ts';
import { clamp } from './arithmetic.ts';

/** Degrees from the top to either end of the scale; the gap below holds the figure. */
export const HALF_SWEEP = 130;

export interface Point {
	x: number;
	y: number;
}

/** A stretch of the scale, in points. */
export interface Zone {
	column: Column;
	from: number;
	to: number;
}

export interface Tick {
	value: number;
	/** Longer, and with a figure. */
	major: boolean;
}

/** Degrees clockwise from the top of a value of -100 to +100. */
export function angle(value: number): number {
	return (clamp(value, -100, 100) / 100) * HALF_SWEEP;
}

/** Where a value stands at `radius` from the centre, in the unit of `radius`. */
export function point(value: number, radius: number): Point {
	const radians = (angle(value) * Math.PI) / 180;
	return { x: radius * Math.sin(radians), y: -radius * Math.cos(radians) };
}

/** SVG path along the rim from one value to another, either way round. */
export function arc(from: number, to: number, radius: number): string {
	return `M${at(from, radius)}${curve(from, to, radius)}`;
}

/** SVG path of the closed band between two values and two radii. */
export function sector(from: number, to: number, inner: number, outer: number): string {
	return `${arc(from, to, outer)}L${at(to, inner)}${curve(to, from, inner)}Z`;
}

/**
 * The stretch of the scale in which each column is the nearest: split at the midpoints between
 * scores, from -100 to +100 without a gap. `columns` in the board's order. Of columns with the same
 * score only the first has a stretch, as only it can be the nearest (`word.ts`).
 */
export function zones(columns: readonly Column[]): Zone[] {
	const distinct = columns.filter(({ score }, i) => score !== columns[i - 1]?.score);
	return distinct.map((column, i) => {
		const below = distinct[i - 1];
		const above = distinct[i + 1];
		return {
			column,
			from: below ? (below.score + column.score) / 2 : -100,
			to: above ? (column.score + above.score) / 2 : 100
		};
	});
}

/** A tick every 10 points from -100 to +100, a major one every 50. */
export function ticks(): Tick[] {
	return Array.from({ length: 21 }, (_, i) => {
		const value = (i - 10) * 10;
		return { value, major: value % 50 === 0 };
	});
}

function curve(from: number, to: number, radius: number): string {
	const large = Math.abs(angle(to) - angle(from)) > 180 ? 1 : 0;
	const clockwise = to >= from ? 1 : 0;
	return `A${radius} ${radius} 0 ${large} ${clockwise} ${at(to, radius)}`;
}

/** A point as it stands in a path; three decimals are finer than any screen. */
function at(value: number, radius: number): string {
	const { x, y } = point(value, radius);
	return `${thousandths(x)} ${thousandths(y)}`;
}

function thousandths(length: number): number {
	return Math.round(length * 1000) / 1000;
}
