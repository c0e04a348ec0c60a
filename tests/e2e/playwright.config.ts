import { defineConfig } from '@playwright/test';
import { CHROMIUM_FLAGS, findChromium } from '../../tools/browser.mjs';

export default defineConfig({
	testDir: '.',
	outputDir: '../../test-results/e2e',
	workers: 2,
	fullyParallel: true,
	forbidOnly: true,
	// Ends what hangs; slow machines are slow several times over.
	timeout: 120_000,
	expect: { timeout: 20_000 },
	reporter: [['list'], ['json', { outputFile: '../../test-results/playwright.json' }]],
	use: {
		browserName: 'chromium',
		launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS },
		viewport: { width: 1440, height: 900 },
		trace: 'retain-on-failure'
	}
});
