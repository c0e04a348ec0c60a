/** Time for those who drive the load. */
import { setTimeout as pause } from 'node:timers/promises';

/** Calls `act` with 0, 1, 2, … evenly, `perSecond` times a second; what is late is made up for. */
export async function pace(
	perSecond: number,
	count: number,
	act: (number: number) => void
): Promise<void> {
	const start = performance.now();
	for (let number = 0; number < count;) {
		const due = ((performance.now() - start) / 1_000) * perSecond;
		while (number < count && number <= due) act(number++);
		await pause(1);
	}
}

/** Waits until `condition` is true, and says whether it became so in time. */
export async function within(seconds: number, condition: () => boolean): Promise<boolean> {
	const end = performance.now() + 1_000 * seconds;
	while (!condition()) {
		if (performance.now() > end) return false;
		await pause(5);
	}
	return true;
}
