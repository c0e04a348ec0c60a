import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnLists, scaleValues } from './board.arbitrary.ts';
import { FIVE, columnsAt } from './board.fixture.ts';
import { nearestColumn, wordColumn } from './word.ts';

const word = (value: number, previous?: string) => wordColumn(value, FIVE, previous)?.id;

describe('the word', () => {
	test('is that of the nearest column', () => {
		expect(word(24.9)).toBe('c0');
		expect(word(25.1)).toBe('c50');
		expect(word(-100)).toBe('c-100');
		expect(word(100)).toBe('c100');
	});

	test('at an exact midpoint is that of the lower score', () => {
		expect(word(25)).toBe('c0');
		expect(word(-25)).toBe('c-50');
	});

	test('changes only 2 points past the midpoint, either way', () => {
		// The midpoint between 0 and 50 is 25.
		expect(word(26.9, 'c0')).toBe('c0');
		expect(word(27, 'c0')).toBe('c50');
		expect(word(23.1, 'c50')).toBe('c50');
		expect(word(23, 'c50')).toBe('c0');
	});

	test('skips columns when the reading jumps', () => {
		expect(word(100, 'c-50')).toBe('c100');
	});

	test('is the nearest when the column that gave it is gone', () => {
		expect(word(26, 'gone')).toBe('c50');
	});

	test('holds at either end of the scale', () => {
		expect(word(100, 'c100')).toBe('c100');
		expect(word(-100, 'c-100')).toBe('c-100');
	});

	test('of columns with the same score is the first, unless another had it', () => {
		const columns = columnsAt(-50, 0, 0, 50);
		expect(wordColumn(1, columns)?.id).toBe('c0');
		expect(wordColumn(1, columns, "c0'")?.id).toBe("c0'");
		expect(wordColumn(27, columns, 'c0')?.id).toBe('c50');
	});
});

describe('for any columns', () => {
	test('the nearest column is nearest', () => {
		fc.assert(
			fc.property(columnLists, scaleValues, (columns, value) => {
				const distance = Math.abs((nearestColumn(value, columns)?.score ?? NaN) - value);
				for (const { score } of columns) {
					expect(distance).toBeLessThanOrEqual(Math.abs(score - value));
				}
			})
		);
	});

	test('a reading that stays within 2 points never turns the word back', () => {
		const wobbles = fc.array(fc.double({ min: 0, max: 1.99, noNaN: true }), { minLength: 2 });
		const previous = fc.nat({ max: 8 });
		fc.assert(
			fc.property(columnLists, scaleValues, wobbles, previous, (columns, start, steps, first) => {
				let held = columns[first]?.id;
				const scores = steps.map((step) => {
					const column = wordColumn(start + step, columns, held);
					held = column?.id;
					return column?.score ?? NaN;
				});
				const rising = scores.toSorted((a, b) => a - b);
				expect([rising, rising.toReversed()]).toContainEqual(scores);
			})
		);
	});

	test('the same reading keeps its word', () => {
		fc.assert(
			fc.property(columnLists, scaleValues, fc.nat({ max: 8 }), (columns, value, first) => {
				const once = wordColumn(value, columns, columns[first]?.id);
				expect(wordColumn(value, columns, once?.id)).toBe(once);
			})
		);
	});
});
