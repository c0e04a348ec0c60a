/** People with an account, and the teams they make, through the pages. */
import { expect, type BrowserContextOptions, type Page } from '@playwright/test';
import type { People } from './app.ts';

let count = 0;

/** Somebody who signs up through the form. */
export async function signedUp(
	people: People,
	name: string,
	options: BrowserContextOptions = {}
): Promise<Page> {
	const page = await people.stranger(options);
	await page.goto('/sign-up');
	await fillSignUp(page, name);
	await page.waitForURL((url) => url.pathname === '/');
	return page;
}

export async function fillSignUp(page: Page, name: string): Promise<void> {
	await page.getByLabel('Your name').fill(name);
	await page.getByLabel('E-mail').fill(`person-${Date.now()}-${count++}@example.org`);
	await page.getByLabel('Password', { exact: true }).fill('four plain words here');
	await page.getByRole('button', { name: 'Sign up' }).click();
}

/** From the start page; answers the team's address. */
export async function makeTeam(page: Page, name: string): Promise<string> {
	await page.getByRole('link', { name: 'New team' }).click();
	await page.getByLabel('Name of the team').fill(name);
	await page.getByRole('button', { name: 'Make the team' }).click();
	await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
	return page.url();
}

/** From the team's page; answers the room's address. */
export async function openRoom(page: Page, title: string): Promise<string> {
	await page.getByRole('link', { name: 'Open a room' }).click();
	await page.getByLabel('Title (optional)').fill(title);
	await page.getByRole('button', { name: 'Open the room' }).click();
	await page.waitForURL('**/rooms/*');
	return page.url();
}

/** From the page of the team's people. */
export async function inviteLink(page: Page): Promise<string> {
	await page.getByRole('button', { name: 'Make a link' }).click();
	return page.getByLabel('Send this link').inputValue();
}
