import { describe, expect, it } from 'vitest';
import { readName } from './person-name.ts';

describe('a name', () => {
	it.each([
		['  Ann  ', 'Ann'],
		['Ann\n\tBee', 'Ann Bee'],
		['Ann\u0000\u001b[31m', 'Ann[31m'],
		['e\u0301', 'é'],
		['\u202eevil\u202c', 'evil'],
		['\u2066Ann\u2069\u200f', 'Ann'],
		['A\u200bnn\ufeff', 'Ann'],
		['عائشة', 'عائشة'],
		['👩\u200d🔬', '👩\u200d🔬'],
		['Ann\ud800', 'Ann\ufffd'],
		['\u3164Ann\u115f\uffa0\u2800\u{e0041}', 'Ann'],
		[`A${'\u0335'.repeat(50)}nn`, `A${'\u0335'.repeat(6)}nn`],
		['မြှို့', 'မြှို့'],
		['葛\u{e0100}城', '葛\u{e0100}城'],
		['❤\ufe0f', '❤\ufe0f'],
		['x'.repeat(60), 'x'.repeat(60)],
		['😀'.repeat(60), '😀'.repeat(60)]
	])('is kept of %j as %j', (typed, kept) => {
		expect(readName(typed)).toBe(kept);
	});

	it.each([undefined, '', '   ', '\n\t', '\u200b\u202e', '\u200d', '\u0301', '\u3164', '\u2800'])(
		'that is %j is missing',
		(typed) => {
			expect(() => readName(typed)).toThrow('name-missing');
		}
	);

	it('has at most 60 characters', () => {
		expect(() => readName('x'.repeat(61))).toThrow('name-too-long');
		expect(() => readName('😀'.repeat(61))).toThrow('name-too-long');
	});
});
