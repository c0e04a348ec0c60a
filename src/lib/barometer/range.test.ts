import fc from 'fast-check';
import { expect, test } from 'vitest';
import { halfWidth, likelyRange, rangeCauses } from './range.ts';
import type { Doubt } from './range.ts';

const doubt = (share: number, rest: Partial<Doubt> = {}): Doubt => {
	return { share, spread: 0, base: 0, ageing: 0, ...rest };
};

test('one card alone: 1.2816 times its error', () => {
	// With one card the correlation has nothing to correlate: sqrt(0.7 t^2 + 0.3 t^2) = t.
	expect(likelyRange(0, [doubt(1, { base: 12 })])).toEqual({
		low: expect.closeTo(-15.3792, 9),
		high: expect.closeTo(15.3792, 9)
	});
});

test('two equal cards partly even out', () => {
	// share * t = 10 each: sqrt(0.7 * 200 + 0.3 * 400) = sqrt(260) = 16.12452, not 20.
	const doubts = [doubt(0.5, { base: 20 }), doubt(0.5, { base: 20 })];
	expect(halfWidth(doubts, ({ base }) => base)).toBeCloseTo(1.2816 * 16.12452, 4);
});

test('own uncertainty and disagreement add in quadrature', () => {
	// t = sqrt(12^2 + 16^2 + 21^2) = 29
	const { high } = likelyRange(0, [doubt(1, { base: 12, ageing: 16, spread: 21 })]);
	expect(high).toBeCloseTo(1.2816 * 29, 9);
});

test('is cut at the ends of the scale, while the causes are not', () => {
	const doubts = [doubt(1, { base: 45, ageing: 39, spread: 100 })];
	expect(likelyRange(50, doubts)).toEqual({ low: expect.any(Number), high: 100 });
	expect(rangeCauses(doubts)?.disagreement).toBeCloseTo(128.16, 9);
});

test('has no causes when nothing counts', () => {
	expect(rangeCauses([])).toBeNull();
});

test('no cause is wider than the whole, nor are all three in quadrature', () => {
	const points = fc.double({ min: 0, max: 100, noNaN: true });
	const doubts = fc.array(
		fc.record({
			share: fc.double({ min: 0, max: 1, noNaN: true }),
			spread: points,
			base: points,
			ageing: points
		}),
		{ minLength: 1 }
	);
	fc.assert(
		fc.property(doubts, (any) => {
			const whole = halfWidth(any, (one) => Math.hypot(one.base, one.ageing, one.spread));
			const { disagreement, thinEvidence, age } = rangeCauses(any) ?? {};
			const together = Math.hypot(disagreement ?? NaN, thinEvidence ?? NaN, age ?? NaN);
			expect(together).toBeLessThanOrEqual(whole * (1 + 1e-9) + 1e-150);
		})
	);
});
