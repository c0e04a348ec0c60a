import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnLists, scaleValues } from './board.arbitrary.ts';
import { FIVE, columnsAt } from './board.fixture.ts';
import { rulerPosition } from './ruler.ts';

test('a score stands over the middle of its column', () => {
	const positions = [-100, -50, 0, 50, 100].map((score) => rulerPosition(score, FIVE));
	expect(positions).toEqual([0.1, 0.3, 0.5, 0.7, 0.9]);
});

test('between two scores the scale is even, so that the midpoint stands over the border', () => {
	expect(rulerPosition(25, FIVE)).toBeCloseTo(0.6, 9);
	// A quarter of the way from 0 (at 1/6) to 80 (at 3/6).
	expect(rulerPosition(20, columnsAt(0, 80, 100))).toBeCloseTo(1 / 6 + (1 / 4) * (2 / 6), 9);
});

test('outside the scores it runs evenly to the ends', () => {
	const columns = columnsAt(-80, 0);
	// -80 stands at 1/4, -100 at 0; 0 at 3/4, 100 at 1.
	expect([-100, -90, -80, 0, 50, 100].map((value) => rulerPosition(value, columns))).toEqual([
		0, 0.125, 0.25, 0.75, 0.875, 1
	]);
});

test('columns of the same score share the middle of their stretch', () => {
	expect(rulerPosition(0, columnsAt(-50, 0, 0, 50))).toBe(0.5);
	expect(rulerPosition(100, columnsAt(100, 100))).toBe(0.5);
});

test('stays on the ruler and never runs backwards', () => {
	const values = fc.double({ min: -150, max: 150, noNaN: true });
	fc.assert(
		fc.property(columnLists, values, scaleValues, (columns, a, b) => {
			const low = rulerPosition(Math.min(a, b), columns);
			const high = rulerPosition(Math.max(a, b), columns);
			expect(low).toBeGreaterThanOrEqual(0);
			expect(high).toBeLessThanOrEqual(1);
			expect(low).toBeLessThanOrEqual(high + 1e-12);
		})
	);
});
