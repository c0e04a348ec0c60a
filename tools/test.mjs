/**
 * `npm test`: sets up what is missing, runs every check, and ends with one line of totals. Plain
 * JavaScript, since it starts before anything is installed.
 *
 * `npm test -- unit` (or format, lint, types, build, e2e) runs only the steps named.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { ROOT, run, serverNode } from './run.mjs';

const RESULTS = 'test-results';

/** Each step: what it runs, and a report to count tests from. */
const STEPS = [
	{ name: 'format', run: commands(['prettier/bin/prettier.cjs', '--check', '.']) },
	{
		name: 'types',
		run: commands(
			['@sveltejs/kit/svelte-kit.js', 'sync'],
			['svelte-check/bin/svelte-check', '--fail-on-warnings']
		)
	},
	// After `types`, which makes the tsconfig that the lint's resolver reads.
	{ name: 'lint', run: commands(['eslint/bin/eslint.js', '.']) },
	{ name: 'build', run: build },
	{
		name: 'unit',
		run: commands([
			'vitest/vitest.mjs',
			'run',
			'--project=unit',
			'--project=components',
			'--reporter=default',
			'--reporter=json',
			`--outputFile.json=${RESULTS}/vitest.json`
		]),
		count: countVitest
	},
	{
		name: 'e2e',
		run: commands(['@playwright/test/cli.js', 'test', '-c', 'tests/e2e']),
		count: countPlaywright
	}
];

const wanted = process.argv.slice(2);
const steps = wanted.length === 0 ? STEPS : STEPS.filter(({ name }) => wanted.includes(name));

const obstacle = await prepare();
if (obstacle !== undefined) {
	console.error(obstacle);
	console.log('\n0 passed, 1 failed, 0 skipped');
	process.exit(1);
}

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
	const started = Date.now();
	console.log(`\n── ${step.name}`);
	const ok = await step.run();
	const counted = readCount(step) ?? { passed: ok ? 1 : 0, failed: 0, skipped: 0 };
	if (!ok && counted.failed === 0) counted.failed = 1;
	for (const key of Object.keys(total)) total[key] += counted[key];
	console.log(
		`── ${step.name}: ${ok ? 'ok' : 'FAILED'}, ${((Date.now() - started) / 1000).toFixed(0)} s`
	);
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

/** What every step needs. Returns a sentence when something cannot be had, else undefined. */
async function prepare() {
	const names = STEPS.map(({ name }) => name);
	const unknown = wanted.find((name) => !names.includes(name));
	if (unknown !== undefined) return `There is no step "${unknown}", only ${names.join(', ')}.`;
	try {
		await ensureInstalled();
		const needsBrowser = steps.some(({ name }) => name === 'unit' || name === 'e2e');
		return needsBrowser ? await ensureBrowser() : undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

/** A step of programs under node_modules, one after another, that stops at the first failure. */
function commands(...list) {
	return async () => {
		for (const [program, ...args] of list) {
			const path = join(ROOT, 'node_modules', program);
			if ((await run(serverNode(), [path, ...args])) !== 0) return false;
		}
		return true;
	};
}

async function build() {
	try {
		await ensureBuilt();
		return true;
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		return false;
	}
}

function readCount(step) {
	try {
		return step.count?.();
	} catch {
		// The step ended before it wrote a report; its exit code says the rest.
		return undefined;
	}
}

function countVitest() {
	const report = JSON.parse(readFileSync(`${RESULTS}/vitest.json`, 'utf8'));
	return {
		passed: report.numPassedTests,
		failed: report.numFailedTests,
		skipped: report.numPendingTests + report.numTodoTests
	};
}

function countPlaywright() {
	const { stats } = JSON.parse(readFileSync(`${RESULTS}/playwright.json`, 'utf8'));
	return {
		passed: stats.expected + stats.flaky,
		failed: stats.unexpected,
		skipped: stats.skipped
	};
}
