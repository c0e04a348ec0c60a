/**
 * The small trend line of a room: geometry and words, from the readings of the days on which its
 * board changed. A reading holds until the next one, and the last one until now. The scale fits the
 * line, but never shows less than `SPAN_MIN` points, so that small changes look small.
 */
import { signed } from '#barometer/figures.ts';
import type { TrendPoint } from '../../../server/rooms/room-list.ts';
import { dayOf } from '../ago.ts';

export interface TrendLine {
	/** SVG path; a line for each stretch of days with a reading. */
	path: string;
	/** Where the line ends now; null when the board has no reading now. */
	end: { x: number; y: number; value: number } | null;
	/** Where zero lies, when it is in sight. */
	zero: number | null;
	/** The same in words. */
	words: string;
}

/** Least height of the scale, in points. */
const SPAN_MIN = 40;
/** Between the line and the edges, in pixels. */
const PAD = 3;
const DAY_MS = 86_400_000;

interface Size {
	width: number;
	height: number;
	/** Days from the left edge to now. */
	days: number;
}

/** Null without any reading. `points` in order; `now` an ISO time. */
export function trendLine(
	points: readonly TrendPoint[],
	now: string,
	{ width, height, days }: Size
): TrendLine | null {
	const values = points.flatMap(({ value }) => value ?? []);
	if (values.length === 0) return null;
	const today = Date.parse(now.slice(0, 10));
	const [low, high] = scaleOf(values);
	const x = (day: string) => {
		const before = Math.min(days, Math.max(0, (today - Date.parse(day)) / DAY_MS));
		return round(PAD + (1 - before / days) * (width - 2 * PAD));
	};
	const y = (value: number) => round(PAD + ((high - value) / (high - low)) * (height - 2 * PAD));

	const last = points.at(-1)?.value ?? null;
	const end = last === null ? null : { x: round(width - PAD), y: y(last), value: last };
	const stretches = stretchesOf(points).map((stretch) =>
		stretch.map(({ day, value }) => `${x(day)} ${y(value)}`)
	);
	if (end !== null) stretches.at(-1)?.push(`${end.x} ${end.y}`);
	return {
		path: stretches.map((stretch) => `M${stretch.join('L')}`).join(''),
		end,
		zero: low < 0 && high > 0 ? y(0) : null,
		words: wordsFor(points, values)
	};
}

function scaleOf(values: readonly number[]): [low: number, high: number] {
	const least = Math.min(...values);
	const most = Math.max(...values);
	const missing = Math.max(0, SPAN_MIN - (most - least)) / 2;
	return [least - missing, most + missing];
}

/** Days with a reading that follow each other. */
function stretchesOf(points: readonly TrendPoint[]): { day: string; value: number }[][] {
	const stretches: { day: string; value: number }[][] = [];
	let open: { day: string; value: number }[] | undefined;
	for (const { day, value } of points) {
		if (value === null) open = undefined;
		else if (open === undefined) stretches.push((open = [{ day, value }]));
		else open.push({ day, value });
	}
	return stretches;
}

function wordsFor(points: readonly TrendPoint[], values: readonly number[]): string {
	const first = points.find(({ value }) => value !== null);
	const last = points.at(-1);
	if (first === undefined || last === undefined) return '';
	const since = dayOf(first.day);
	if (last.value === null) return `No reading now; ${signed(values.at(-1) ?? 0)} before`;
	if (values.length === 1) return `${signed(last.value)} since ${since}`;
	const range = `between ${signed(Math.min(...values))} and ${signed(Math.max(...values))}`;
	return `From ${signed(first.value ?? 0)} on ${since} to ${signed(last.value)}, ${range}`;
}

function round(pixels: number): number {
	return Math.round(pixels * 10) / 10;
}
