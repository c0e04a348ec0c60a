/** The server's time, so that a wrong clock on a device does not age or rejuvenate a board. */
import { createSubscriber } from 'svelte/reactivity';

/** How often readings that depend on the time are renewed, in milliseconds. */
const TICK_MS = 60_000;

export class Clock {
	readonly #offset: number;
	readonly #subscribe: () => void;
	#now: number;

	/** `serverTime`: ISO time at which the server made the page. */
	constructor(serverTime: string) {
		this.#now = Date.parse(serverTime);
		this.#offset = this.#now - Date.now();
		this.#subscribe = createSubscriber((update) => {
			const timer = setInterval(() => {
				this.#now = Date.now() + this.#offset;
				update();
			}, TICK_MS);
			return () => clearInterval(timer);
		});
	}

	/** For readings: moves on once a minute, and starts at the server's time (no hydration jump). */
	get minute(): number {
		this.#subscribe();
		return this.#now;
	}

	/** For what is written down: the time of this very moment, ISO. */
	stamp(): string {
		return new Date(Date.now() + this.#offset).toISOString();
	}
}
