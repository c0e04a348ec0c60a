/** The server's time, second by second, for what counts down. */
import { createSubscriber } from 'svelte/reactivity';
import type { Clock } from './clock.svelte.ts';

const SECOND_MS = 1_000;
/** Often enough that no second is left out. */
const TICK_MS = SECOND_MS / 4;

export class Seconds {
	readonly #clock: Clock;
	readonly #subscribe: () => void;

	constructor(clock: Clock) {
		this.#clock = clock;
		this.#subscribe = createSubscriber((update) => {
			const timer = setInterval(update, TICK_MS);
			return () => clearInterval(timer);
		});
	}

	/** In milliseconds since 1970. */
	get now(): number {
		this.#subscribe();
		return Date.parse(this.#clock.stamp());
	}
}
