import { BoardPage, expectSameBoard } from './board-page.ts';
import { expect, expectSaved, test } from './app.ts';
import { fillSignUp, inviteLink, makeTeam, openRoom, signedUp } from './signed-in.ts';

test('a team: invited by link, two work in a room together, one is removed and cut off at once', async ({
	people
}) => {
	const ana = await signedUp(people, 'Ana Keita');
	const team = await makeTeam(ana, 'Digital Policy');
	await expect(ana.getByText('No room yet.')).toBeVisible();
	const room = await openRoom(ana, 'Cyber détente');
	await expectSaved(ana);
	await expect(ana.getByRole('link', { name: 'Digital Policy' })).toBeVisible();
	await ana.goto(`${team}/people`);
	const link = await inviteLink(ana);

	const ben = await people.stranger();
	await ben.goto(link);
	await expect(ben.getByRole('heading', { name: 'Join Digital Policy' })).toBeVisible();
	await ben.getByRole('link', { name: 'Sign up' }).click();
	await fillSignUp(ben, 'Ben Meier');
	await expect(ben).toHaveURL(link);
	await ben.getByRole('button', { name: 'Join' }).click();
	await expect(ben).toHaveURL(team);
	await ben.getByRole('link', { name: 'Cyber détente', exact: true }).click();
	await expectSaved(ben);

	await ana.goto(room);
	await expectSaved(ana);
	const boards = [new BoardPage(ana), new BoardPage(ben)] as const;
	const [title = ''] = Object.values((await boards[0].seen()).columns).flat();
	await boards[1].moveByMenu(title, 'Cooperation');
	await expectSameBoard(...boards);

	const owner = await ana.context().newPage();
	await owner.goto(`${team}/people`);
	const row = owner.getByRole('listitem').filter({ hasText: 'Ben Meier' });
	await row.getByText('Remove', { exact: true }).first().click();
	await row.getByRole('button', { name: 'Remove', exact: true }).click();
	const removed = Date.now();
	await expect(ben.getByRole('alert')).toContainText('taken out of this room', { timeout: 5_000 });
	expect(Date.now() - removed).toBeLessThan(1_500);
	await expect(row).toHaveCount(0);
	await expectSaved(ana);

	expect((await ben.goto(room))?.status()).toBe(403);
	expect((await ben.goto(team))?.status()).toBe(404);
	expect((await ben.goto(link))?.status()).toBe(410);
});

test('a room goes to the trash and comes back, with what a device had kept', async ({ people }) => {
	const ana = await signedUp(people, 'Ana Keita');
	const team = await makeTeam(ana, 'Trash');
	const room = await openRoom(ana, 'Thrown away');
	await expectSaved(ana);
	const board = new BoardPage(ana);
	const [title = ''] = Object.values((await board.seen()).columns).flat();
	await ana.mouse.move(400, 300);
	await ana.waitForLoadState('networkidle');
	await ana.context().setOffline(true);
	await expect(ana.getByTestId('save-state')).toHaveText('Offline');
	await board.moveByMenu(title, 'Conflict');
	await expect(ana.getByRole('alert')).toContainText('1 change is kept');

	// Another browser of the same person puts the room in the trash meanwhile.
	const other = await people.stranger({ storageState: await ana.context().storageState() });
	await other.goto(`${room}/settings`);
	await other.getByRole('button', { name: 'Move to the trash' }).click();
	await expect(other).toHaveURL(team);
	await expect(other.getByText('No room is in use.')).toBeVisible();
	await other.getByText('Trash (1)').click();
	await expect(other.getByText('Erased in 30 days')).toBeVisible();

	await ana.context().setOffline(false);
	await expect(ana.getByRole('alert')).toContainText('moved to the trash');
	expect((await ana.goto(room))?.status()).toBe(410);
	await expect(ana.getByRole('heading', { name: 'In the trash' })).toBeVisible();
	await ana.getByRole('button', { name: 'Restore' }).click();
	await expect(ana).toHaveURL(room);
	await expectSaved(ana);
	// What was done offline before it was in the trash is there.
	await expect(board.column('Conflict').locator(board.card(title))).toBeVisible();
});

test('a title changed in a list is the title on a board that is open', async ({ people }) => {
	const ana = await signedUp(people, 'Ana Keita');
	await makeTeam(ana, 'Titles');
	const room = await openRoom(ana, 'Before');
	await expectSaved(ana);
	const settings = await ana.context().newPage();
	await settings.goto(`${room}/settings`);
	await settings.getByLabel('Title of the room').fill('After the summit');
	await settings.getByRole('button', { name: 'Rename' }).click();
	await expect(settings.getByText('The room is renamed.')).toBeVisible();
	await expect(ana.getByRole('heading', { name: 'After the summit' })).toBeVisible();
	await settings.goto('/');
	await expect(settings.getByRole('link', { name: 'After the summit', exact: true })).toBeVisible();
});

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';
	test(`${how} scripts: a team, a room, a search, a copy, the archive, a new name, and the end`, async ({
		people
	}) => {
		const ana = await signedUp(people, 'Ana Keita', { javaScriptEnabled });
		const team = await makeTeam(ana, 'First name');
		await openRoom(ana, 'Water on the border');
		await ana.goto(team);
		const rooms = ana.getByRole('main');
		await expect(
			rooms.getByRole('link', { name: 'Water on the border', exact: true })
		).toBeVisible();

		const search = ana.getByRole('searchbox', { name: 'Search titles' });
		await search.fill('nothing like it');
		await search.press('Enter');
		await expect(ana.getByText('No room has “nothing like it” in the title.')).toBeVisible();
		await ana.getByRole('link', { name: 'Show all' }).click();

		await ana.getByRole('link', { name: 'Settings of Water on the border' }).click();
		await ana.getByLabel('Title of the copy').fill('A copy');
		await ana.getByRole('button', { name: 'Make a copy' }).click();
		await expect(ana.getByRole('heading', { name: 'A copy' })).toBeVisible();
		await ana.goto(team);
		await ana.getByRole('link', { name: 'Settings of A copy' }).click();
		await ana.getByRole('button', { name: 'Archive' }).click();
		await expect(ana).toHaveURL(team);
		await ana.getByText('Archived (1)').click();
		await ana.getByRole('button', { name: 'Take back: A copy' }).click();
		await expect(ana.getByText('Archived (1)')).toHaveCount(0);

		await ana.getByRole('link', { name: 'Settings', exact: true }).click();
		const name = ana.getByLabel('Name of the team');
		await name.fill(' ');
		await ana.getByRole('button', { name: 'Rename' }).click();
		await expect(name).toHaveAccessibleDescription('Type a name for the team.');
		await expect(name).toBeFocused();
		await name.fill('Second name');
		await ana.getByRole('button', { name: 'Rename' }).click();
		await expect(ana.getByRole('heading', { name: 'Second name', level: 1 })).toBeVisible();

		const confirm = ana.getByLabel('Type “Second name” to go on');
		await confirm.fill('First name');
		await ana.getByRole('button', { name: 'Delete the team' }).click();
		await expect(confirm).toHaveAccessibleDescription(/exactly as it stands here/);
		await expect(confirm).toHaveValue('First name');
		await expect(confirm).toBeFocused();
		await confirm.fill('Second name');
		await ana.getByRole('button', { name: 'Delete the team' }).click();
		await expect(ana).toHaveURL('/');
		expect((await ana.goto(team))?.status()).toBe(404);
	});
}

test('with the keyboard alone: to a team’s people, a member removed after a second thought', async ({
	people
}) => {
	const ana = await signedUp(people, 'Ana Keita');
	const team = await makeTeam(ana, 'Keys');
	await ana.goto(`${team}/people`);
	await ana.getByRole('button', { name: 'Make a link' }).press('Enter');
	const link = ana.getByLabel('Send this link');
	await expect(link).toBeFocused();
	const ben = await signedUp(people, 'Ben Meier');
	await ben.goto(await link.inputValue());
	await ben.getByRole('button', { name: 'Join' }).press('Enter');
	await expect(ben).toHaveURL(team);

	await ana.reload();
	const row = ana.getByRole('listitem').filter({ hasText: 'Ben Meier' });
	const ask = row.locator('summary', { hasText: 'Remove' });
	await row.getByRole('button', { name: 'Make Ben Meier an owner' }).focus();
	await ana.keyboard.press('Tab');
	await ana.keyboard.press('Tab');
	await expect(ask).toBeFocused();
	await ana.keyboard.press('Enter');
	await expect(row.getByText('leaves the team and all its rooms at once')).toBeVisible();
	await ana.keyboard.press('Escape');
	await expect(row.getByText('leaves the team and all its rooms at once')).toBeHidden();
	await expect(ask).toBeFocused();
	await ana.keyboard.press('Enter');
	await ana.keyboard.press('Tab');
	await ana.keyboard.press('Enter');
	await expect(row).toHaveCount(0);
});

test('a room opened on the start page goes to the team that was chosen', async ({ people }) => {
	const ana = await signedUp(people, 'Ana Keita');
	const team = await makeTeam(ana, 'Chosen');
	await ana.goto('/');
	const form = ana.getByRole('region', { name: 'Open a board' });
	await form.getByLabel('Title (optional)').fill('In the team');
	await form.getByLabel('Whose it is').selectOption('Chosen');
	await form.getByRole('button', { name: 'Open the board' }).click();
	await ana.waitForURL('**/rooms/*');
	await ana.goto(team);
	await expect(ana.getByRole('link', { name: 'In the team', exact: true })).toBeVisible();
});
