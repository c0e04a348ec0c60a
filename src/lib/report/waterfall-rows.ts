/**
 * A waterfall as it is drawn: from the reading before, part by part, to the reading after. Each bar
 * begins where the one before it ended, and the last one ends at the reading after.
 */
import { sum } from '#barometer/arithmetic.ts';
import type { Waterfall } from './report.ts';

type Part = Waterfall['parts'][number];

export interface WaterfallRow {
	/** Null for what several small ones add up to. */
	part: Part | null;
	/** How many cards it stands for. */
	count: number;
	points: number;
	/** Shares of the width, 0 to 1; `start` is at the end that it comes from. */
	start: number;
	end: number;
}

export interface WaterfallScale {
	rows: WaterfallRow[];
	/** Where the readings before and after stand on it, 0 to 1. */
	before: number;
	after: number;
}

/** `most`: so many cards have a row of their own. */
export function waterfallRows(
	before: number,
	parts: readonly Part[],
	most: number
): WaterfallScale {
	const own = parts.length <= most + 1 ? parts : parts.slice(0, most);
	const rest = parts.slice(own.length);
	const steps = [
		...own.map((part) => ({ part, count: 1, points: pointsOf(part) })),
		...(rest.length > 0 ? [{ part: null, count: rest.length, points: sum(rest, pointsOf) }] : [])
	];
	const stops = [before];
	for (const { points } of steps) stops.push(stops.at(-1)! + points);
	const [low, high] = [Math.min(...stops), Math.max(...stops)];
	const share = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
	return {
		rows: steps.map((step, index) => ({
			...step,
			start: share(stops[index]!),
			end: share(stops[index + 1]!)
		})),
		before: share(before),
		after: share(stops.at(-1)!)
	};
}

function pointsOf({ moved, reweighted }: Part): number {
	return moved + reweighted;
}
