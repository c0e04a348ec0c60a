/**
 * Child processes that always end: by `stop`, with their deadline, or with this process. Each is
 * ended by its own handle, never by name.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { connectRpc, type Ask } from './rpc.ts';

const running = new Set<ChildProcess>();

export interface Child {
	pid: number;
	ask: Ask;
	/** Rejects when the process ends before it was stopped. */
	ended: Promise<never>;
	stop(): Promise<void>;
}

interface ChildOptions {
	args?: string[];
	execArgv?: string[];
	handlers?: Parameters<typeof connectRpc>[1];
}

export function startChild(
	file: string,
	{ args = [], execArgv = [], handlers }: ChildOptions = {}
): Child {
	const child = fork(file, args, {
		execArgv: ['--disable-warning=ExperimentalWarning', ...execArgv]
	});
	running.add(child);
	const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const ended = new Promise<never>((_, reject) => {
		child.once('exit', (code, signal) => {
			running.delete(child);
			reject(new Error(`${file} ended with ${signal ?? code}`));
		});
		child.once('error', reject);
	});
	// Whoever waits for it hears of it; an end that was asked for is no failure.
	ended.catch(() => undefined);
	// An answer to a child that has just ended goes nowhere.
	child.on('error', () => undefined);
	return {
		pid: child.pid ?? 0,
		ask: connectRpc(child, handlers),
		ended,
		async stop() {
			child.kill('SIGKILL');
			await exited;
		}
	};
}

/** Ends them all at once. */
export function killChildren(): void {
	for (const child of running) child.kill('SIGKILL');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => {
		killChildren();
		process.exit(130);
	});
}
process.once('exit', killChildren);
