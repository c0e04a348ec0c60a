import { BoardPage } from './board-page.ts';
import { expect, expectSaved, test } from './app.ts';
import { Workshop } from './workshop.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('on a phone, from the link of the QR code to the first move: a name and three taps', async ({
	people
}) => {
	const { page } = await people.facilitator('Amara Keita');
	const amara = new Workshop(page);
	await amara.openDoor();
	const link = await amara.dialog.getByLabel('Or send this link').inputValue();
	await amara.close();

	const phone = await people.stranger(PHONE);
	await phone.goto(link);
	await phone.getByLabel('Your name').fill('Jonas Meier');
	let taps = 0;
	const tap = async (name: string | RegExp, role: 'button' | 'menuitem' = 'button') => {
		await phone.getByRole(role, { name }).first().tap();
		taps += 1;
	};
	await tap('Join');
	await expectSaved(phone);
	const board = new BoardPage(phone);
	const stalemate = (await board.seen()).columns.Stalemate ?? [];
	const title = stalemate[0] ?? '';
	await tap(`Move ${title} to…`);
	await tap('Easing', 'menuitem');
	expect(taps).toBe(3);
	await expect(new BoardPage(page).column('Easing')).toContainText(title);
});

test('somebody with an account joins under its name with one tap', async ({ people }) => {
	const { page } = await people.facilitator('Amara Keita');
	const amara = new Workshop(page);
	await amara.openDoor();
	const link = await amara.dialog.getByLabel('Or send this link').inputValue();
	await amara.close();

	const phone = await people.stranger(PHONE);
	await phone.goto('/sign-up');
	await phone.getByLabel('Your name').fill('Ulla Berg');
	await phone.getByLabel('E-mail').fill(`ulla-${Date.now()}@example.org`);
	await phone.getByLabel('Password').fill('four words are enough');
	await phone.getByRole('button', { name: 'Sign up' }).click();
	await phone.waitForURL('**/');
	await phone.goto(link);
	await expect(phone.getByRole('textbox')).toHaveCount(0);
	await phone.getByRole('button', { name: 'Join', exact: true }).tap();
	await expectSaved(phone);
	await expect(page.getByRole('list', { name: '2 people here' })).toContainText('Ulla Berg');
	// The link again leads straight in.
	await phone.goto(link);
	await expect(phone).toHaveURL(page.url());
});

test('a guest waits in the lobby, is let in and moves on by themselves; another is turned away', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara Keita');
	const amara = new Workshop(page);
	await amara.putUpLobby();
	const [lou, mal] = await Promise.all([people.stranger(PHONE), people.stranger()]);
	for (const [guest, name] of [
		[lou, 'Lou'],
		[mal, 'Mal']
	] as const) {
		await guest.goto(`/j/${code}`);
		await guest.getByLabel('Your name').fill(name);
		await guest.getByRole('button', { name: 'Join', exact: true }).click();
		await expect(guest.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
	}
	await expect(page.getByText('2 people wait to be let in.')).toBeVisible();
	await page.getByRole('button', { name: 'See who' }).click();
	const { pathname } = new URL(page.url());
	// By themselves, without the page being loaded anew.
	const movingOn = lou.waitForRequest(`**${pathname}/__data.json**`);
	await amara.dialog.getByRole('button', { name: 'Let Lou in' }).click();
	await movingOn;
	await lou.waitForURL(page.url());
	await expectSaved(lou);
	await expect(page.getByText('1 person waits to be let in.')).toBeVisible();
	// In the meantime nothing of the room is theirs.
	expect((await mal.request.get(`/api${new URL(page.url()).pathname}`)).status()).toBe(403);
	await mal.goto(page.url());
	await expect(mal).toHaveURL(/\/lobby$/);
	await amara.dialog.getByRole('button', { name: 'Turn Mal away' }).click();
	await expect(mal.getByRole('heading', { name: 'You were not let in' })).toBeVisible();
	await expect(mal.getByRole('link', { name: 'To the start page' })).toBeVisible();
	await expect(page.getByText('to be let in.')).toHaveCount(0);
});

test('the lobby works without scripts: the page loads itself anew', async ({ people }) => {
	const { page, code } = await people.facilitator('Amara Keita', 'blank');
	const amara = new Workshop(page);
	await amara.putUpLobby();
	const lou = await people.stranger({ javaScriptEnabled: false });
	await lou.goto(`/j/${code}`);
	await lou.getByLabel('Your name').fill('Lou');
	await lou.getByRole('button', { name: 'Join', exact: true }).click();
	await expect(lou.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
	await page.getByRole('button', { name: 'See who' }).click();
	await amara.dialog.getByRole('button', { name: 'Let Lou in' }).click();
	await lou.waitForURL(page.url());
});

test('a waiting guest stays in the lobby while the server cannot be reached', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara Keita', 'blank');
	const amara = new Workshop(page);
	await amara.putUpLobby();
	const lou = await people.stranger();
	await lou.goto(`/j/${code}`);
	await lou.getByLabel('Your name').fill('Lou');
	await lou.getByRole('button', { name: 'Join', exact: true }).click();
	const asked = lou.waitForRequest('**/api/rooms/*/lobby');
	await asked;
	await lou.context().setOffline(true);
	await lou.waitForEvent('requestfailed');
	await expect(lou.getByRole('heading', { name: 'You are in the lobby' })).toBeVisible();
	await lou.context().setOffline(false);
	await page.getByRole('button', { name: 'See who' }).click();
	await amara.dialog.getByRole('button', { name: 'Let Lou in' }).click();
	await lou.waitForURL(page.url());
});

test('a door has a limit, a new code, an end; closing it ends the code, and sends guests out', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara Keita');
	const amara = new Workshop(page);
	await amara.changeDoor();
	const limit = amara.field('At most (optional)');
	await limit.fill('0');
	await amara.field('Open for').selectOption('Until midnight');
	await amara.dialog.getByRole('button', { name: 'Save' }).click();
	await expect(limit).toHaveAccessibleDescription(/from 1 to 500/);
	await expect(limit).toBeFocused();
	await expect(amara.field('Open for')).toHaveValue('today');
	await limit.fill('1');
	await amara.dialog.getByRole('button', { name: 'Save' }).click();
	await expect(amara.dialog.getByText(/until .* 00:00 · 0 of 1 people/)).toBeVisible();

	const jonas = await people.participant('Jonas Meier', code);
	await expect(amara.dialog.getByText('1 of 1 people')).toBeVisible();
	const late = await people.stranger();
	await late.goto(`/j/${code}`);
	await late.getByLabel('Your name').fill('Late');
	await late.getByRole('button', { name: 'Join', exact: true }).click();
	await expect(late.getByRole('alert')).toContainText('This room is full');
	await expect(late.getByLabel('Your name')).toHaveValue('Late');

	await amara.dialog.getByRole('button', { name: 'New code' }).click();
	await expect(amara.dialog.getByTestId('room-code')).not.toHaveText(code);
	await late.getByRole('button', { name: 'Join', exact: true }).click();
	await expect(late.getByRole('alert')).toContainText('closed for guests');
	await expect(late.getByRole('link', { name: 'Type another code' })).toBeVisible();

	await amara.dialog.getByRole('button', { name: 'Close and send guests out' }).click();
	await expect(jonas.getByRole('alert')).toContainText('The workshop is over');
	await expect(amara.dialog.getByText('The room is closed for guests.')).toBeVisible();
	await amara.dialog.getByRole('button', { name: 'Open the door' }).click();
	await expect(amara.dialog.getByTestId('room-code')).toBeVisible();
});

test('a door to look only: who comes by it sees the board live and changes nothing', async ({
	people
}) => {
	const { page } = await people.facilitator('Amara Keita');
	const amara = new Workshop(page);
	await amara.openDoor();
	await amara.dialog.getByText('Open another door, for those who may only look').click();
	await amara.dialog.getByRole('button', { name: 'Open the door' }).click();
	await expect(amara.dialog.getByTestId('room-code')).toHaveCount(2);
	const code = await amara.dialog.getByTestId('room-code').last().innerText();
	await amara.close();
	const vic = await people.stranger(PHONE);
	await vic.goto(`/j/${code}`);
	await vic.getByLabel('Your name').fill('Vic');
	await vic.getByRole('button', { name: 'Join', exact: true }).tap();
	await expect(vic.getByTestId('save-state')).toHaveText('View only');
	for (const name of [/^Move/, /Add parameter/, /Undo/, /Invite/]) {
		await expect(vic.getByRole('button', { name })).toHaveCount(0);
	}
	const board = new BoardPage(page);
	const [title = ''] = (await board.seen()).columns.Stalemate ?? [];
	await board.moveByMenu(title, 'Easing');
	await expect(new BoardPage(vic).column('Easing')).toContainText(title);
});

test('the code is shown large for a projector; Escape leaves that and not the dialog', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara Keita', 'blank');
	const amara = new Workshop(page);
	await amara.openDoor();
	await page.getByRole('button', { name: 'Show large' }).click();
	const poster = page.getByRole('dialog', { name: 'The way in' });
	await expect(poster).toContainText(code);
	const box = await poster.boundingBox();
	expect(box).toMatchObject({ x: 0, y: 0, width: 1440 });
	await page.keyboard.press('Escape');
	await expect(poster).toBeHidden();
	await expect(page.getByRole('dialog', { name: 'Invite people' })).toBeVisible();
});

test('without scripts a facilitator opens and closes the door', async ({ people }) => {
	const { page } = await people.facilitator('Amara Keita', 'blank');
	const still = await people.stranger({
		javaScriptEnabled: false,
		storageState: await page.context().storageState()
	});
	await still.goto(page.url());
	await still.getByRole('link', { name: 'Invite people' }).click();
	await expect(still.getByRole('img', { name: /QR code/ })).toBeVisible();
	await still.getByText('Change or close this door').click();
	await still.getByRole('button', { name: 'Close the door' }).click();
	await expect(still.getByText('The room is closed for guests.')).toBeVisible();
	await still.getByLabel('only look').check();
	await still.getByLabel('At most (optional)').fill('many');
	await still.getByRole('button', { name: 'Open the door' }).click();
	await expect(still.getByLabel('At most (optional)')).toHaveAccessibleDescription(/from 1 to 500/);
	await expect(still.getByLabel('At most (optional)')).toHaveValue('many');
	await expect(still.getByLabel('only look')).toBeChecked();
	await still.getByLabel('At most (optional)').fill('12');
	await still.getByRole('button', { name: 'Open the door' }).click();
	await expect(still.getByText('0 of 12 people')).toBeVisible();
});
