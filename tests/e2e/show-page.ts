/** What a facilitator does on the page of the run of show, in their words. */
import { expect, type Locator, type Page } from '@playwright/test';

export class ShowPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	/** From the board, or anew. */
	async open(room = this.page.url()): Promise<void> {
		await this.page.goto(`${room.replace(/\/show$/, '')}/show`);
		await expect(this.page.getByRole('heading', { name: 'Run of show' })).toBeVisible();
	}

	get state(): Locator {
		return this.page.getByTestId('show-state');
	}

	/** Titles from top to bottom. */
	titles(): Promise<string[]> {
		return this.page.locator('[data-step] h2').allInnerTexts();
	}

	button(name: string | RegExp): Locator {
		return this.page.getByRole('button', { name, exact: typeof name === 'string' });
	}

	async takeScript(): Promise<void> {
		await this.button('Take the one-hour reading').click();
		await expect(this.page.locator('[data-step]')).not.toHaveCount(0);
	}

	async unfold(title: string): Promise<Locator> {
		await this.button(new RegExp(`^Edit step \\d+, ${title}$`)).click();
		return this.page.getByRole('group', { name: new RegExp(`^Step \\d+, ${title}$`) });
	}

	async save(): Promise<void> {
		await this.button('Save').click();
		await expect(this.state).toHaveText('Saved');
	}
}
