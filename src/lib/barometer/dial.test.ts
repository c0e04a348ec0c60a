import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnLists, scaleValues } from './board.arbitrary.ts';
import { FIVE, columnsAt } from './board.fixture.ts';
import { angle, arc, point, sector, ticks, zones } from './dial.ts';
import { nearestColumn } from './word.ts';

describe('the needle', () => {
	test('stands upright at 0 and stops at the ends of the scale', () => {
		expect([-100, 0, 50, 100].map(angle)).toEqual([-130, 0, 65, 130]);
		expect(angle(140)).toBe(130);
		expect(angle(-140)).toBe(-130);
	});

	test('points up at 0, conflict to the lower left, cooperation to the lower right', () => {
		expect(point(0, 10)).toEqual({ x: 0, y: -10 });
		// sin 130° = 0.76604, cos 130° = -0.64279
		expect(point(100, 10).x).toBeCloseTo(7.6604, 4);
		expect(point(100, 10).y).toBeCloseTo(6.4279, 4);
		expect(point(-100, 10).x).toBeCloseTo(-7.6604, 4);
	});
});

describe('paths', () => {
	test('an arc runs clockwise to a higher value, the long way where it must', () => {
		// The ends of a radius of 100: x = ±76.604, y = 64.279; 260° is more than half a turn.
		expect(arc(-100, 100, 100)).toBe('M-76.604 64.279A100 100 0 1 1 76.604 64.279');
		expect(arc(100, 0, 100)).toBe('M76.604 64.279A100 100 0 0 0 0 -100');
	});

	test('a sector goes out along the outer radius and back along the inner one', () => {
		expect(sector(0, 100, 50, 100)).toBe(
			'M0 -100A100 100 0 0 1 76.604 64.279L38.302 32.139A50 50 0 0 0 0 -50Z'
		);
	});
});

describe('zones', () => {
	test('are split at the midpoints between columns', () => {
		expect(zones(FIVE).map(({ from, to }) => [from, to])).toEqual([
			[-100, -75],
			[-75, -25],
			[-25, 25],
			[25, 75],
			[75, 100]
		]);
	});

	test('leave out a second column of the same score', () => {
		expect(zones(columnsAt(-50, 0, 0, 50))).toMatchObject([
			{ column: { id: 'c-50' }, from: -100, to: -25 },
			{ column: { id: 'c0' }, from: -25, to: 25 },
			{ column: { id: 'c50' }, from: 25, to: 100 }
		]);
	});

	test('cover the scale without a gap, each where its column is the nearest', () => {
		fc.assert(
			fc.property(columnLists, scaleValues, (columns, value) => {
				const all = zones(columns);
				expect(all[0]?.from).toBe(-100);
				expect(all.at(-1)?.to).toBe(100);
				all.slice(1).forEach((zone, i) => expect(zone.from).toBe(all[i]?.to));
				const within = all.filter(({ from, to }) => from < value && value < to);
				fc.pre(within.length === 1);
				const nearest = nearestColumn(value, columns);
				expect(Math.abs((within[0]?.column.score ?? NaN) - value)).toBeCloseTo(
					Math.abs((nearest?.score ?? NaN) - value),
					9
				);
			})
		);
	});
});

test('ticks stand every 10 points, major ones every 50', () => {
	expect(ticks()).toHaveLength(21);
	const majors = ticks().filter(({ major }) => major);
	expect(majors.map(({ value }) => value)).toEqual([-100, -50, 0, 50, 100]);
});
