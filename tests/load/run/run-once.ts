/** One server, one run of one scenario against it, and the end of both processes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { SERVER_FLAGS } from '../../../tools/run.mjs';
import type { ServerName } from '../client/wire.ts';
import type { Job } from '../drive.ts';
import type { Figures, Scenario, Variant } from '../scenarios/scenario.ts';
import { startChild, type Child } from './child.ts';

/** The longest that one run may take, in milliseconds. */
const LONGEST_MS = 120_000;

const FILES: Record<ServerName, string> = {
	relay: 'relay.mjs',
	ours: 'ours.ts',
	'y-websocket': 'y-websocket.mjs',
	hocuspocus: 'hocuspocus.mjs'
};
const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** `profile` is where the server's profile of the measured time goes. */
export async function runOnce(
	scenario: Scenario,
	variant: Variant,
	server: ServerName,
	profile: string | undefined
): Promise<Figures> {
	const folder = mkdtempSync(join(tmpdir(), 'detente-load-'));
	const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	process.once('exit', removeFolder);
	const children: Child[] = [];
	const deadline = new AbortController();
	try {
		const host = startChild(pathOf(`servers/${FILES[server]}`), {
			args: [folder, String(variant.rooms)],
			execArgv: ['--expose-gc', ...(server === 'ours' ? SERVER_FLAGS : [])]
		});
		children.push(host);
		const driver = startChild(pathOf('drive.ts'), {
			handlers: {
				memory: () => host.ask('memory'),
				startProfile: () => profile && host.ask('startProfile'),
				writeProfile: () => profile && host.ask('writeProfile', profile)
			}
		});
		children.push(driver);
		const job = async (): Promise<Figures> => {
			const port = await host.ask<number>('port');
			const what: Job = { scenario: scenario.name, variant, server, port, pid: host.pid };
			return driver.ask<Figures>('run', what);
		};
		const late = pause(LONGEST_MS, undefined, { signal: deadline.signal }).then(() => {
			throw new Error(`no end within ${LONGEST_MS / 1_000} s`);
		});
		late.catch(() => undefined);
		return await Promise.race([job(), host.ended, driver.ended, late]);
	} finally {
		deadline.abort();
		await Promise.all(children.map((child) => child.stop()));
		process.off('exit', removeFolder);
		removeFolder();
	}
}
