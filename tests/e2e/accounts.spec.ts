import AxeBuilder from '@axe-core/playwright';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { rmSync } from 'node:fs';
import { createResetLink } from '../../server/auth/password-resets.ts';
import { findUserByEmail } from '../../server/auth/user.repository.ts';
import { openDatabase } from '../../server/database/database.ts';
import { expect, expectSaved, People, test } from './app.ts';
import { startApp, type App } from './start-app.ts';

const PASSWORD = 'four plain words here';
const NEW = 'entirely new words';

let made = 0;
/** Nobody has it yet. */
const newEmail = () => `ana${(made += 1)}.${process.pid}@example.org`;

async function signUp(page: Page, email = newEmail(), name = 'Ana Keita'): Promise<string> {
	await page.goto('/sign-up');
	await page.getByLabel('Your name').fill(name);
	await page.getByLabel('E-mail').fill(email);
	await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign up' }).click();
	await expect(page.getByRole('link', { name })).toBeVisible();
	return email;
}

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
	await page.goto('/sign-in');
	await page.getByLabel('E-mail').fill(email);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

const nameIn = (page: Page) => page.getByRole('navigation', { name: 'Account' });

async function makeLink(app: App, email: string, at = new Date()): Promise<string> {
	const db = openDatabase(app.dataDir);
	const user = await findUserByEmail(db, email);
	const { path } = await createResetLink(db, user!.id, at);
	await db.destroy();
	return path;
}

/** Passkeys are for host names, not for addresses. */
const byName = ({ url }: App) => ({ baseURL: url.replace('127.0.0.1', 'localhost') });

/** A device that makes passkeys and signs with them, as if its person held a finger on it. */
async function giveAuthenticator(page: Page): Promise<void> {
	const browser = await page.context().newCDPSession(page);
	await browser.send('WebAuthn.enable');
	await browser.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
}

async function addPasskey(page: Page, name: string): Promise<void> {
	await page.goto('/account');
	await page.getByRole('button', { name: 'Add a passkey' }).click();
	await page.getByLabel('Name of the passkey').fill(name);
	const password = page.getByRole('region', { name: 'Passkeys' }).getByLabel('Your password');
	await password.fill(PASSWORD);
	await page.getByRole('button', { name: 'Add this passkey' }).click();
	await expect(page.getByText('The passkey is added.')).toBeVisible();
}

test('people sign up, out and in, come back the next day, and sign out everywhere', async ({
	browser
}) => {
	let app = await startApp();
	const people = new People(browser, app.url);
	const page = await people.stranger();
	const email = await signUp(page);
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(nameIn(page).getByRole('link', { name: 'Sign in' })).toBeVisible();
	await signIn(page, email);
	await expect(nameIn(page)).toContainText('Ana Keita');

	// Another day, another start of the server; the browser still knows who they are.
	await app.stop();
	app = await startApp(app);
	await page.goto('/');
	await expect(nameIn(page)).toContainText('Ana Keita');

	const second = await people.stranger();
	await signIn(second, email);
	await expect(nameIn(second)).toContainText('Ana Keita');
	const room = await second.request.post('/api/rooms', { data: { template: 'blank' } });
	const { id } = (await room.json()) as { id: string };
	await second.goto(`/rooms/${id}`);
	await expectSaved(second);

	await page.goto('/account');
	await expect(page.getByRole('region', { name: /signed in/ }).getByRole('listitem')).toHaveCount(
		2
	);
	await page.getByRole('button', { name: 'Sign out everywhere' }).click();
	await expect(page).toHaveURL('/');
	await expect(nameIn(page).getByRole('link', { name: 'Sign in' })).toBeVisible();
	await expect(second.getByRole('alert')).toBeVisible();
	await second.goto('/account');
	await expect(second).toHaveURL('/sign-in?to=%2Faccount');

	await people.leave();
	await app.stop();
	rmSync(app.dataDir, { recursive: true, force: true });
});

test('a guest who opened a board signs up from it, and it is theirs for good', async ({
	people
}) => {
	const { page } = await people.facilitator('Amara Keita');
	const board = page.url();
	await page.getByRole('link', { name: 'Sign up to keep this board' }).click();
	await expect(page.getByLabel('Your name')).toHaveValue('Amara Keita');
	await page.getByLabel('E-mail').fill(newEmail());
	await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign up' }).click();
	await expect(page).toHaveURL(board);
	await expectSaved(page);
	await expect(page.getByRole('link', { name: 'Sign up to keep this board' })).toHaveCount(0);

	const exported = await page.request.get('/account/export');
	const { rooms } = (await exported.json()) as { rooms: { role: string; expiresAt: unknown }[] };
	expect(rooms).toMatchObject([{ role: 'owner', expiresAt: null, createdByYou: true }]);
});

test('only the guest who opened a board is offered to keep it', async ({ people }) => {
	const { code } = await people.facilitator();
	const guest = await people.participant('Jonas', code);
	await expect(guest.getByRole('link', { name: 'Sign up to keep this board' })).toHaveCount(0);
});

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`name, e-mail, password and sessions are changed ${how} scripts`, async ({ people }) => {
		const page = await people.stranger({ javaScriptEnabled });
		const email = await signUp(page);
		const other = await people.stranger({ javaScriptEnabled });
		await signIn(other, email);
		await expect(nameIn(other)).toContainText('Ana Keita');

		await page.goto('/account');
		const setting = (label: string) =>
			page.locator('details', { has: page.locator('summary', { hasText: label }) });
		await setting('Name').locator('summary').click();
		await page.getByLabel('Your name').fill('   ');
		await page.getByRole('button', { name: 'Change the name' }).click();
		await expect(page.getByLabel('Your name')).toBeFocused();
		await expect(page.getByLabel('Your name')).toHaveAccessibleDescription(/Type the name/);
		await page.getByLabel('Your name').fill('Anna Keita');
		await page.getByRole('button', { name: 'Change the name' }).click();
		await expect(page.getByText('Your name is changed.')).toBeVisible();
		await expect(nameIn(page)).toContainText('Anna Keita');

		const moved = newEmail();
		await setting('E-mail').locator('summary').click();
		await page.getByLabel('New e-mail address').fill(moved);
		await setting('E-mail').getByLabel('Your password').fill('not that one');
		await page.getByRole('button', { name: 'Change the e-mail address' }).click();
		await expect(setting('E-mail').getByLabel('Your password')).toBeFocused();
		await expect(page.getByLabel('New e-mail address')).toHaveValue(moved);
		await setting('E-mail').getByLabel('Your password').fill(PASSWORD);
		await page.getByRole('button', { name: 'Change the e-mail address' }).click();
		await expect(page.getByText('Your e-mail address is changed.')).toBeVisible();

		await setting('Password').locator('summary').click();
		await page.getByLabel('Present password').fill(PASSWORD);
		await page.getByLabel('New password').fill('Password123');
		await page.getByRole('button', { name: 'Change the password' }).click();
		await expect(page.getByLabel('New password')).toBeFocused();
		await expect(page.getByLabel('New password')).toHaveAccessibleDescription(/easily guessed/);
		await page.getByLabel('Present password').fill(PASSWORD);
		await page.getByLabel('New password').fill(NEW);
		await page.getByRole('button', { name: 'Change the password' }).click();
		await expect(page.getByText('Every other browser is signed out.')).toBeVisible();
		await other.goto('/account');
		await expect(other).toHaveURL(/sign-in/);

		await signIn(other, moved, NEW);
		await expect(nameIn(other)).toContainText('Anna Keita');
		await page.goto('/account');
		const list = page.getByRole('region', { name: /signed in/ });
		await list.getByRole('listitem').getByRole('button').click();
		await expect(page.getByText('That browser is signed out.')).toBeVisible();
		await expect(list.getByRole('listitem')).toHaveCount(1);
		await other.goto('/account');
		await expect(other).toHaveURL(/sign-in/);
	});

	test(`a link to set a new password is used ${how} scripts, once`, async ({ people, app }) => {
		const page = await people.stranger({ javaScriptEnabled });
		const email = await signUp(page);
		const other = await people.stranger({ javaScriptEnabled });
		const path = await makeLink(app, email);
		await other.goto(path);
		await expect(other.getByText(email)).toBeVisible();
		await other.getByLabel('New password').fill('short');
		await other.getByRole('button', { name: 'Set the password' }).click();
		await expect(other.getByLabel('New password')).toBeFocused();
		await expect(other.getByLabel('New password')).toHaveAccessibleDescription(/at least 10/);
		await other.getByLabel('New password').fill(NEW);
		await other.getByRole('button', { name: 'Set the password' }).click();
		await expect(nameIn(other)).toContainText('Ana Keita');
		await page.goto('/account');
		await expect(page).toHaveURL(/sign-in/);

		await page.goto(path);
		await expect(page.getByRole('heading', { name: 'This link has been used' })).toBeVisible();
		await page.getByRole('link', { name: 'Sign in' }).last().click();
		await expect(page).toHaveURL('/sign-in');
		await page.goto(await makeLink(app, email, new Date(Date.now() - 3_600_000)));
		await expect(page.getByRole('heading', { name: 'This link has expired' })).toBeVisible();
		await page.getByRole('link', { name: 'Ask for a new link' }).click();
		await expect(page.getByText('whoever runs this server')).toBeVisible();
	});

	test(`an account is deleted ${how} scripts, and says what goes and what stays`, async ({
		people
	}) => {
		const page = await people.stranger({ javaScriptEnabled });
		const email = await signUp(page);
		const room = await page.request.post('/api/rooms', { data: { template: 'blank' } });
		const { id } = (await room.json()) as { id: string };
		await page.goto('/account');
		await page.getByRole('link', { name: 'Delete the account' }).click();
		await expect(page.getByText('The room that you alone own')).toBeVisible();
		await page.getByLabel('Your password').fill('not that one');
		await page.getByRole('button', { name: 'Delete the account for good' }).click();
		await expect(page.getByLabel('Your password')).toBeFocused();
		await page.getByLabel('Your password').fill(PASSWORD);
		await page.getByRole('button', { name: 'Delete the account for good' }).click();
		await expect(page).toHaveURL('/');
		await expect(nameIn(page).getByRole('link', { name: 'Sign in' })).toBeVisible();
		expect((await page.goto(`/rooms/${id}`))?.status()).toBe(404);
		await signIn(page, email);
		await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/is wrong/);
		await expect(page.getByLabel('E-mail')).toHaveValue(email);
		await expect(page.getByLabel('E-mail')).toBeFocused();
	});

	test(`what is wrong at sign-up stands next to its field ${how} scripts`, async ({ people }) => {
		const page = await people.stranger({ javaScriptEnabled });
		const taken = await signUp(page);
		await page.getByRole('button', { name: 'Sign out' }).click();
		await page.goto('/sign-up?to=/account');
		const fill = async (name: string, email: string, password: string) => {
			await page.getByLabel('Your name').fill(name);
			await page.getByLabel('E-mail').fill(email);
			await page.getByLabel('Password', { exact: true }).fill(password);
			await page.getByRole('button', { name: 'Sign up' }).click();
		};
		await fill(' ', 'x@example.org', PASSWORD);
		await expect(page.getByLabel('Your name')).toBeFocused();
		await fill('Ben', taken, PASSWORD);
		await expect(page.getByLabel('E-mail')).toBeFocused();
		await expect(page.getByLabel('E-mail')).toHaveValue(taken);
		await fill('Benjamin', newEmail(), 'benjamin2026');
		await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
		await fill('Benjamin', newEmail(), PASSWORD);
		await expect(page).toHaveURL('/account');
	});
}

test('a passkey is added, signs in, and is removed', async ({ people, app }) => {
	const page = await people.stranger(byName(app));
	await giveAuthenticator(page);
	await signUp(page);
	await page.goto('/account');
	await page.getByRole('button', { name: 'Add a passkey' }).click();
	const passkeys = page.getByRole('region', { name: 'Passkeys' });
	await passkeys.getByLabel('Your password').fill('not that one');
	await page.getByRole('button', { name: 'Add this passkey' }).click();
	await expect(passkeys.getByLabel('Your password')).toBeFocused();
	await expect(passkeys.getByLabel('Your password')).toHaveAccessibleDescription(/not your pass/);
	await addPasskey(page, 'My laptop');
	await expect(passkeys.getByText('My laptop')).toBeVisible();

	await page.getByRole('button', { name: 'Sign out', exact: true }).click();
	await page.goto('/sign-in?to=/account');
	await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
	await expect(page).toHaveURL('/account');
	await expect(passkeys.getByText('last used just now')).toBeVisible();

	await page.getByRole('button', { name: 'Remove My laptop' }).click();
	await expect(page.getByText('The passkey is removed.')).toBeVisible();
	await page.getByRole('button', { name: 'Sign out', exact: true }).click();
	await page.goto('/sign-in');
	await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
	await expect(page.getByRole('alert')).toContainText('This passkey was not accepted.');
});

test('a passkey confirms that an account is to be deleted', async ({ people, app }) => {
	const page = await people.stranger(byName(app));
	await giveAuthenticator(page);
	const email = await signUp(page);
	await addPasskey(page, 'My laptop');
	await page.goto('/account/delete');
	await page.getByRole('button', { name: 'Confirm with a passkey' }).click();
	await expect(page).toHaveURL('/');
	await signIn(page, email);
	await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/is wrong/);
});

test('passkeys are not offered where a browser cannot use them', async ({ people, app }) => {
	const page = await people.stranger();
	await page.goto('/sign-in');
	await expect(page.getByRole('button', { name: 'Show what is typed' })).toBeVisible();
	await expect(page.getByRole('button', { name: /passkey/ })).toHaveCount(0);
	await signUp(page);
	await page.goto('/account');
	await expect(page.getByText('Passkeys cannot be used here')).toBeVisible();

	const still = await people.stranger({ ...byName(app), javaScriptEnabled: false });
	await still.goto('/sign-in');
	await expect(still.getByRole('button', { name: /passkey/ })).toHaveCount(0);
});

test('an account is changed by the keyboard alone', async ({ people }) => {
	const page = await people.stranger();
	await signUp(page);
	await page.goto('/account');
	await expect(page.getByText('Passkeys cannot be used here')).toBeVisible();
	const press = async (key: string, times = 1) => {
		for (let n = 0; n < times; n++) await page.keyboard.press(key);
	};
	// Home, account, sign out, then the first setting.
	await press('Tab', 4);
	await press('Enter');
	await press('Tab');
	await expect(page.getByLabel('Your name')).toBeFocused();
	await press('Control+a');
	await page.keyboard.type('Typed by keys');
	await press('Enter');
	await expect(page.getByText('Your name is changed.')).toBeVisible();
	await expect(nameIn(page)).toContainText('Typed by keys');
});

test('one’s data comes as a file', async ({ people }) => {
	const page = await people.stranger();
	await signUp(page);
	await page.goto('/account');
	const download = page.waitForEvent('download');
	await page.getByRole('link', { name: 'Download your data' }).click();
	expect((await download).suggestedFilename()).toBe('detente-account.json');
});

for (const colorScheme of ['light', 'dark'] as const) {
	for (const width of [390, 1440]) {
		test(`no page of accounts has a serious finding of axe: ${colorScheme}, ${width} px`, async ({
			people,
			app
		}) => {
			const options: BrowserContextOptions = {
				...byName(app),
				colorScheme,
				reducedMotion: 'reduce',
				viewport: { width, height: 900 }
			};
			const page = await people.stranger(options);
			const check = async () => {
				const { violations } = await new AxeBuilder({ page })
					.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
					.analyze();
				const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`);
				expect(found).toEqual([]);
				const isWider = await page.evaluate(
					() => document.body.scrollWidth > document.body.clientWidth
				);
				expect(isWider).toBe(false);
			};
			await giveAuthenticator(page);
			await page.goto('/sign-in');
			await expect(page.getByRole('button', { name: /passkey/ })).toBeVisible();
			await check();
			await signIn(page, 'nobody@example.org');
			await expect(page.locator('.error')).toBeVisible();
			await check();
			for (const path of ['/sign-up', '/forgot-password', '/reset/unknown']) {
				await page.goto(path);
				await check();
			}
			const email = await signUp(
				page,
				undefined,
				'A name of sixty characters, which is the longest that may be'
			);
			await page.goto(await makeLink(app, email));
			await check();
			await addPasskey(page, 'A passkey whose name is as long as a name of one can ever be');
			await check();
			for (const summary of await page.locator('summary').all()) await summary.click();
			await page.getByRole('button', { name: 'Change the password' }).scrollIntoViewIfNeeded();
			await page.getByLabel('Present password').fill('not that one');
			await page.getByLabel('New password').fill(NEW);
			await page.getByRole('button', { name: 'Change the password' }).click();
			await expect(page.locator('.error')).toBeVisible();
			await page.getByRole('button', { name: 'Add a passkey' }).click();
			await check();
			await page.goto('/account/delete');
			await expect(page.getByRole('button', { name: 'Confirm with a passkey' })).toBeVisible();
			await check();
		});
	}
}
