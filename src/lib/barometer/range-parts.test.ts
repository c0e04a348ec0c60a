import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeParts } from './range-parts.ts';

test('each cause has the part of the band that its square has of all squares', () => {
	// 9 : 16 : 0 of 25: thin evidence takes 0.36 of each side, age the rest.
	const causes = { thinEvidence: 3, age: 4, disagreement: 0 };
	const parts = rangeParts(10, -10, 60, causes);
	expect(parts.map(({ cause }) => cause)).toEqual(['thinEvidence', 'age', 'age']);
	const [thin, left, right] = parts;
	expect(thin?.from).toBeCloseTo(10 - 0.36 * 20, 9);
	expect(thin?.to).toBeCloseTo(10 + 0.36 * 50, 9);
	expect(left).toMatchObject({ from: -10, to: thin?.from });
	expect(right?.from).toBeCloseTo(thin?.to ?? NaN, 9);
	expect(right?.to).toBeCloseTo(60, 9);
});

test('a single cause is the whole band', () => {
	const causes = { thinEvidence: 0, age: 0, disagreement: 7 };
	expect(rangeParts(0, -20, 20, causes)).toEqual([{ cause: 'disagreement', from: -20, to: 20 }]);
});

test('the parts cover the range without a gap or an overlap', () => {
	const width = fc.double({ min: 0, max: 60, noNaN: true });
	fc.assert(
		fc.property(
			fc.double({ min: -100, max: 100, noNaN: true }),
			fc.double({ min: 0.01, max: 100, noNaN: true }),
			fc.double({ min: 0.01, max: 100, noNaN: true }),
			fc.record({
				thinEvidence: fc.double({ min: 0.1, max: 60, noNaN: true }),
				age: width,
				disagreement: width
			}),
			(value, below, above, causes) => {
				const parts = rangeParts(value, value - below, value + above, causes);
				const sorted = parts.toSorted((a, b) => a.from - b.from);
				expect(sorted[0]?.from).toBeCloseTo(value - below, 6);
				expect(sorted.at(-1)?.to).toBeCloseTo(value + above, 6);
				for (const [index, part] of sorted.entries()) {
					const next = sorted[index + 1];
					if (next) expect(next.from).toBeCloseTo(part.to, 6);
				}
			}
		)
	);
});
