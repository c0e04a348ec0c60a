/** Installs the dependencies when they are missing or not those of package-lock.json. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outsideEnvironment, ROOT, run } from './run.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }} Package
 * @typedef {Record<string, Package>} Packages
 */

/** Runs `npm ci` if needed. Throws when that fails. */
export async function ensureInstalled() {
	if (await isInstalled()) return;
	console.log('Installing dependencies…');
	const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
	const code = await run('npm', args, outsideEnvironment());
	if (code !== 0) throw new Error(`\`npm ci\` failed with exit code ${code}.`);
}

/** npm writes what it installed as node_modules/.package-lock.json, last of all. */
async function isInstalled() {
	const wanted = await readPackages('package-lock.json');
	const installed = await readPackages(join('node_modules', '.package-lock.json'));
	if (wanted === undefined) throw new Error('package-lock.json cannot be read.');
	return installed !== undefined && matches(wanted, installed);
}

/**
 * Whether `installed` is what the lockfile asks for. Optional packages may be missing: most are
 * for other machines.
 *
 * @param {Packages} wanted
 * @param {Packages} installed
 */
export function matches(wanted, installed) {
	const paths = Object.keys(wanted).filter((path) => path.startsWith('node_modules/'));
	const isRight = (/** @type {string} */ path) =>
		path in installed
			? installed[path]?.version === wanted[path]?.version
			: wanted[path]?.optional === true || wanted[path]?.devOptional === true;
	return paths.every(isRight) && Object.keys(installed).every((path) => path in wanted);
}

/**
 * @param {string} file
 * @returns {Promise<Packages | undefined>} undefined for a file that is not there or broken
 */
async function readPackages(file) {
	try {
		return JSON.parse(await readFile(join(ROOT, file), 'utf8')).packages;
	} catch {
		return undefined;
	}
}
