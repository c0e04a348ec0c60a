import fc from 'fast-check';
import { expect, test } from 'vitest';
import { percent, percentReached, signed } from './figures.ts';

test.each([
	[25, 0, '+25'],
	[-25, 0, '\u221225'],
	[0, 0, '0'],
	[-0, 0, '0'],
	[-0.4, 0, '0'],
	[0.4, 0, '0'],
	[0.5, 0, '+1'],
	[-0.5, 0, '\u22121'],
	[2.5, 0, '+3'],
	[-2.5, 0, '\u22123'],
	[1.36, 1, '+1.4'],
	[-0.25, 1, '\u22120.3'],
	[-0.04, 1, '0.0'],
	[1e-9, 2, '0.00']
])('prints %s with %s digits as %s', (value, digits, figure) => {
	expect(signed(value, digits)).toBe(figure);
});

test('prints opposite values with the same digits', () => {
	const values = fc.double({ min: 0, max: 200, noNaN: true });
	fc.assert(
		fc.property(values, fc.integer({ min: 0, max: 3 }), (value, digits) => {
			const [plus, minus] = [signed(value, digits), signed(-value, digits)];
			expect(minus).toBe(plus.replace('+', '\u2212'));
			expect(plus + minus).not.toContain('-');
		})
	);
});

test('prints shares as whole per cent', () => {
	expect(percent(0)).toBe('0%');
	expect(percent(0.625)).toBe('63%');
	expect(percent(1)).toBe('100%');
});

test('prints a share that has to be reached as the per cent that it has reached', () => {
	expect(percentReached(0.499)).toBe('49%');
	expect(percentReached(0.5)).toBe('50%');
	expect(percentReached(1)).toBe('100%');
	for (let whole = 0; whole <= 100; whole++) {
		expect(percentReached(whole / 100)).toBe(`${whole}%`);
		expect(percentReached(whole / 100 + 0.009)).toBe(`${whole}%`);
	}
});
