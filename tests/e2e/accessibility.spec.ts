import { expectNoSeriousFinding } from './axe.ts';
import { BoardPage } from './board-page.ts';
import { expect, test } from './app.ts';

for (const colorScheme of ['light', 'dark'] as const) {
	for (const viewport of [
		{ width: 1440, height: 900 },
		{ width: 390, height: 844 }
	]) {
		test(`no page has a serious finding of axe: ${colorScheme}, ${viewport.width} px`, async ({
			people
		}) => {
			// Every page and dialog, one after another.
			test.setTimeout(150_000);
			// No motion: a colour that is half-way through a transition would be judged.
			const options = { colorScheme, viewport, reducedMotion: 'reduce' } as const;
			const stranger = await people.stranger(options);
			await stranger.goto('/');
			await expectNoSeriousFinding(stranger);
			await stranger.getByRole('button', { name: 'Join', exact: true }).click();
			await expect(stranger.locator('.error').first()).toBeVisible();
			await expectNoSeriousFinding(stranger);

			const { page } = await people.facilitator('Amara', 'us-russia-cyber-detente', options);
			const board = new BoardPage(page);
			await expectNoSeriousFinding(page);
			await stranger.goto(page.url());
			await expectNoSeriousFinding(stranger);

			const [title = ''] = Object.values((await board.seen()).columns).flat();
			await board.moveByMenu(title, 'Easing');
			await expectNoSeriousFinding(page);
			await page.getByRole('button', { name: `Move ${title} to…` }).click();
			await expect(page.getByRole('menu')).toBeVisible();
			await expectNoSeriousFinding(page);
			await page.keyboard.press('Escape');

			await board.open(title);
			await board.sheet.getByRole('button', { name: 'Add evidence' }).click();
			await expectNoSeriousFinding(page);
			await board.closeSheet();

			for (const dialog of ['Board and columns', 'Trash (0)', 'Invite']) {
				await page.getByRole('button', { name: dialog }).click();
				await expect(page.getByRole('dialog')).toBeVisible();
				await expectNoSeriousFinding(page);
				await page.keyboard.press('Escape');
				await expect(page.getByRole('dialog')).toBeHidden();
			}
		});
	}
}
