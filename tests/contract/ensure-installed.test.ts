import { describe, expect, it } from 'vitest';
import { matches } from '../../tools/ensure-installed.mjs';

const wanted = {
	'': { version: '0.1.0' },
	'node_modules/a': { version: '1.0.0' },
	'node_modules/a-darwin': { version: '1.0.0', optional: true }
};

describe('an installation', () => {
	it('is right when it has every package of the lockfile, optional ones aside', () => {
		expect(matches(wanted, { 'node_modules/a': { version: '1.0.0' } })).toBe(true);
	});

	it.each([
		['lacks a package', {}],
		['has another version', { 'node_modules/a': { version: '1.0.1' } }],
		['has a package too many', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': {} }]
	])('is made anew when it %s', (_, installed) => {
		expect(matches(wanted, installed)).toBe(false);
	});
});
