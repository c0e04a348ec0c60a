/**
 * The browser of the tests: one found on the machine, else Playwright's own, else Debian's
 * `chromium` package where it may be installed. `CHROMIUM` names one by hand.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** A browser that says its version in this time can be started, in milliseconds. */
const VERSION_MS = 20_000;
/** What Playwright may take to fetch its browser. */
const DOWNLOAD_MS = 300_000;

/** What a headless Chromium needs where it runs as root and without a network. */
export const CHROMIUM_FLAGS = [
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** The path of a Chromium on this machine, or undefined when Playwright's own is to be used. */
export function findChromium() {
	return process.env.CHROMIUM || chromiumsInPath()[0];
}

/**
 * Makes sure that there is a browser that starts, and sets `CHROMIUM` to it, for the programs that
 * this one runs. Returns a sentence when none can be had, else undefined.
 */
export async function ensureBrowser() {
	const named = process.env.CHROMIUM;
	if (named) {
		if (starts(named)) return undefined;
		return `CHROMIUM is ${JSON.stringify(named)}, but must be the path of a Chromium that starts.`;
	}
	process.env.CHROMIUM = (await startable()) ?? '';
	if (process.env.CHROMIUM !== '') return undefined;
	return (
		'The tests need a Chromium and none could be installed: install the package "chromium" ' +
		'(or run "npx playwright install --with-deps chromium"), or set CHROMIUM to the path of one.'
	);
}

/** The first of the three that starts; what is missing is installed on the way. */
async function startable() {
	const { chromium } = await import('playwright');
	const playwrights = chromium.executablePath();
	const found = [...chromiumsInPath(), playwrights].find(starts);
	if (found !== undefined) return found;

	console.log('No Chromium that starts was found: trying Playwright’s own …');
	const install = ['node_modules/playwright/cli.js', 'install', 'chromium'];
	spawnSync(process.execPath, install, { stdio: 'inherit', timeout: DOWNLOAD_MS });
	if (starts(playwrights)) return playwrights;

	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
	console.log('Trying Debian’s chromium package …');
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	spawnSync('/usr/bin/apt-get', ['update', '-qq'], { stdio: 'inherit', env });
	spawnSync('/usr/bin/apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'inherit', env });
	return chromiumsInPath().find(starts);
}

function chromiumsInPath() {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).filter(isExecutable);
}

/** Whether it is more than a file: a shared library may be missing, or it is a stub of a shop. */
function starts(file) {
	const args = ['--version'];
	return spawnSync(file, args, { stdio: 'ignore', timeout: VERSION_MS }).status === 0;
}

function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
