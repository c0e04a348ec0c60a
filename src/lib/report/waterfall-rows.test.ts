import fc from 'fast-check';
import { expect, it } from 'vitest';
import { waterfallRows } from './waterfall-rows.ts';

const points = fc.double({ min: -100, max: 100, noNaN: true });
const parts = fc.array(
	points.map((moved) => ({
		card: { id: 'x', title: 'X' },
		...{ moved, reweighted: 1, kind: 'both' as const }
	})),
	{ maxLength: 20 }
);

it('goes from the reading before to the one after without a gap, within its width', () => {
	fc.assert(
		fc.property(points, parts, fc.integer({ min: 1, max: 15 }), (before, all, most) => {
			const { rows, before: first, after } = waterfallRows(before, all, most);
			expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
			expect(rows.length).toBeLessThanOrEqual(most + 1);
			let at = first;
			for (const { start, end } of rows) {
				expect(start).toBe(at);
				expect(Math.min(start, end)).toBeGreaterThanOrEqual(0);
				expect(Math.max(start, end)).toBeLessThanOrEqual(1);
				at = end;
			}
			expect(at).toBe(after);
		})
	);
});

it('puts the small ones together, and never one alone', () => {
	const part = (moved: number) => ({
		card: { id: 'x', title: 'X' },
		...{ moved, reweighted: 0, kind: 'both' as const }
	});
	expect(waterfallRows(0, [part(3), part(2), part(-1)], 2).rows).toHaveLength(3);
	const { rows } = waterfallRows(0, [part(3), part(2), part(-1), part(0.5)], 2);
	expect(rows.at(-1)).toMatchObject({ part: null, count: 2, points: -0.5, start: 1, end: 0.9 });
});
