/**
 * The product as people run it: `server/main.ts` in a process of its own, on a free port of the
 * loopback, with a data folder that goes when it is stopped. Needs the built app (`npm run build`).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT, SERVER_FLAGS } from '../../../tools/run.mjs';
import { processorTime, waitingTime } from '../run/processor-time.ts';

export interface Product {
	port: number;
	pid: number;
	/** What it wrote to its log so far: warnings and worse. */
	log(): string;
	stop(): Promise<void>;
}

/** `flags` are Node's. Rejects with what it said when it does not start. */
export async function startProduct(flags: readonly string[] = []): Promise<Product> {
	if (!existsSync(join(ROOT, 'build/handler.js'))) {
		throw new Error('The built app is needed: run `npm run build` first.');
	}
	const folder = mkdtempSync(join(tmpdir(), 'detente-workshop-'));
	const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	const child = spawn(process.execPath, [...SERVER_FLAGS, ...flags, 'server/main.ts'], {
		cwd: ROOT,
		env: { PATH: process.env.PATH, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'warn' },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	const kill = () => {
		child.kill('SIGKILL');
		removeFolder();
	};
	process.once('exit', kill);
	let log = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
	const ended = once(child, 'close');
	for await (const line of createInterface(child.stdout)) {
		const port = Number(/^Détente Board is on http:\S+:(\d+)$/.exec(line)?.[1]);
		if (!Number.isInteger(port)) continue;
		return {
			port,
			pid: child.pid ?? 0,
			log: () => log,
			async stop() {
				child.kill('SIGTERM');
				await ended;
				process.off('exit', kill);
				removeFolder();
			}
		};
	}
	throw new Error(`The server did not start: ${log}`);
}

/** What the server used of the machine, and what was left of it for this bench. */
export interface Usage {
	/** Processor seconds of the server. */
	cpu: number;
	/** The same as a share of one core, and that of this process. */
	server: number;
	driver: number;
	/** The share of the time in which either had work and no core: all latencies are longer by that. */
	kept: number;
}

/** From now on; the function ends it. */
export function startClocks({ pid }: Product): () => Usage {
	const look = () => ({
		server: processorTime(pid),
		driver: processorTime(process.pid),
		waited: waitingTime(pid) + waitingTime(process.pid),
		seconds: performance.now() / 1_000
	});
	const before = look();
	return () => {
		const now = look();
		const seconds = now.seconds - before.seconds;
		const cpu = now.server - before.server;
		return {
			cpu,
			server: cpu / seconds,
			driver: (now.driver - before.driver) / seconds,
			kept: (now.waited - before.waited) / seconds
		};
	};
}

/** Resident set of a process now, in megabytes. */
export function residentMb(pid: number): number {
	const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
	return Number(kilobytes) / 1_000;
}
