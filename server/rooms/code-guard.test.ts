import { describe, expect, it, vi } from 'vitest';
import { CodeGuard, WRONG_CODES_OVERALL, WRONG_CODES_PER_ADDRESS } from './code-guard.ts';
import { CODES } from './room-code.ts';

const wrong = () => Promise.resolve(undefined);
const right = () => Promise.resolve('room');

/** Spends `count` wrong codes, each from an address of its own. */
async function spend(guard: CodeGuard, count: number): Promise<void> {
	for (let n = 0; n < count; n++) await guard.attempt(`10.0.${n >> 8}.${n & 255}`, wrong);
}

describe('the arithmetic of guessing', () => {
	it('gives any of 100,000 live codes more than a year, however many addresses guess', () => {
		const guessesToHit = CODES / 100_000;
		const guessesPerSecond = WRONG_CODES_OVERALL.points / WRONG_CODES_OVERALL.seconds;
		const years = guessesToHit / guessesPerSecond / (365.25 * 24 * 60 * 60);
		expect(years).toBeGreaterThan(1);
		expect(years).toBeCloseTo(1.39, 2);
	});
});

describe('the guard', () => {
	it('lets an address try 20 wrong codes, then says when to come back', async () => {
		const guard = new CodeGuard();
		for (let n = 0; n < WRONG_CODES_PER_ADDRESS.points; n++) {
			expect(await guard.attempt('192.0.2.1', wrong)).toBeUndefined();
		}
		const refusal = { code: 'too-many-attempts', retryAfter: WRONG_CODES_PER_ADDRESS.seconds };
		await expect(guard.attempt('192.0.2.1', wrong)).rejects.toMatchObject(refusal);
		expect(await guard.attempt('192.0.2.2', right)).toBe('room');
	});

	it('refuses right codes too once the limit is reached, without looking them up', async () => {
		const guard = new CodeGuard({ points: 1, seconds: 60 });
		await guard.attempt('192.0.2.1', wrong);
		const lookUp = vi.fn(right);
		await expect(guard.attempt('192.0.2.1', lookUp)).rejects.toThrow('too-many-attempts');
		expect(lookUp).not.toHaveBeenCalled();
	});

	it('does not count right codes', async () => {
		const guard = new CodeGuard({ points: 2, seconds: 60 }, { points: 2, seconds: 60 });
		for (let n = 0; n < 50; n++) expect(await guard.attempt('192.0.2.1', right)).toBe('room');
		expect(await guard.attempt('192.0.2.1', wrong)).toBeUndefined();
	});

	it('does not count a look-up that failed', async () => {
		const guard = new CodeGuard({ points: 1, seconds: 60 });
		const broken = () => Promise.reject(new Error('no database'));
		for (let n = 0; n < 5; n++) {
			await expect(guard.attempt('192.0.2.1', broken)).rejects.toThrow('no database');
		}
	});

	it('refuses everybody once the overall limit is spent, right codes included', async () => {
		const guard = new CodeGuard();
		await spend(guard, WRONG_CODES_OVERALL.points);
		const refusal = { code: 'too-many-attempts', retryAfter: WRONG_CODES_OVERALL.seconds };
		await expect(guard.attempt('203.0.113.1', right)).rejects.toMatchObject(refusal);
	});

	it('charges an address over its limit nothing of the overall one', async () => {
		const guard = new CodeGuard({ points: 1, seconds: 60 }, { points: 3, seconds: 60 });
		await guard.attempt('192.0.2.1', wrong);
		for (let n = 0; n < 10; n++) {
			await expect(guard.attempt('192.0.2.1', wrong)).rejects.toThrow('too-many-attempts');
		}
		expect(await guard.attempt('192.0.2.2', wrong)).toBeUndefined();
		expect(await guard.attempt('192.0.2.3', wrong)).toBeUndefined();
	});

	it('counts all addresses of an IPv6 /64 as one', async () => {
		const guard = new CodeGuard({ points: 2, seconds: 60 });
		await guard.attempt('2001:db8::1', wrong);
		await guard.attempt('2001:db8::2', wrong);
		await expect(guard.attempt('2001:db8::3', wrong)).rejects.toThrow('too-many-attempts');
		expect(await guard.attempt('2001:db8:0:1::1', wrong)).toBeUndefined();
	});

	it('lets many at once get no further than one after another', async () => {
		const guard = new CodeGuard();
		const lookUp = vi.fn(wrong);
		const attempts = Array.from({ length: 1000 }, () => guard.attempt('192.0.2.1', lookUp));
		const settled = await Promise.allSettled(attempts);
		expect(lookUp).toHaveBeenCalledTimes(WRONG_CODES_PER_ADDRESS.points);
		expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(980);
	});
});
