import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { URL_LENGTH } from './limits.ts';
import { readDate, readNumber, readText, readTime, readUrl } from './values.ts';

const NO_VALUES = [undefined, null, true, [], {}, Symbol('x'), 1n, new Y.Map(), new Uint8Array(2)];

test('what is of another type is no value', () => {
	for (const value of NO_VALUES) {
		expect(readText(value, 9)).toBe('');
		expect(readNumber(value, 0, 1)).toBeUndefined();
		expect(readDate(value)).toBeUndefined();
		expect(readTime(value)).toBeUndefined();
		expect(readUrl(value)).toBeUndefined();
	}
});

describe('a text', () => {
	test('is cut at the limit, but never within a character', () => {
		expect(readText('abc', 3)).toBe('abc');
		expect(readText('abcd', 3)).toBe('abc');
		expect(readText('ab😀', 3)).toBe('ab');
		expect(readText('ab😀', 4)).toBe('ab😀');
	});

	test('is well-formed and within the limit, whatever it is cut from', () => {
		const units = fc.array(fc.constantFrom('a', '\ud83d', '\ude00')).map((list) => list.join(''));
		fc.assert(
			fc.property(units, fc.nat(6), (text, limit) => {
				const read = readText(text, limit);
				expect(read.isWellFormed()).toBe(true);
				expect(read.length).toBeLessThanOrEqual(limit);
			})
		);
	});
});

test('a number is moved into its bounds, and zero has no sign', () => {
	expect(readNumber(-3, 0, 5)).toBe(0);
	expect(readNumber(7, 0, 5)).toBe(5);
	expect(readNumber(-0, -5, 5)).toBe(0);
	expect(readNumber(NaN, 0, 5)).toBeUndefined();
	expect(readNumber(-Infinity, 0, 5)).toBeUndefined();
});

test('a date is a day that exists', () => {
	expect(readDate('2024-02-29')).toBe('2024-02-29');
	for (const date of ['2023-02-29', '2023-04-31', '2023-13-01', '2023-1-1', '+002023-01-01']) {
		expect(readDate(date), date).toBeUndefined();
	}
});

describe('a time', () => {
	test('names its zone and is read as UTC', () => {
		expect(readTime('2021-06-16T20:00:00+02:00')).toBe('2021-06-16T18:00:00.000Z');
		expect(readTime('2021-06-16T20:00Z')).toBe('2021-06-16T20:00:00.000Z');
	});

	test.each([
		// Read in the zone of whoever reads it, it would be another moment on each machine.
		'2021-06-16T20:00:00',
		'2021-06-16',
		'16 June 2021 20:00 UTC',
		'2021-02-30T20:00:00Z',
		'2021-06-16T25:00:00Z',
		'2021-06-16T20:00:00.000Z '
	])('is not %j', (text) => {
		expect(readTime(text)).toBeUndefined();
	});
});

describe('an address', () => {
	const ofLength = (length: number) => 'https://x.org/'.padEnd(length, 'a');

	test('is of bounded length, as it is written and as it is normalised', () => {
		expect(readUrl(ofLength(URL_LENGTH))).toBe(ofLength(URL_LENGTH));
		expect(readUrl(ofLength(URL_LENGTH + 1))).toBeUndefined();
		// A space at the end falls away, and "ä" becomes six characters.
		expect(readUrl(ofLength(URL_LENGTH) + ' ')).toBeUndefined();
		expect(readUrl(ofLength(URL_LENGTH - 1) + 'ä')).toBeUndefined();
	});

	test('is http or https and carries no credentials', () => {
		expect(readUrl('http://x.org')).toBe('http://x.org/');
		for (const url of ['javascript:alert(1)', 'data:text/html,x', 'ftp://x.org', '/a', 'x.org']) {
			expect(readUrl(url), url).toBeUndefined();
		}
		expect(readUrl('https://u:p@x.org')).toBeUndefined();
	});
});
