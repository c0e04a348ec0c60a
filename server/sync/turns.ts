/**
 * The common turns in which rooms take up what has come in. A turn comes at once when the last is
 * long enough ago, else when it is: under load many edits then share one commit and one frame to
 * each who hears them, and a quiet room waits for nothing.
 */
import { setImmediate as afterReading, setTimeout as pause } from 'node:timers/promises';

export class Turns {
	readonly #apartMs: number;
	#last = Number.NEGATIVE_INFINITY;
	#next: Promise<void> | undefined;

	/** `apartMs` is the least time from one turn to the next, in milliseconds. */
	constructor(apartMs: number) {
		this.#apartMs = apartMs;
	}

	/** The next turn; the same for all who ask before it. Whatever is readable now is read first. */
	next(): Promise<void> {
		return (this.#next ??= this.#wait());
	}

	async #wait(): Promise<void> {
		const left = this.#last + this.#apartMs - performance.now();
		await (left > 0 ? pause(left) : afterReading());
		this.#last = performance.now();
		this.#next = undefined;
	}
}
