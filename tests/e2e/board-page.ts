/** What a person does and sees on the page of a board, in their words. */
import { expect, type Locator, type Page } from '@playwright/test';

export class BoardPage {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	card(title: string): Locator {
		return this.page.locator('[data-card]').filter({
			has: this.page.getByRole('button', { name: title, exact: true })
		});
	}

	column(label: string): Locator {
		return this.page.getByRole('region', { name: label, exact: true });
	}

	get sheet(): Locator {
		return this.page.getByRole('dialog');
	}

	get announcement(): Locator {
		return this.page.getByTestId('announcement');
	}

	async open(title: string): Promise<void> {
		await this.page.getByRole('button', { name: title, exact: true }).first().click();
		await expect(this.sheet.getByLabel('Notes')).toBeVisible();
	}

	async closeSheet(): Promise<void> {
		await this.sheet.getByRole('button', { name: 'Close', exact: true }).click();
		await expect(this.sheet).toBeHidden();
	}

	async moveByMenu(title: string, column: string): Promise<void> {
		await this.page.getByRole('button', { name: `Move ${title} to…` }).click();
		await this.page.getByRole('menuitem', { name: column }).click();
		await expect(this.column(column).locator(this.card(title))).toBeVisible();
	}

	/** Every column with the titles in it from top to bottom, and every figure of the barometer. */
	async seen(): Promise<{ columns: Record<string, string[]>; barometer: string }> {
		return this.page.evaluate(() => ({
			columns: Object.fromEntries(
				[...document.querySelectorAll('[data-column]')].map((column) => [
					column.querySelector('h2')?.textContent ?? '',
					[...column.querySelectorAll('[data-card] h3')].map(
						(title) => title.textContent?.trim() ?? ''
					)
				])
			),
			barometer:
				document
					.querySelector('[aria-label="Barometer"]')
					?.textContent?.replace(/\s+/g, ' ')
					.trim() ?? ''
		}));
	}
}

/** All of them show the same board and the same figures, in the end. */
export async function expectSameBoard(...boards: BoardPage[]): Promise<void> {
	await expect(async () => {
		const [first, ...others] = await Promise.all(boards.map((board) => board.seen()));
		for (const other of others) expect(other).toEqual(first);
	}).toPass({ timeout: 10_000 });
}
