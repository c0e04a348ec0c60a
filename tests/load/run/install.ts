/** Installs what `tests/load` asks for, which is a workspace of its own: the product has no peers. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { matches } from '../../../tools/ensure-installed.mjs';
import { outsideEnvironment } from '../../../tools/run.mjs';

const FOLDER = fileURLToPath(new URL('../', import.meta.url));

/** Throws when that fails. */
export function installPeers(): void {
	const wanted = readPackages('package-lock.json');
	const installed = readPackages('node_modules/.package-lock.json');
	if (wanted !== undefined && installed !== undefined && matches(wanted, installed)) return;
	console.log('Installing the peers into tests/load…');
	const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
	const { status } = spawnSync('npm', args, {
		cwd: FOLDER,
		env: outsideEnvironment(),
		stdio: 'inherit'
	});
	if (status !== 0) throw new Error(`\`npm ci\` in tests/load failed with ${status}`);
}

function readPackages(file: string): Record<string, { version?: string }> | undefined {
	try {
		return JSON.parse(readFileSync(FOLDER + file, 'utf8')).packages;
	} catch {
		return undefined;
	}
}
