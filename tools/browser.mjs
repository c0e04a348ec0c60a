/**
 * The browser of the tests: one found on the machine, else Playwright's own, else Debian's
 * `chromium` package where it may be installed. `CHROMIUM` names one by hand.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

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
	if (process.env.CHROMIUM) return process.env.CHROMIUM;
	for (const folder of (process.env.PATH ?? '').split(delimiter)) {
		for (const name of NAMES) {
			const file = join(folder, name);
			if (isExecutable(file)) return file;
		}
	}
	return undefined;
}

/** Makes sure that there is a browser. Returns a sentence when none can be had, else undefined. */
export async function ensureBrowser() {
	if (findChromium() !== undefined || (await playwrightHasOne())) return undefined;
	console.log('No Chromium found: trying Playwright’s own …');
	const playwright = ['node_modules/playwright/cli.js', 'install', 'chromium'];
	spawnSync(process.execPath, playwright, { stdio: 'inherit', timeout: 300_000 });
	if (await playwrightHasOne()) return undefined;
	if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
		console.log('Trying Debian’s chromium package …');
		const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
		spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env });
		spawnSync('apt-get', ['install', '-y', '-qq', 'chromium'], { stdio: 'inherit', env });
		if (findChromium() !== undefined) return undefined;
	}
	return (
		'The tests need a Chromium and none could be installed: install the package "chromium" ' +
		'(or run "npx playwright install chromium"), or set CHROMIUM to the path of one.'
	);
}

async function playwrightHasOne() {
	const { chromium } = await import('playwright');
	return existsSync(chromium.executablePath());
}

function isExecutable(file) {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
