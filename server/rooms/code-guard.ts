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
 * none and is not counted. The price: whoever spends the overall limit (from four addresses, since
 * each has 20 in 5 minutes) keeps newcomers out until it renews; people who are in stay in.
 *
 * Counts are in memory and start anew with the process; nothing a client sends restarts it.
 */
import type { RateLimiterMemory } from 'rate-limiter-flexible';
import { addressKey } from '../client-address.ts';
import { createLimiter, giveBack, take, type Limit } from '../limits.ts';

/** Wrong codes from one address: a full workshop behind one router may mistype now and then. */
export const WRONG_CODES_PER_ADDRESS: Limit = { points: 20, seconds: 5 * 60 };
/** Wrong codes from everybody together. */
export const WRONG_CODES_OVERALL: Limit = { points: 150, seconds: 10 * 60 };

const EVERYBODY = 'everybody';

export class CodeGuard {
	readonly #overall: RateLimiterMemory;
	readonly #perAddress: RateLimiterMemory;

	constructor(perAddress = WRONG_CODES_PER_ADDRESS, overall = WRONG_CODES_OVERALL) {
		this.#overall = createLimiter(overall);
		this.#perAddress = createLimiter(perAddress);
	}

	/**
	 * Looks a code up with `lookUp`, which answers undefined for a wrong one. Throws
	 * `too-many-attempts` without looking once a limit is reached.
	 */
	async attempt<T>(address: string, lookUp: () => Promise<T | undefined>): Promise<T | undefined> {
		const key = addressKey(address);
		await this.#count(key);
		let wrong = false;
		try {
			const found = await lookUp();
			wrong = found === undefined;
			return found;
		} finally {
			if (!wrong) await this.#uncount(key);
		}
	}

	/** Overall first: once that is spent, no address takes up memory any more. */
	async #count(key: string): Promise<void> {
		await take(this.#overall, EVERYBODY);
		try {
			await take(this.#perAddress, key);
		} catch (error) {
			await giveBack(this.#overall, EVERYBODY);
			throw error;
		}
	}

	async #uncount(key: string): Promise<void> {
		await giveBack(this.#perAddress, key);
		await giveBack(this.#overall, EVERYBODY);
	}
}
