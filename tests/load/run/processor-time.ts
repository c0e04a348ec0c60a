/**
 * How much processor time another process has used, and how long it had to wait for it, in seconds:
 * the scheduler's own account of its threads, in nanoseconds. It needs no answer from that process,
 * which may be too busy to give one. Threads that have ended are not in it; Node keeps its own.
 */
import { readdirSync, readFileSync } from 'node:fs';

export function processorTime(pid: number): number {
	let nanoseconds = 0;
	for (const thread of readdirSync(`/proc/${pid}/task`)) {
		const [ran = '0'] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
		nanoseconds += Number(ran);
	}
	return nanoseconds / 1e9;
}

/** How long the main thread had work and no processor: where it is much, so are all latencies. */
export function waitingTime(pid: number): number {
	const [, waited = '0'] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
	return Number(waited) / 1e9;
}
