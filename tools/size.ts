/**
 * `npm run size`: the JavaScript that the page of a room loads before anybody touches it, as a
 * browser really fetches it, compressed with gzip at level 9. Needs a build. Fails over the budget.
 */
import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { startApp } from '../tests/e2e/start-app.ts';
import { CHROMIUM_FLAGS, findChromium } from './browser.mjs';

/** Compressed kilobytes (1,000 bytes). */
const BUDGET_KB = 130;

const app = await startApp();
const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_FLAGS });
try {
	const context = await browser.newContext({ baseURL: app.url });
	const answer = await context.request.post('/api/rooms', {
		data: { template: 'us-russia-cyber-detente', name: 'Size' }
	});
	const { id } = (await answer.json()) as { id: string };
	const page = await context.newPage();
	const scripts = new Map<string, Promise<number>>();
	page.on('response', (response) => {
		if (response.request().resourceType() !== 'script') return;
		const size = response.body().then((body) => gzipSync(body, { level: 9 }).length);
		scripts.set(new URL(response.url()).pathname, size);
	});
	await page.goto(`/rooms/${id}`);
	await page.getByTestId('save-state').getByText('Saved').waitFor();
	await page.waitForLoadState('networkidle');

	let total = 0;
	for (const [path, pending] of scripts) {
		const size = await pending;
		total += size;
		console.log(`${(size / 1000).toFixed(1).padStart(7)} kB  ${path}`);
	}
	console.log(`${(total / 1000).toFixed(1).padStart(7)} kB  in all, of at most ${BUDGET_KB} kB`);
	if (total > BUDGET_KB * 1000) process.exitCode = 1;
} finally {
	await browser.close();
	await app.stop();
	rmSync(app.dataDir, { recursive: true, force: true });
}
