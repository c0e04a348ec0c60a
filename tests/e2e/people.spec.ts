import { expectNoSeriousFinding } from './axe.ts';
import { BoardPage } from './board-page.ts';
import { expect, expectSaved, test } from './app.ts';
import { Workshop } from './workshop.ts';

/** From the server's answer to a change until somebody else's page shows it: pushed, not looked up. */
const AT_ONCE = { timeout: 5_000 };

async function firstCard(board: BoardPage): Promise<string> {
	return Object.values((await board.seen()).columns).flat()[0] ?? '';
}

test('a person who is typing may only look from now on: what they typed stays, controls go, and come back', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara Keita');
	const amara = new Workshop(page);
	const jonas = new BoardPage(await people.participant('Jonas Meier', code));
	const title = await firstCard(jonas);
	await jonas.open(title);
	const notes = jonas.sheet.getByLabel('Notes');
	await notes.click();
	await notes.pressSequentially('Written before. ');
	await expectSaved(jonas.page);

	await amara.openPeople();
	const typing = notes.pressSequentially('and on and on '.repeat(30), { delay: 4 }).catch(() => {});
	await amara.dialog.getByLabel('Role of Jonas Meier').selectOption('viewer');
	await Promise.all([
		page.waitForResponse((response) => response.url().includes('?/role')),
		amara.dialog.getByRole('button', { name: 'Change the role of Jonas Meier' }).click()
	]);
	await expect(jonas.page.getByRole('alert')).toContainText('You can only look now', AT_ONCE);
	await expect(amara.person('Jonas Meier')).toContainText('Viewer');
	await typing;
	await expect(jonas.page.getByTestId('save-state')).toHaveText('View only');
	for (const name of ['Undo', 'Invite', 'Move to trash', 'Add evidence']) {
		await expect(jonas.page.getByRole('button', { name })).toHaveCount(0);
	}

	// What he sees is what everybody sees: nothing stays on his page that was not taken.
	await amara.close();
	const board = new BoardPage(page);
	await board.open(title);
	await expect(board.sheet.getByLabel('Notes')).toContainText('Written before.');
	await expect(async () => {
		const his = await jonas.sheet.getByLabel('Notes').innerText();
		expect(his).toContain('Written before.');
		expect(his).toBe(await board.sheet.getByLabel('Notes').innerText());
	}).toPass({ timeout: 5_000 });
	await jonas.page.reload();
	await jonas.open(title);
	expect(await jonas.sheet.getByLabel('Notes').innerText()).toBe(
		await board.sheet.getByLabel('Notes').innerText()
	);
	await board.closeSheet();

	await amara.openPeople();
	await amara.make('Jonas Meier', 'editor');
	await expectSaved(jonas.page);
	await expect(jonas.announcement).toContainText('You can edit now.');
	await jonas.sheet.getByLabel('Notes').click();
	await jonas.page.keyboard.type('Back. ');
	await expectSaved(jonas.page);
	await amara.close();
	await board.open(title);
	await expect(board.sheet.getByLabel('Notes')).toContainText('Back.');
});

test('what was done offline by somebody who may only look by now is left out, and said to be', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara Keita');
	const amara = new Workshop(page);
	const jonas = new BoardPage(await people.participant('Jonas Meier', code));
	const title = await firstCard(jonas);
	await jonas.page.mouse.move(400, 300);
	await jonas.page.waitForLoadState('networkidle');
	await jonas.page.context().setOffline(true);
	await expect(jonas.page.getByTestId('save-state')).toHaveText('Offline');
	await jonas.moveByMenu(title, 'Cooperation');
	await amara.openPeople();
	await amara.make('Jonas Meier', 'viewer');
	await expect(amara.dialog.getByRole('status')).toHaveText('Can only look now.');
	await jonas.page.context().setOffline(false);
	await expect(jonas.page.getByRole('alert')).toContainText(
		'What you did since then was left out.'
	);
	await expect(jonas.page.getByTestId('save-state')).toHaveText('View only');
	await expect(jonas.column('Cooperation').locator(jonas.card(title))).toHaveCount(0);
	await jonas.page.reload();
	await expect(jonas.page.getByTestId('save-state')).toHaveText('View only');
	await expect(jonas.column('Cooperation').locator(jonas.card(title))).toHaveCount(0);
});

test('a facilitator hands over: the other one has the controls, and the room somebody in charge', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara Keita');
	const jonas = await people.participant('Jonas Meier', code);
	const amara = new Workshop(page);
	await amara.openPeople();
	await amara.make('Amara Keita', 'editor');
	await expect(amara.dialog.getByRole('alert')).toContainText('Somebody has to stay in charge');
	await expect(amara.dialog.getByLabel('Role of Amara Keita')).toBeFocused();
	await expect(amara.dialog.getByLabel('Role of Amara Keita')).toHaveValue('facilitator');

	await amara.doTo('Jonas Meier', 'Hand over to Jonas Meier');
	await expect(page.getByText('You no longer facilitate this room')).toBeVisible();
	await expect(amara.dialog.getByLabel('Role of Jonas Meier')).toHaveCount(0);
	await expect(amara.person('Jonas Meier')).toContainText('Facilitator');
	const his = new Workshop(jonas);
	await his.openPeople();
	await expect(his.dialog.getByLabel('Role of Amara Keita')).toHaveValue('editor');
});

test('a person who is taken out is off the board at once, told so, and does not come back', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara Keita');
	const jonas = await people.participant('Jonas Meier', code);
	const amara = new Workshop(page);
	await amara.openPeople();
	await Promise.all([
		page.waitForResponse((response) => response.url().includes('?/remove')),
		amara.doTo('Jonas Meier', 'Take out of the room')
	]);
	await expect(jonas.getByRole('alert')).toContainText('You were taken out of this room', AT_ONCE);
	await expect(jonas.getByRole('button', { name: /^Move/ })).toHaveCount(0);
	await expect(page.getByRole('list', { name: '1 person here', includeHidden: true })).toBeAttached(
		AT_ONCE
	);
	await jonas.reload();
	await expect(
		jonas.getByRole('heading', { name: 'You are not in this room any more' })
	).toBeVisible();
	await jonas.goto(`/j/${code}`);
	await jonas.getByRole('button', { name: 'Join', exact: true }).click();
	await expect(jonas.getByRole('alert')).toContainText('taken out of this room');
	await expect(jonas.getByRole('link', { name: 'To the start page' })).toBeVisible();

	await amara.dialog.getByRole('button', { name: 'Let Jonas Meier come again' }).click();
	await expect(amara.dialog.getByText('May not come back')).toHaveCount(0);
	await jonas.goto(`/j/${code}`);
	await jonas.getByRole('button', { name: 'Join', exact: true }).click();
	await expectSaved(jonas);
});

test('a guest is called something else, for everybody at once', async ({ people }) => {
	const { page, code } = await people.facilitator('Amara Keita');
	const jonas = await people.participant('J', code);
	const amara = new Workshop(page);
	await amara.openPeople();
	await amara.dialog.getByLabel('More about J', { exact: true }).click();
	const name = amara
		.person('guest · here now')
		.filter({ hasNotText: '(you)' })
		.getByRole('textbox');
	await name.fill('  ');
	await page.keyboard.press('Enter');
	await expect(name).toHaveAccessibleDescription(/Type the name/);
	await expect(name).toBeFocused();
	await name.fill('Jonas Meier');
	await page.keyboard.press('Enter');
	await expect(amara.person('Jonas Meier')).toBeVisible();
	await expect(jonas.getByRole('list', { name: '2 people here' })).toContainText(
		'Jonas Meier (you)'
	);
});

test('without scripts people are listed, and a facilitator changes them', async ({ people }) => {
	const { page, code } = await people.facilitator('Amara Keita', 'blank');
	const jonas = await people.participant('Jonas Meier', code);
	const still = await people.stranger({
		javaScriptEnabled: false,
		storageState: await page.context().storageState()
	});
	await still.goto(page.url());
	await still.getByRole('link', { name: 'People', exact: true }).click();
	const row = still.getByRole('listitem').filter({ hasText: 'Jonas Meier' });
	await row.getByLabel('Role of Jonas Meier').selectOption('Viewer');
	await row.getByRole('button', { name: 'Change' }).click();
	await expect(jonas.getByTestId('save-state')).toHaveText('View only');
	await expect(still.getByRole('status')).toHaveText('Can only look now.');
	await row.getByLabel('More about Jonas Meier').click();
	await row.getByLabel('Name in this room').fill('');
	await row.getByRole('button', { name: 'Rename' }).click();
	await expect(row.getByLabel('Name in this room')).toHaveAccessibleDescription(/Type the name/);
	await row.getByRole('button', { name: 'Take out of the room' }).click();
	await expect(jonas.getByRole('alert')).toContainText('taken out of this room');
});

for (const colorScheme of ['light', 'dark'] as const) {
	for (const viewport of [
		{ width: 1440, height: 900 },
		{ width: 390, height: 844 }
	]) {
		test(`people, doors, lobby and joining have no serious finding of axe: ${colorScheme}, ${viewport.width} px`, async ({
			people
		}) => {
			test.slow();
			const options = { colorScheme, viewport, reducedMotion: 'reduce' } as const;
			const { page, code } = await people.facilitator('Amara', 'blank', options);
			const amara = new Workshop(page);
			await people.participant('Jonas Meier', code);
			await amara.putUpLobby();
			const lou = await people.stranger(options);
			await lou.goto(`/j/${code}`);
			await expectNoSeriousFinding(lou);
			await lou.getByRole('button', { name: 'Join', exact: true }).click();
			await expect(lou.getByLabel('Your name')).toBeFocused();
			await lou.getByLabel('Your name').fill('Lou');
			await lou.getByRole('button', { name: 'Join', exact: true }).click();
			await expect(lou.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
			await expectNoSeriousFinding(lou);

			await page.getByRole('button', { name: 'See who' }).click();
			await expect(amara.dialog.getByRole('button', { name: 'Let Lou in' })).toBeVisible();
			await amara.dialog.getByLabel('More about Jonas Meier').click();
			await amara.dialog.getByLabel('Role of Jonas Meier').selectOption('viewer');
			await expectNoSeriousFinding(page);
			await amara.make('Amara', 'editor');
			await expect(amara.dialog.getByRole('alert')).toBeVisible();
			await expectNoSeriousFinding(page);
			await amara.close();

			await amara.changeDoor();
			await amara.field('At most (optional)').fill('x');
			await amara.dialog.getByRole('button', { name: 'Save' }).click();
			await expect(amara.field('At most (optional)')).toBeFocused();
			await expectNoSeriousFinding(page);
			await page.getByRole('button', { name: 'Show large' }).click();
			await expect(page.getByRole('dialog', { name: 'The way in' })).toBeVisible();
			await expectNoSeriousFinding(page);
			await page.keyboard.press('Escape');
			for (const name of ['people', 'door']) {
				await page.goto(`${new URL(page.url()).pathname.replace(/\/(people|door)$/, '')}/${name}`);
				await expectNoSeriousFinding(page);
			}
		});
	}
}
