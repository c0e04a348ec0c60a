/** Taking from a rate limit, and giving back what should not have counted. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from './refusal.ts';

/** `points` within `seconds`, counted from the first one. */
export interface Limit {
	points: number;
	seconds: number;
}

export function createLimiter(limit: Limit): RateLimiterMemory {
	return new RateLimiterMemory({ points: limit.points, duration: limit.seconds });
}

/** Takes one point of `key`. Throws `too-many-attempts`, saying when the next one is to be had. */
export async function take(limiter: RateLimiterMemory, key: string): Promise<void> {
	try {
		await limiter.consume(key);
	} catch (refused) {
		if (!(refused instanceof RateLimiterRes)) throw refused;
		const seconds = Math.max(1, Math.ceil(refused.msBeforeNext / 1000));
		throw new Refusal('too-many-attempts', seconds);
	}
}

export async function giveBack(limiter: RateLimiterMemory, key: string): Promise<void> {
	await limiter.reward(key);
}
