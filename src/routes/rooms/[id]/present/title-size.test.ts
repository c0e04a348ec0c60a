import { expect, it } from 'vitest';
import { titleSize } from './title-size.ts';

it('sets a short title as large as can be', () => {
	expect(titleSize('')).toBe(1);
	expect(titleSize('Extradition of hackers')).toBe(1);
});

it('sets a longer title smaller, and none too small to be read', () => {
	const sizes = [60, 120, 240, 500].map((length) => titleSize('four '.repeat(length / 5)));
	expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
	expect(sizes.at(-1)).toBe(0.42);
});

it('keeps a long word within its line', () => {
	expect(titleSize('Donaudampfschifffahrtsgesellschaft')).toBe(0.5);
});
