import { expect, test } from 'vitest';
import { tendency } from './tendency.ts';

test.each([
	[2.9, 'steady'],
	[-2.9, 'steady'],
	[0, 'steady'],
	[3, 'rising'],
	[-3, 'falling'],
	[15, 'rising'],
	[-15, 'falling'],
	[15.1, 'rising sharply'],
	[-15.1, 'falling sharply']
])('a change of %s points is %s', (change, kind) => {
	expect(tendency(0, change, 1)).toEqual({ kind, change });
});

test('at a threshold is not decided by rounding', () => {
	// In floating point 4.1 - 1.1 is a little less than 3, and 16.1 - 1.1 a little more than 15.
	expect(tendency(1.1, 4.1, 1)?.kind).toBe('rising');
	expect(tendency(1.1, 16.1, 1)?.kind).toBe('rising');
	expect(tendency(4.1, 1.1, 1)?.kind).toBe('falling');
	expect(tendency(16.1, 1.1, 1)?.kind).toBe('falling');
});

test('has no word below half coverage', () => {
	expect(tendency(0, 20, 0.499)).toBeNull();
	expect(tendency(0, 20, 0.5)?.kind).toBe('rising sharply');
});

test('has no word when a reading is missing', () => {
	expect(tendency(null, 20, 1)).toBeNull();
	expect(tendency(20, null, 1)).toBeNull();
});
