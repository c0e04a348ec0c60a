/**
 * How long the event loop stood still. On a busy machine a process stands still because others run;
 * the time that this thread computed meanwhile tells the two apart.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION_MS = 10;

export class Stalls {
	readonly #delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	readonly #timer: NodeJS.Timeout;
	#cpu = threadCpuMs();
	#maxCpuMs = 0;

	constructor() {
		this.#delay.enable();
		this.#timer = setInterval(() => this.#look(), RESOLUTION_MS);
	}

	/** The longest stall, whatever its cause, in milliseconds. */
	get maxMs(): number {
		return this.#delay.max / 1e6;
	}

	/** The most that this thread computed without coming back to the event loop, in milliseconds. */
	get maxCpuMs(): number {
		return this.#maxCpuMs;
	}

	end(): void {
		clearInterval(this.#timer);
		this.#delay.disable();
	}

	#look(): void {
		const cpu = threadCpuMs();
		this.#maxCpuMs = Math.max(this.#maxCpuMs, cpu - this.#cpu);
		this.#cpu = cpu;
	}
}

function threadCpuMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1_000;
}
