import { expect, it } from 'vitest';
import { randomId } from '../random-id.ts';
import { hueOf } from './colour.ts';

it('a hue is the same for the same id', () => {
	expect(hueOf('abc')).toBe(hueOf('abc'));
});

it('hues of 12,000 ids fill every twelfth of the circle about evenly', () => {
	const twelfths = new Array<number>(12).fill(0);
	for (let n = 0; n < 12_000; n++) {
		const hue = hueOf(randomId());
		expect(hue).toBeGreaterThanOrEqual(0);
		expect(hue).toBeLessThan(360);
		twelfths[Math.floor(hue / 30)]! += 1;
	}
	// Six standard deviations of a binomial: 1000 ± 182.
	for (const count of twelfths) expect(Math.abs(count - 1000)).toBeLessThan(182);
});
