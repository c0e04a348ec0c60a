import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONFIDENCES } from '#board/board.ts';
import { ownUncertainty } from './uncertainty.ts';

test.each([
	// q * 2^(age / 60)
	['high', 0, 12],
	['high', 60, 24],
	['moderate', 30, 28 * Math.SQRT2],
	['low', 0, 45],
	[undefined, 0, 45],
	// 45 * 2 = 90 and 12 * 2^3 = 96, both cut
	['low', 60, 60],
	['high', 180, 60]
] as const)('%s confidence, %s days old: %s points', (confidence, days, points) => {
	expect(ownUncertainty(confidence, days).total).toBeCloseTo(points, 9);
});

test('a half-life of 60 days ages half as fast', () => {
	expect(ownUncertainty('high', 120, 60).total).toBeCloseTo(24, 9);
});

test('a card that was never reviewed stands at the cap, all but its base being age', () => {
	// sqrt(60^2 - 12^2) = sqrt(3456)
	const never = ownUncertainty('high', null);
	expect(never).toEqual({ base: 12, ageing: Math.sqrt(3456), total: 60 });
});

test('fresh, it has no part of ageing', () => {
	expect(ownUncertainty('moderate', 0).ageing).toBe(0);
});

test('never falls with age, and is made of its two parts in quadrature', () => {
	const ages = fc.double({ min: 0, max: 1e6, noNaN: true });
	const halfLives = fc.double({ min: 0.01, max: 1e4, noNaN: true });
	fc.assert(
		fc.property(fc.constantFrom(...CONFIDENCES), ages, ages, halfLives, (trust, a, b, half) => {
			const younger = ownUncertainty(trust, Math.min(a, b), half);
			const older = ownUncertainty(trust, Math.max(a, b), half);
			expect(older.total).toBeGreaterThanOrEqual(younger.total);
			expect(older.total).toBeLessThanOrEqual(60);
			expect(Math.hypot(older.base, older.ageing)).toBeCloseTo(older.total, 9);
		})
	);
});
