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

/**
 * Takes one point of `key`, of at most the first `most` of them. Throws `too-many-attempts`, saying
 * when the next one is to be had.
 */
export async function take(
	limiter: RateLimiterMemory,
	key: string,
	most = limiter.points
): Promise<void> {
	try {
		const taken = await limiter.consume(key);
		if (taken.consumedPoints <= most) return;
		await giveBack(limiter, key);
		throw tooMany(taken);
	} catch (refused) {
		throw refused instanceof RateLimiterRes ? tooMany(refused) : refused;
	}
}

/** How many points of `key` are taken now. */
export async function taken(limiter: RateLimiterMemory, key: string): Promise<number> {
	return (await limiter.get(key))?.consumedPoints ?? 0;
}

function tooMany({ msBeforeNext }: RateLimiterRes): Refusal {
	return new Refusal('too-many-attempts', Math.max(1, Math.ceil(msBeforeNext / 1000)));
}

export async function giveBack(limiter: RateLimiterMemory, key: string): Promise<void> {
	await limiter.reward(key);
}
