import { expect, test } from 'vitest';
import { ageInDays, momentOf } from './age.ts';
import { AT, daysBefore } from './board.fixture.ts';

const MOMENT = Date.parse(AT);

test('an age is counted in days of 24 hours', () => {
	expect(ageInDays(daysBefore(1.5), MOMENT)).toBe(1.5);
	expect(ageInDays(AT, MOMENT)).toBe(0);
	expect(ageInDays('0001-01-01T00:00:00Z', MOMENT)).toBeGreaterThan(700_000);
});

test('a time that lies ahead is of no age, and never of a negative one', () => {
	expect(ageInDays(daysBefore(-400), MOMENT)).toBe(0);
	expect(ageInDays('9999-12-31T23:59:59Z', MOMENT)).toBe(0);
});

test('a time that is missing or cannot be read has an unknown age', () => {
	expect(ageInDays(undefined, MOMENT)).toBeNull();
	expect(ageInDays('', MOMENT)).toBeNull();
	expect(ageInDays('2022-13-45T00:00:00Z', MOMENT)).toBeNull();
});

test('a moment is a date, or a bug', () => {
	expect(momentOf(AT)).toBe(MOMENT);
	expect(momentOf(new Date(MOMENT))).toBe(MOMENT);
	for (const no of ['', 'soon', NaN, Infinity, new Date(NaN)]) {
		expect(() => momentOf(no)).toThrow(RangeError);
	}
});
