import { describe, expect, it } from 'vitest';
import { CODES, createCode, formatCode, readCode } from './room-code.ts';

describe('a room code', () => {
	it('is eight characters of Crockford’s base 32, and there are 2^40', () => {
		for (let n = 0; n < 1000; n++) expect(createCode()).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
		expect(CODES).toBe(2 ** 40);
	});

	it('uses every character about equally often', () => {
		const counts = new Map<string, number>();
		for (let n = 0; n < 4000; n++) {
			for (const letter of createCode()) counts.set(letter, (counts.get(letter) ?? 0) + 1);
		}
		expect(counts.size).toBe(32);
		// Six standard deviations of a binomial: 1000 ± 187.
		for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(187);
	});

	it('is shown in two groups of four and reads back', () => {
		expect(formatCode('0123ABCD')).toBe('0123-ABCD');
		const code = createCode();
		expect(readCode(formatCode(code))).toBe(code);
	});

	it.each([
		'7k3m-9qpx',
		'7K3M9QPX',
		' 7K3M 9QPX ',
		'7K3M–9QPX',
		'7K3M\u00a09QPX\n',
		'7-K-3-M-9-Q-P-X',
		'７Ｋ３Ｍ９ＱＰＸ'
	])('is read from %j', (typed) => {
		expect(readCode(typed)).toBe('7K3M9QPX');
	});

	it('takes O for 0, and I and L for 1', () => {
		expect(readCode('oO0i-IlL1')).toBe('00011111');
	});

	it.each(['', '7K3M-9QP', '7K3M-9QPXX', '7K3M-9QPU', '7K3M-9QP!', 'x'.repeat(65), '-'.repeat(64)])(
		'is not in %j',
		(typed) => {
			expect(readCode(typed)).toBeNull();
		}
	);
});
