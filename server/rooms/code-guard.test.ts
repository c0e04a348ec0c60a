import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { CodeGuard, CODES_ALONE, INVITATIONS, SHARES, type GuardLimits } from './code-guard.ts';
import { CODES } from './room-code.ts';

const DAY_S = 24 * 60 * 60;
const YEAR_S = 365.25 * DAY_S;

const wrong = () => Promise.resolve(undefined);
const right = () => Promise.resolve('room');

/** A guard with `points` a minute for an address, and `overall` for everybody. */
function small(points: number, overall = 1000): CodeGuard {
	const limits: GuardLimits = {
		perAddress: { points, seconds: 60 },
		overall: { points: overall, seconds: 60 }
	};
	return new CodeGuard(limits);
}

/** Spends `count` wrong codes, each from an address of its own. */
async function spend(guard: CodeGuard, count: number): Promise<void> {
	for (let n = 0; n < count; n++) await guard.attempt(`10.0.${n >> 8}.${n & 255}`, wrong);
}

/** Sends wrong codes from an address until it is refused; says how many were looked up. */
async function sendUntilRefused(guard: CodeGuard, address: string): Promise<number> {
	for (let sent = 0; ; sent++) {
		try {
			await guard.attempt(address, wrong);
		} catch {
			return sent;
		}
	}
}

describe('the arithmetic of guessing', () => {
	const years = (codes: number, { points, seconds }: GuardLimits['overall']) =>
		(CODES / codes) * (seconds / points / YEAR_S);

	it('gives any of 100,000 live codes more than a year, however many addresses guess', () => {
		expect(years(100_000, CODES_ALONE.overall)).toBeCloseTo(1.39, 2);
	});

	it('gives the code of a room whose id is known decades, and both together more than a year', () => {
		const known = years(1, INVITATIONS.overall);
		expect(known).toBeCloseTo(34.8, 1);
		expect(1 / (1 / known + 1 / years(100_000, CODES_ALONE.overall))).toBeGreaterThan(1);
	});

	it('asks for thousands of addresses a day to keep out one that sent no wrong code', () => {
		const [none, few] = SHARES;
		const { points, seconds } = CODES_ALONE.overall;
		const addresses = Math.floor(points * (none.share - few.share)) + 1;
		expect((addresses * DAY_S) / seconds).toBeGreaterThan(5000);
	});
});

describe('the guard', () => {
	it('lets an address try 20 wrong codes, then says when to come back', async () => {
		const guard = new CodeGuard();
		const { points, seconds } = CODES_ALONE.perAddress;
		for (let n = 0; n < points; n++) {
			expect(await guard.attempt('192.0.2.1', wrong)).toBeUndefined();
		}
		const refusal = { code: 'too-many-attempts', retryAfter: seconds };
		await expect(guard.attempt('192.0.2.1', wrong)).rejects.toMatchObject(refusal);
		expect(await guard.attempt('192.0.2.2', right)).toBe('room');
	});

	it('refuses right codes too once the limit is reached, without looking them up', async () => {
		const guard = small(1);
		await guard.attempt('192.0.2.1', wrong);
		const lookUp = vi.fn(right);
		await expect(guard.attempt('192.0.2.1', lookUp)).rejects.toThrow('too-many-attempts');
		expect(lookUp).not.toHaveBeenCalled();
	});

	it('does not count right codes', async () => {
		const guard = small(2, 2);
		for (let n = 0; n < 50; n++) expect(await guard.attempt('192.0.2.1', right)).toBe('room');
		expect(await guard.attempt('192.0.2.1', wrong)).toBeUndefined();
	});

	it('does not count a look-up that failed', async () => {
		const guard = small(1);
		const broken = () => Promise.reject(new Error('no database'));
		for (let n = 0; n < 5; n++) {
			await expect(guard.attempt('192.0.2.1', broken)).rejects.toThrow('no database');
		}
	});

	it('refuses everybody once the overall limit is spent, right codes included', async () => {
		const guard = new CodeGuard();
		await spend(guard, CODES_ALONE.overall.points);
		const refusal = { code: 'too-many-attempts', retryAfter: CODES_ALONE.overall.seconds };
		await expect(guard.attempt('203.0.113.1', right)).rejects.toMatchObject(refusal);
	});

	it('charges an address over its limit nothing of the overall one', async () => {
		const guard = small(1, 3);
		await guard.attempt('192.0.2.1', wrong);
		for (let n = 0; n < 10; n++) {
			await expect(guard.attempt('192.0.2.1', wrong)).rejects.toThrow('too-many-attempts');
		}
		expect(await guard.attempt('192.0.2.2', wrong)).toBeUndefined();
		expect(await guard.attempt('192.0.2.3', wrong)).toBeUndefined();
	});

	it('counts all addresses of an IPv6 /64 as one', async () => {
		const guard = small(2);
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
		expect(lookUp).toHaveBeenCalledTimes(CODES_ALONE.perAddress.points);
		expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(980);
	});
});

describe('somebody who wants to keep others out', () => {
	it('cannot from some addresses: who sent no wrong code, or few, still gets in', async () => {
		const guard = new CodeGuard();
		await guard.attempt('203.0.113.5', wrong);
		for (let n = 0; n < 20; n++) await sendUntilRefused(guard, `198.51.100.${n}`);
		expect(await guard.attempt('203.0.113.9', right)).toBe('room');
		expect(await sendUntilRefused(guard, '198.51.100.0')).toBe(0);

		vi.useFakeTimers({ toFake: ['Date'] });
		onTestFinished(() => void vi.useRealTimers());
		for (let window = 1; window < 20; window++) {
			vi.setSystemTime(Date.now() + CODES_ALONE.overall.seconds * 1000 + 1);
			for (let n = 0; n < 20; n++) await sendUntilRefused(guard, `198.51.100.${n}`);
			expect(await guard.attempt('203.0.113.9', right)).toBe('room');
		}
		// By now they have all sent their 20: what they can spend leaves a quarter for who mistypes.
		expect(await guard.attempt('203.0.113.5', right)).toBe('room');
	});

	it('gains nothing from the many /64 of one IPv6 site', async () => {
		const guard = new CodeGuard();
		let looked = 0;
		for (let n = 0; n < 500; n++) {
			looked += await sendUntilRefused(guard, `2001:db8:0:${n.toString(16)}::1`);
		}
		expect(looked).toBe(CODES_ALONE.overall.points / 2);
		expect(await guard.attempt('203.0.113.9', right)).toBe('room');
	});

	it('is never let further than the overall limit by these shares', async () => {
		const guard = new CodeGuard();
		let looked = 0;
		for (let n = 0; n < 1000; n++)
			looked += await sendUntilRefused(guard, `10.1.${n >> 8}.${n & 255}`);
		expect(looked).toBe(CODES_ALONE.overall.points);
	});
});
