/**
 * The ruler above the columns, whose scale is the board's own axis. The columns stand side by side
 * in order of score, equally wide however far apart their scores are, so the scale stretches: each
 * score stands over the middle of its column, and the scale is even in between. The border between
 * two columns is then the midpoint of their scores: the reading stands over the column that gives
 * it its word.
 */
import type { Column } from '#board/board.ts';

/** A value of the scale and where it stands, as a fraction of the ruler's width. */
interface Mark {
	value: number;
	fraction: number;
}

/**
 * Where `value` stands on the ruler: 0 (its start) to 1. Never falls as `value` rises. Outside the
 * first and last score it runs evenly to the ends at -100 and +100. Columns with the same score
 * share one mark, in the middle of the stretch that they take up together.
 */
export function rulerPosition(value: number, columns: readonly Column[]): number {
	const scale = marks(columns);
	const next = scale.find((mark) => mark.value >= value);
	const last = scale.findLast((mark) => mark.value <= value);
	if (!next || !last) return next?.fraction ?? last?.fraction ?? 0.5;
	if (next.value === last.value) return next.fraction;
	const way = (value - last.value) / (next.value - last.value);
	return last.fraction + way * (next.fraction - last.fraction);
}

/** The fixed points of the scale, their values strictly rising. */
function marks(columns: readonly Column[]): Mark[] {
	const scores = columns.map(({ score }) => score);
	const centres = [...new Set(scores)].map((score) => {
		const middle = (scores.indexOf(score) + scores.lastIndexOf(score)) / 2;
		return { value: score, fraction: (middle + 0.5) / scores.length };
	});
	return [
		...(scores.includes(-100) ? [] : [{ value: -100, fraction: 0 }]),
		...centres,
		...(scores.includes(100) ? [] : [{ value: 100, fraction: 1 }])
	];
}
