import fc from 'fast-check';
import { expect, it } from 'vitest';
import { trendLine } from './trend-line.ts';

const NOW = '2026-11-25T12:00:00.000Z';
const SIZE = { width: 106, height: 30, days: 60 };
const line = (points: [day: string, value: number | null][]) =>
	trendLine(
		points.map(([day, value]) => ({ day, value })),
		NOW,
		SIZE
	);

it('without a reading there is no line', () => {
	expect(line([])).toBeNull();
	expect(line([['2026-11-24', null]])).toBeNull();
});

it('a reading holds until now, flat and in the middle of the scale', () => {
	expect(line([['2026-10-26', 25]])).toEqual({
		path: 'M53 15L103 15',
		end: { x: 103, y: 15, value: 25 },
		zero: null,
		words: '+25 since 26 October 2026'
	});
});

it('a line goes from day to day, on a scale of at least 40 points', () => {
	const drawn = line([
		['2026-10-26', -10],
		['2026-11-25', 10]
	]);
	expect(drawn).toEqual({
		path: 'M53 21L103 9L103 9',
		end: { x: 103, y: 9, value: 10 },
		zero: 15,
		words: 'From −10 on 26 October 2026 to +10, between −10 and +10'
	});
});

it('days without a reading break the line', () => {
	expect(
		line([
			['2026-09-26', -80],
			['2026-10-26', null],
			['2026-11-25', 40]
		])?.path
	).toBe('M3 27M103 3L103 3');
	expect(
		line([
			['2026-10-26', 7],
			['2026-11-20', null]
		])
	).toMatchObject({ end: null, words: 'No reading now; +7 before' });
});

it('whatever the readings, all of the line is inside', () => {
	const day = fc
		.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
		.map((date) => date.toISOString().slice(0, 10));
	const value = fc.option(fc.double({ min: -100, max: 100, noNaN: true }));
	fc.assert(
		fc.property(fc.array(fc.record({ day, value })), (points) => {
			const drawn = trendLine(points, NOW, SIZE);
			const numbers = drawn?.path.match(/-?[\d.]+/g)?.map(Number) ?? [];
			numbers.forEach((number, index) => {
				expect(number).toBeGreaterThanOrEqual(3);
				expect(number).toBeLessThanOrEqual(index % 2 === 0 ? 103 : 27);
			});
		})
	);
});
