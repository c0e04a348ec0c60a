/** What is left of the stage's timer, and how a clock shows it. */
import type { StageTimer } from './stage-state.ts';

/** Milliseconds, 0 once it is over. `nowMs`: the server's time, in milliseconds since 1970. */
export function leftOf({ endsAt, leftMs }: StageTimer, nowMs: number): number {
	const left = endsAt === null ? (leftMs ?? 0) : Date.parse(endsAt) - nowMs;
	// A time that is none is over.
	return left > 0 ? left : 0;
}

/**
 * `03:42`; `75:00` above an hour. A second that has begun counts whole, so that `00:00` is shown
 * when it is over and not before.
 */
export function clockFace(ms: number): string {
	const seconds = Math.max(0, Math.ceil(ms / 1000));
	return [Math.floor(seconds / 60), seconds % 60]
		.map((part) => String(part).padStart(2, '0'))
		.join(':');
}
