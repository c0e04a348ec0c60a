import { sveltekit } from '@sveltejs/kit/vite';
import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { CHROMIUM_FLAGS, findChromium } from './tools/browser.mjs';

export default defineConfig({
	plugins: [sveltekit()],
	test: {
		// Many tests wait for a server of their own; one core fewer, the default, leaves half of two idle.
		maxWorkers: '100%',
		projects: [
			{
				extends: true,
				test: {
					name: 'unit',
					environment: 'node',
					globalSetup: 'server/database/share-test-image.ts',
					// PostgreSQL in the process takes seconds to start on a busy machine.
					testTimeout: 15_000,
					include: ['{src,server,tests,tools}/**/*.test.ts'],
					exclude: [...configDefaults.exclude, 'src/**/*.svelte.test.ts', 'tests/faults/**']
				}
			},
			{
				extends: true,
				test: {
					name: 'faults',
					environment: 'node',
					include: ['tests/faults/**/*.test.ts'],
					// One at a time: they measure time and memory.
					fileParallelism: false
				}
			},
			{
				extends: true,
				test: {
					name: 'components',
					include: ['src/**/*.svelte.test.ts'],
					browser: {
						enabled: true,
						headless: true,
						screenshotFailures: false,
						provider: playwright({
							launchOptions: { executablePath: findChromium(), args: CHROMIUM_FLAGS }
						}),
						instances: [{ browser: 'chromium' }]
					}
				}
			}
		]
	}
});
