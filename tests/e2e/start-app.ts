/** The built server as its own process, on a free port and in a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
/** Takes a second; a machine that is short of processors has taken more than twenty. */
const START_TIMEOUT_MS = 40_000;

export interface App {
	url: string;
	dataDir: string;
	/** Ends the process with `signal` and waits until it is gone. */
	stop(signal?: NodeJS.Signals): Promise<void>;
}

/** Starts the server; on the port of `restart` and over its data when that is given. */
export async function startApp(restart?: App): Promise<App> {
	const dataDir = restart?.dataDir ?? mkdtempSync(join(tmpdir(), 'detente-e2e-'));
	const port = restart ? new URL(restart.url).port : '0';
	const child = spawn(join(PROJECT, 'node_modules/.bin/node'), ['server/main.ts'], {
		cwd: PROJECT,
		env: {
			...process.env,
			HOST: '127.0.0.1',
			PORT: port,
			DATA_DIR: dataDir,
			LOG_LEVEL: 'warn',
			// The people of all tests come from one address.
			SIGN_UPS_PER_HOUR: '1000'
		},
		stdio: ['ignore', 'pipe', 'inherit']
	});
	return { url: await address(child), dataDir, stop: (signal = 'SIGTERM') => stop(child, signal) };
}

function address(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			reject(new Error('The server did not start'));
		}, START_TIMEOUT_MS);
		child.on('exit', (code) => reject(new Error(`The server ended with ${code}`)));
		let output = '';
		child.stdout?.on('data', (chunk: Buffer) => {
			output += chunk.toString();
			const found = /https?:\/\/127\.0\.0\.1:\d+/.exec(output);
			if (found === null) return;
			clearTimeout(timer);
			resolve(found[0]);
		});
	});
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill(signal);
	await gone;
}
