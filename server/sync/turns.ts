/**
 * The common turns in which rooms take up what has come in. A turn comes at once when the last is
 * long enough ago, else when it is: under load many edits then share one commit and one frame to
 * each who hears them, and a quiet room waits for nothing.
 *
 * How far apart they are follows from how long an edit may take to arrive: it waits half of that on
 * average, and then as long as storing and sending takes.
 */
import { setImmediate as afterReading, setTimeout as pause } from 'node:timers/promises';

export interface TurnLimits {
	/** How long an edit may take under load, on average, in milliseconds. */
	turnDelayMs: number;
	/** The least and the most time from one turn to the next, in milliseconds. */
	minTurnMs: number;
	maxTurnMs: number;
}

/** How much of what is known of earlier turns one more outweighs. */
const WEIGHT = 0.2;

export class Turns {
	readonly #limits: TurnLimits;
	#last = Number.NEGATIVE_INFINITY;
	#next: Promise<void> | undefined;
	/** How long storing and sending takes after a turn has begun, in milliseconds. */
	#workMs = 0;

	constructor(limits: TurnLimits) {
		this.#limits = limits;
	}

	/** Time from one turn to the next, in milliseconds. */
	get apartMs(): number {
		const { turnDelayMs, minTurnMs, maxTurnMs } = this.#limits;
		return Math.min(maxTurnMs, Math.max(minTurnMs, 2 * (turnDelayMs - this.#workMs)));
	}

	/** The next turn; the same for all who ask before it. Whatever is readable now is read first. */
	next(): Promise<void> {
		return (this.#next ??= this.#wait());
	}

	/** What the last turn brought has been stored and sent. */
	finished(): void {
		this.#workMs += WEIGHT * (performance.now() - this.#last - this.#workMs);
	}

	async #wait(): Promise<void> {
		const left = this.#last + this.apartMs - performance.now();
		await (left > 0 ? pause(left) : afterReading());
		this.#last = performance.now();
		this.#next = undefined;
	}
}
