/** For tests: a tool as people run it, a process of its own over a data folder. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

export interface Ended {
	code: number;
	out: string;
	err: string;
}

/** Resolves whatever the exit code. */
export function runTool(file: string, dataDir: string, ...args: string[]): Promise<Ended> {
	return new Promise((resolve) => {
		execFile(
			process.execPath,
			[join('tools', file), ...args],
			{ cwd: ROOT, env: { PATH: process.env.PATH, DATA_DIR: dataDir } },
			(error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err })
		);
	});
}
