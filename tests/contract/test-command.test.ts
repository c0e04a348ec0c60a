/** `npm test` when it cannot begin, and the browser that it takes. */
import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';

const ROOT = new URL('../..', import.meta.url);

function run(args: string[], env: Record<string, string>) {
	const options = { cwd: ROOT, encoding: 'utf8', env: { PATH: process.env.PATH, ...env } } as const;
	const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
	return { status, stdout, stderr };
}

describe('npm test', () => {
	it.each([
		['e2e', '/nowhere/chromium', /^CHROMIUM is "\/nowhere\/chromium", but must be .+\.\n$/],
		['unit', process.execPath + '-not', /^CHROMIUM is ".+-not", but must be .+\.\n$/],
		['nonsense', '', /^There is no step "nonsense", only format, .+\.\n$/]
	])('of %s that cannot begin says why, and counts as a failure', (step, browser, sentence) => {
		const { status, stdout, stderr } = run(['tools/test.mjs', step], { CHROMIUM: browser });
		expect(stderr).toMatch(sentence);
		expect(stdout).toBe('\n0 passed, 1 failed, 0 skipped\n');
		expect(status).toBe(1);
	});
});

describe('the browser of the tests', () => {
	it('is the first on the machine that starts: a stub or a broken one is passed over', () => {
		const folder = temporaryFolder();
		const program = (name: string, exit: number) => {
			const file = join(folder, name);
			writeFileSync(file, `#!/bin/sh\nexit ${exit}\n`);
			chmodSync(file, 0o755);
			return file;
		};
		program('chromium', 1);
		program('chromium-browser', 127);
		const chrome = program('google-chrome', 0);
		const script =
			"const { ensureBrowser, findChromium } = await import('./tools/browser.mjs');" +
			'console.log(await ensureBrowser(), findChromium());';
		const { stdout } = run(['--input-type=module', '-e', script], { PATH: folder });
		expect(stdout).toBe(`undefined ${chrome}\n`);
	});
});
