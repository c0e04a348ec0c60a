/**
 * Keeps room codes from being guessed: wrong codes are limited per network address and overall.
 *
 * The arithmetic. There are 32^8 = 2^40 = 1.0995e12 codes. With 100,000 of them live, one guess
 * hits any of them with probability 9.09e-8, so a hit takes 1.0995e7 guesses in expectation. The
 * overall limit lets through 150 wrong codes in 10 minutes, which is 7,889,400 in a year of
 * 365.25 days, however many addresses they come from: 1.39 years for a hit on *any* live code.
 * Codes that the guesser made himself don't help: they take nothing from the others' odds.
 *
 * An attempt is counted before the code is looked up and given back when it was right, so that
 * many at once get no further than one after another. A right code is refused like a wrong one
 * once a limit is reached: otherwise guessing would go on. What cannot be a code at all can hit
 * none and is not counted.
 *
 * Whoever spends the overall limit would keep everybody out who comes with a code. Two things stand
 * against that. An invitation link names the room, whose id is a secret of 128 bits: such a code is
 * compared with that room's alone, and under limits of its own (`INVITATIONS`), 1,000 wrong ones a
 * second from everybody: 34.8 years for the code of a room whose id one knows. And the more wrong
 * codes an address has sent in a day, the earlier it is refused (`SHARES`): one that has sent none
 * is kept out only by somebody who spends 38 addresses every 10 minutes that have sent none either,
 * which is 5,400 of them a day.
 *
 * Counts are in memory and start anew with the process; nothing a client sends restarts it.
 */
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { addressKey } from '../client-address.ts';
import { createLimiter, giveBack, take, taken, type Limit } from '../limits.ts';

/** How many wrong codes are answered. */
export interface GuardLimits {
	perAddress: Limit;
	overall: Limit;
}

/** For codes that may be any room's. A full workshop behind one router may mistype now and then. */
export const CODES_ALONE: GuardLimits = {
	perAddress: { points: 20, seconds: 5 * 60 },
	overall: { points: 150, seconds: 10 * 60 }
};

/** For codes that come with their room's id. */
export const INVITATIONS: GuardLimits = {
	perAddress: { points: 600, seconds: 60 },
	overall: { points: 60_000, seconds: 60 }
};

/**
 * How much of the overall limit may be spent before an address is refused, by the wrong codes that
 * it has sent within a day. IPv6 addresses count by /48 here.
 */
export const SHARES = [
	{ wrongBelow: 1, share: 1 },
	{ wrongBelow: 20, share: 0.75 },
	{ wrongBelow: Infinity, share: 0.5 }
] as const;

const DAY_S = 24 * 60 * 60;
const EVERYBODY = 'everybody';

export class CodeGuard {
	readonly #overall: RateLimiterMemory;
	readonly #perAddress: RateLimiterMemory;
	readonly #wrongInDay = createLimiter({ points: Number.MAX_SAFE_INTEGER, seconds: DAY_S });

	constructor({ perAddress, overall }: GuardLimits = CODES_ALONE) {
		this.#overall = createLimiter(overall);
		this.#perAddress = createLimiter(perAddress);
	}

	/**
	 * Looks a code up with `lookUp`, which answers undefined for a wrong one. Throws
	 * `too-many-attempts` without looking once a limit is reached.
	 */
	async attempt<T>(address: string, lookUp: () => Promise<T | undefined>): Promise<T | undefined> {
		const key = addressKey(address);
		const site = addressKey(address, 48);
		await this.#count(key, site);
		let wrong = false;
		try {
			const found = await lookUp();
			wrong = found === undefined;
			return found;
		} finally {
			if (!wrong) await this.#uncount(key, site);
		}
	}

	/** Overall first: once that is spent, no address takes up memory any more. */
	async #count(key: string, site: string): Promise<void> {
		const share = shareOf(await taken(this.#wrongInDay, site));
		await take(this.#overall, EVERYBODY, Math.ceil(this.#overall.points * share));
		try {
			await take(this.#perAddress, key);
		} catch (error) {
			await giveBack(this.#overall, EVERYBODY);
			throw error;
		}
		await take(this.#wrongInDay, site);
	}

	async #uncount(key: string, site: string): Promise<void> {
		await giveBack(this.#wrongInDay, site);
		await giveBack(this.#perAddress, key);
		await giveBack(this.#overall, EVERYBODY);
	}
}

function shareOf(wrong: number): number {
	return SHARES.find(({ wrongBelow }) => wrong < wrongBelow)?.share ?? 0;
}
