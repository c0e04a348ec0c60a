/**
 * How long a page waits before it connects again: a random while below a bound that doubles with
 * each try. A page whose server, or whose room, is back is connected within `LONGEST_WAIT_MS`.
 */

/** The first wait is below this, in ms. */
export const FIRST_WAIT_MS = 1_000;
/** No wait is longer than this, in ms. */
export const LONGEST_WAIT_MS = 20_000;

/** Full jitter: the wait after `attempts` tries in vain, in ms. */
export function drawWait(attempts: number): number {
	return Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempts);
}
