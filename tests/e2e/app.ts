/**
 * The real app for end-to-end tests, one for each worker; a test that stops or breaks it starts
 * another. `people` gives each person a browser of their own.
 */
import {
	test as base,
	expect,
	type Browser,
	type BrowserContextOptions,
	type Page
} from '@playwright/test';
import { rmSync } from 'node:fs';
import { LONGEST_WAIT_MS } from '../../src/lib/room/reconnect-waits.ts';
import { startApp, type App } from './start-app.ts';

export const test = base.extend<{ people: People }, { app: App }>({
	app: [
		// eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
		async ({}, use) => {
			const app = await startApp();
			await use(app);
			await app.stop();
			rmSync(app.dataDir, { recursive: true, force: true });
		},
		{ scope: 'worker' }
	],
	people: async ({ app, browser }, use) => {
		const people = new People(browser, app.url);
		await use(people);
		await people.leave();
	}
});

/** People with a browser of their own each. */
export class People {
	readonly #browser: Browser;
	readonly #url: string;
	readonly #pages: Page[] = [];
	/** What a page was kept from by its own content security policy. */
	readonly #violations: string[] = [];

	constructor(browser: Browser, url: string) {
		this.#browser = browser;
		this.#url = url;
	}

	/** Somebody who has just come to the start page. */
	async stranger(options: BrowserContextOptions = {}): Promise<Page> {
		const context = await this.#browser.newContext({ baseURL: this.#url, ...options });
		context.on('console', (message) => {
			if (/content security policy/i.test(message.text())) this.#violations.push(message.text());
		});
		const page = await context.newPage();
		this.#pages.push(page);
		return page;
	}

	/** A facilitator with a new board in front of them. */
	async facilitator(
		name = 'Amara Keita',
		template: 'us-russia-cyber-detente' | 'blank' = 'us-russia-cyber-detente',
		options: BrowserContextOptions = {}
	): Promise<{ page: Page; code: string }> {
		const page = await this.stranger(options);
		const answer = await page.request.post('/api/rooms', { data: { template, name } });
		expect(answer.status()).toBe(201);
		const { id, code } = (await answer.json()) as { id: string; code: string };
		await page.goto(`/rooms/${id}`);
		await expectSaved(page);
		return { page, code };
	}

	/** Somebody who joins by a code, through the form. */
	async participant(
		name: string,
		code: string,
		options: BrowserContextOptions = {}
	): Promise<Page> {
		const page = await this.stranger(options);
		await page.goto(`/j/${code}`);
		await page.getByLabel('Your name').first().fill(name);
		await page.getByRole('button', { name: 'Join', exact: true }).click();
		await page.waitForURL('**/rooms/*');
		await expectSaved(page);
		return page;
	}

	async leave(): Promise<void> {
		await Promise.all(this.#pages.map((page) => page.context().close()));
		expect(this.#violations).toEqual([]);
	}
}

/** Connected, and everything done here is stored. */
export async function expectSaved(page: Page): Promise<void> {
	await expect(page.getByTestId('save-state')).toHaveText('Saved');
}

/**
 * How long a page may take to notice that its server or its room is back: its longest wait before it
 * tries, and what anything else may take.
 */
export const BACK_MS = LONGEST_WAIT_MS + 10_000;

/** The same of a page that comes back by itself. */
export async function expectBack(page: Page): Promise<void> {
	await expect(page.getByTestId('save-state')).toHaveText('Saved', { timeout: BACK_MS });
}

export { expect };
