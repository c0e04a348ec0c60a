/** Runs through frames once, calmly, and then stands at the last; at once for who prefers less motion. */
import { prefersReducedMotion } from 'svelte/motion';
import type { Frame } from '#history/replay.ts';

/** All of it takes at most so long, in milliseconds. */
const LENGTH_MS = 14_000;
/** A frame stands no longer than this, in milliseconds. */
const FRAME_MS = 1_600;

export class Replay {
	#frames = $state.raw<Frame[]>([]);
	#at = $state(0);

	/** Null when it is over: then it is as it is now. */
	get frame(): Frame | null {
		return this.#frames[this.#at] ?? null;
	}

	/** Starts, unless there is nothing to see. For an effect. */
	play(frames: Frame[]): (() => void) | undefined {
		if (frames.length < 2 || prefersReducedMotion.current) return undefined;
		this.#frames = frames;
		this.#at = 0;
		const every = Math.min(FRAME_MS, LENGTH_MS / frames.length);
		const running = setInterval(() => {
			this.#at += 1;
			if (this.#at >= frames.length) clearInterval(running);
		}, every);
		return () => clearInterval(running);
	}
}
