/**
 * The server's time, so that a wrong clock on a device does not age or rejuvenate a board. A page
 * that the device has kept (`src/service-worker.ts`) carries an old time: there the device's counts.
 */
import { createSubscriber } from 'svelte/reactivity';
import { fetchJson } from './fetch-json.ts';

/** How often readings that depend on the time are renewed, in milliseconds. */
const TICK_MS = 60_000;

export class Clock {
	/** The server's time less the device's, in milliseconds. */
	#offset: number;
	readonly #subscribe: () => void;
	#now: number;

	/** `serverTime`: ISO time at which the server made the page. */
	constructor(serverTime: string) {
		this.#now = Date.parse(serverTime);
		this.#offset = isKeptPage() ? 0 : this.#now - Date.now();
		this.#subscribe = createSubscriber((update) => {
			const tick = () => {
				this.#now = Date.now() + this.#offset;
				update();
			};
			const first = setTimeout(tick);
			const timer = setInterval(tick, TICK_MS);
			return () => {
				clearTimeout(first);
				clearInterval(timer);
			};
		});
	}

	/**
	 * Asks the server for the time. What the page brought is late by as long as the page took to load:
	 * too much for a countdown. Without an answer it stays.
	 */
	async adjust(): Promise<void> {
		const asked = Date.now();
		const answer = await fetchJson('/api/time');
		if (!('value' in answer)) return;
		const { now } = answer.value as { now: string };
		const heard = Date.now();
		this.#offset = Date.parse(now) - (asked + heard) / 2;
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

function isKeptPage(): boolean {
	if (typeof document === 'undefined') return false;
	return document.querySelector('meta[name="kept-page"]') !== null;
}
