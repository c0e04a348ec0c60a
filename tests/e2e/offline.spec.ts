import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, expectSaved, test } from './app.ts';
import { BoardPage, expectSameBoard } from './board-page.ts';

/** The device has everything it needs to open the page again without a network. */
async function readyForOffline(page: Page): Promise<void> {
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
	// The first page came before the worker; what the worker sees, it keeps.
	await page.reload();
	await expectSaved(page);
}

test('a board opens without network, keeps what is done to it through a reload, and merges it later', async ({
	people
}) => {
	const { page, code } = await people.facilitator();
	const amara = new BoardPage(page);
	const jonasPage = await people.participant('Jonas', code);
	const jonas = new BoardPage(jonasPage);
	await readyForOffline(jonasPage);
	const [first = '', second = '', third = ''] = Object.values((await jonas.seen()).columns).flat();

	await jonasPage.context().setOffline(true);
	await jonasPage.reload();
	await expect(jonas.card(first)).toBeVisible();
	await jonas.moveByMenu(first, 'Conflict');
	await jonas.moveByMenu(second, 'Cooperation');
	await expect(jonasPage.getByTestId('save-state')).toHaveText('Offline, 2 kept here');
	await expect(jonasPage.getByRole('alert')).toContainText('2 changes are kept on this device');
	await amara.moveByMenu(third, 'Easing');

	await jonasPage.reload();
	await expect(jonas.column('Conflict')).toContainText(first);
	await expect(jonasPage.getByTestId('save-state')).toHaveText('Offline, 2 kept here');

	await jonasPage.context().setOffline(false);
	await expect(jonasPage.getByTestId('save-state')).toHaveText('Saved', { timeout: 30_000 });
	await expectSameBoard(amara, jonas);
	const { columns } = await amara.seen();
	expect(columns.Conflict).toContain(first);
	expect(columns.Cooperation).toContain(second);
	expect(columns.Easing).toContain(third);
	await jonasPage.reload();
	await expectSaved(jonasPage);
});

test('a device that comes back after a reset is refused and its old content is gone', async ({
	app,
	people
}) => {
	const { page, code } = await people.facilitator();
	const amara = new BoardPage(page);
	const jonasPage = await people.participant('Jonas', code);
	const jonas = new BoardPage(jonasPage);
	await readyForOffline(jonasPage);
	const [first = ''] = Object.values((await jonas.seen()).columns).flat();

	await jonasPage.context().setOffline(true);
	await jonasPage.reload();
	await jonas.moveByMenu(first, 'Conflict');
	await expect(jonasPage.getByTestId('save-state')).toHaveText(/^Offline/);

	const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
	const database = new DatabaseSync(join(app.dataDir, 'detente.sqlite'), { timeout: 5_000 });
	database.prepare('update rooms set epoch = epoch + 1 where id = ?').run(id);
	database.close();

	await jonasPage.context().setOffline(false);
	await expect(jonasPage.getByRole('alert')).toContainText('This room was reset or deleted');
	await expect
		.poll(() =>
			jonasPage.evaluate(async () => {
				const databases = await indexedDB.databases();
				return databases.filter(({ name }) => name?.startsWith('detente-room:')).length;
			})
		)
		.toBe(0);
	await jonasPage.getByRole('button', { name: 'Reload' }).click();
	await expectSaved(jonasPage);
	await page.reload();
	await expectSameBoard(amara, jonas);
	expect((await amara.seen()).columns.Conflict).not.toContain(first);
});

test('an address that this device has never opened says what is missing', async ({ people }) => {
	const { page } = await people.facilitator('Amara', 'blank');
	await readyForOffline(page);
	await page.context().setOffline(true);
	await page.goto('/rooms/AAAAAAAAAAAAAAAAAAAAAA');
	await expect(page.getByRole('heading', { name: 'No connection' })).toBeVisible();
});
