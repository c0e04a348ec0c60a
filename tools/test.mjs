/**
 * `npm test`: sets up what is missing, runs every check, and ends with one line of totals. Plain
 * JavaScript, since it starts before anything is installed.
 *
 * `npm test -- unit` (or format, lint, types, build, e2e) runs only the steps named.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { ensureBrowser } from './browser.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { run } from './run.mjs';

const RESULTS = 'test-results';
const NODE = 'node_modules/.bin/node';
const tool = (path, ...args) => [NODE, path, ...args];

/** Each step: the commands it runs one after another, and a report to count tests from. */
const STEPS = [
	{ name: 'format', commands: [tool('node_modules/prettier/bin/prettier.cjs', '--check', '.')] },
	{ name: 'lint', commands: [tool('node_modules/eslint/bin/eslint.js', '.')] },
	{
		name: 'types',
		commands: [
			tool('node_modules/@sveltejs/kit/svelte-kit.js', 'sync'),
			tool('node_modules/svelte-check/bin/svelte-check', '--fail-on-warnings')
		]
	},
	{
		name: 'build',
		commands: [tool('node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn')]
	},
	{
		name: 'unit',
		commands: [
			tool(
				'node_modules/vitest/vitest.mjs',
				'run',
				'--reporter=default',
				'--reporter=json',
				`--outputFile.json=${RESULTS}/vitest.json`
			)
		],
		count: countVitest
	},
	{
		name: 'e2e',
		commands: [tool('node_modules/@playwright/test/cli.js', 'test', '-c', 'tests/e2e')],
		count: countPlaywright
	}
];

const wanted = process.argv.slice(2);
const steps = wanted.length === 0 ? STEPS : STEPS.filter(({ name }) => wanted.includes(name));

await ensureInstalled();
const noBrowser = steps.some(({ name }) => name === 'unit' || name === 'e2e')
	? await ensureBrowser()
	: undefined;
if (noBrowser !== undefined) {
	console.error(noBrowser);
	process.exit(1);
}

rmSync(RESULTS, { recursive: true, force: true });
mkdirSync(RESULTS, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
	const started = Date.now();
	console.log(`\n── ${step.name}`);
	const ok = await runAll(step.commands);
	const counted = readCount(step) ?? { passed: ok ? 1 : 0, failed: 0, skipped: 0 };
	if (!ok && counted.failed === 0) counted.failed = 1;
	for (const key of Object.keys(total)) total[key] += counted[key];
	console.log(
		`── ${step.name}: ${ok ? 'ok' : 'FAILED'}, ${((Date.now() - started) / 1000).toFixed(0)} s`
	);
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

async function runAll(commands) {
	for (const [command, ...args] of commands) {
		if ((await run(command, args)) !== 0) return false;
	}
	return true;
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
