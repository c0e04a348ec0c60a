import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOutlier, medianColumns, outcomeOf } from './outcome.ts';

const SCORES = [-100, -50, 0, 50, 100];
const of = (...counts: number[]) => outcomeOf(counts, SCORES, 0.75)!;

describe('the outcome of a round', () => {
	it('is worked out by hand', () => {
		// The placements of present.png: 1, 3, 6 and 4 of 14.
		const outcome = of(1, 3, 6, 4, 0);
		expect(outcome).toMatchObject({ voters: 14, median: 2, lowerQuartile: 1, upperQuartile: 3 });
		expect(outcome.within).toBeCloseTo(13 / 14, 12);
		// Mean -50/14 = -3.571; mean of squares (10,000 + 7,500 + 10,000) / 14 = 1,964.29.
		expect(outcome.spread).toBeCloseTo(44.176, 3);
		expect(outcome.hasConsensus).toBe(true);
	});

	it('is half-way when the middle falls between two columns', () => {
		expect(of(0, 2, 2, 0, 0)).toMatchObject({ median: 1.5, within: 1 });
		expect(medianColumns({ median: 1.5 })).toEqual([1, 2]);
		expect(medianColumns({ median: 2 })).toEqual([2]);
		expect(of(3, 0, 0, 0, 3)).toMatchObject({
			median: 2,
			within: 0,
			hasConsensus: false,
			spread: 100
		});
	});

	it('is nothing when nobody placed it, and clear when one did', () => {
		expect(outcomeOf([0, 0], [-100, 100], 0.75)).toBeNull();
		expect(of(0, 0, 0, 1, 0)).toMatchObject({
			median: 3,
			lowerQuartile: 3,
			upperQuartile: 3,
			spread: 0
		});
	});

	it('has consensus at the very share that was agreed', () => {
		expect(outcomeOf([1, 3, 0, 0], [-100, -50, 0, 50], 0.75)?.hasConsensus).toBe(true);
		expect(of(0, 3, 0, 0, 1).hasConsensus).toBe(true);
		expect(of(1, 2, 0, 0, 1).hasConsensus).toBe(true);
		expect(of(0, 2, 0, 0, 1).hasConsensus).toBe(false);
	});

	const answers = fc.array(fc.nat(4), { minLength: 1, maxLength: 60 });
	const countsOf = (placed: number[]) =>
		SCORES.map((_, column) => placed.filter((each) => each === column).length);

	it('is what the sorted list of all answers says', () => {
		fc.assert(
			fc.property(answers, (placed) => {
				const sorted = placed.toSorted((a, b) => a - b);
				const n = sorted.length;
				const middle = (sorted[Math.ceil(n / 2) - 1]! + sorted[Math.floor(n / 2)]!) / 2;
				const outcome = of(...countsOf(placed));
				expect(outcome.median).toBe(middle);
				expect(outcome.lowerQuartile).toBeLessThanOrEqual(outcome.median);
				expect(outcome.upperQuartile).toBeGreaterThanOrEqual(outcome.median);
				const away = placed.filter((each) => isOutlier(outcome, each));
				expect(outcome.within).toBeCloseTo(1 - away.length / n, 12);
				const mean = placed.reduce((sum, each) => sum + SCORES[each]!, 0) / n;
				const variance = placed.reduce((sum, each) => sum + (SCORES[each]! - mean) ** 2, 0) / n;
				expect(outcome.spread).toBeCloseTo(Math.sqrt(variance), 9);
			})
		);
	});

	it('is mirrored with the scale', () => {
		fc.assert(
			fc.property(answers, (placed) => {
				const outcome = of(...countsOf(placed));
				const mirrored = of(...countsOf(placed.map((each) => 4 - each)));
				expect(mirrored.median).toBe(4 - outcome.median);
				expect(mirrored.lowerQuartile).toBe(4 - outcome.upperQuartile);
				expect(mirrored.within).toBeCloseTo(outcome.within, 12);
				expect(mirrored.spread).toBeCloseTo(outcome.spread, 9);
			})
		);
	});
});
