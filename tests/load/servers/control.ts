/** What every server does for the runner: says its port, its memory, and where its time goes. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { connectRpc } from '../run/rpc.ts';

export interface Memory {
	/** Resident set, in bytes. */
	rss: number;
	/** What JavaScript holds, buffers included, in bytes. */
	held: number;
}

/** Call it once the server listens. */
export function serveRunner(port: number): void {
	let session: Session;
	connectRpc(process, {
		port: () => port,
		memory: memoryAfterCollection,
		async startProfile() {
			session = new Session();
			session.connect();
			await session.post('Profiler.enable');
			await session.post('Profiler.start');
		},
		async writeProfile(file: string) {
			const { profile } = await session.post('Profiler.stop');
			writeFileSync(file, JSON.stringify(profile));
		}
	});
	process.on('disconnect', () => process.exit());
}

async function memoryAfterCollection(): Promise<Memory> {
	for (let round = 0; round < 3; round++) {
		globalThis.gc?.();
		await pause(100);
	}
	const { rss, heapUsed, external } = process.memoryUsage();
	return { rss, held: heapUsed + external };
}
