import { isHttpError } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import { Refusal, type RefusalCode } from '../../server/refusal.ts';
import { asHttpError, REFUSALS, refusalOf } from './refusals.ts';

const codes = Object.keys(REFUSALS) as RefusalCode[];

describe('a refusal in words', () => {
	it.each(codes)('has for %s an error status and a human sentence', (code) => {
		const { status, message } = REFUSALS[code];
		expect(status).toBeGreaterThanOrEqual(400);
		expect(message).toMatch(/^[A-Z].+\.$/);
		expect(message).not.toContain(code);
	});

	it('is told by its shape', () => {
		expect(refusalOf(new Refusal('too-many-attempts', 7))).toEqual({
			code: 'too-many-attempts',
			status: 429,
			message: REFUSALS['too-many-attempts'].message,
			retryAfter: 7
		});
	});

	it.each([
		new Error('x'),
		Object.assign(new Error('x'), { name: 'Refusal' }),
		Object.assign(new Error('x'), { name: 'Refusal', code: 'toString' }),
		{ name: 'Refusal', code: 'wrong-code' },
		'wrong-code',
		undefined
	])('is not seen in anything else: %s', (thrown) => {
		expect(refusalOf(thrown)).toBeUndefined();
	});

	it('becomes a page’s error; other errors stay what they are', () => {
		const thrown = thrownBy(() => asHttpError(new Refusal('no-such-room')));
		expect(isHttpError(thrown, 404)).toBe(true);
		expect(thrown).toMatchObject({ body: { code: 'no-such-room' } });
		const bug = new TypeError('bug');
		expect(thrownBy(() => asHttpError(bug))).toBe(bug);
	});
});

function thrownBy(work: () => void): unknown {
	try {
		work();
	} catch (thrown) {
		return thrown;
	}
}
