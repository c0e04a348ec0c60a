import { expect, expectSaved, test } from './app.ts';

test('a stranger opens a board from the template in under a minute', async ({ people }) => {
	const page = await people.stranger();
	await page.goto('/');
	const form = page.getByRole('region', { name: 'Open a board' });
	await form.getByLabel('Your name').fill('Amara Keita');
	await form.getByRole('button', { name: 'Open the board' }).click();
	await page.waitForURL('**/rooms/*');
	await expectSaved(page);
	await expect(page.locator('[data-card]')).toHaveCount(12);
	await expect(page.getByTestId('reading')).toHaveText(/^[+−]?\d+$/);
});

test('a blank board with a title of one’s own starts empty and says what to do', async ({
	people
}) => {
	const page = await people.stranger();
	await page.goto('/');
	const form = page.getByRole('region', { name: 'Open a board' });
	await form.getByRole('radio').last().check();
	await form.getByLabel('Title (optional)').fill('Water on the border');
	await form.getByLabel('Your name').fill('Amara');
	await form.getByRole('button', { name: 'Open the board' }).click();
	await expect(page.getByRole('heading', { name: 'Water on the border' })).toBeVisible();
	await expect(page.locator('[data-card]')).toHaveCount(0);
	await expect(page.getByText('No reading yet')).toBeVisible();
	await expect(page.getByText('It starts with the first parameter.')).toBeVisible();
});

test('joining takes a code and a name; the code may be typed carelessly', async ({ people }) => {
	const { page: facilitator, code } = await people.facilitator();
	const page = await people.stranger({ viewport: { width: 390, height: 844 } });
	await page.goto('/');
	const form = page.getByRole('region', { name: 'Join with a code' });
	await form
		.getByRole('textbox', { name: 'Code' })
		.fill(` ${code.toLowerCase().replace('-', ' ')}`);
	await form.getByLabel('Your name').fill('Jonas');
	await form.getByRole('button', { name: 'Join' }).click();
	await expect(page).toHaveURL(facilitator.url());
	await expectSaved(page);
});

for (const javaScriptEnabled of [true, false]) {
	test(`the link of an invitation needs a name only, ${
		javaScriptEnabled ? 'with' : 'without'
	} scripts, and names the room`, async ({ people }) => {
		const { page: facilitator } = await people.facilitator();
		await facilitator.getByRole('button', { name: 'Invite' }).click();
		const link = await facilitator.getByLabel('Or send this link').inputValue();

		const page = await people.stranger({ javaScriptEnabled });
		await page.goto(link);
		const form = page.getByRole('form', { name: 'Join the board' });
		const room = new URL(facilitator.url()).pathname.split('/').at(-1) ?? '';
		for (const name of ['', 'Jonas']) {
			await expect(form.locator('input[name=room]')).toHaveValue(room);
			await form.getByLabel('Your name').fill(name);
			await form.getByRole('button', { name: 'Join' }).click();
			if (name === '') await expect(form.getByLabel('Your name')).toBeFocused();
		}
		await expect(page).toHaveURL(facilitator.url());
	});
}

for (const javaScriptEnabled of [true, false]) {
	test(`a wrong code and a missing name are said next to the field, ${
		javaScriptEnabled ? 'with' : 'without'
	} scripts, and nothing typed is lost`, async ({ people }) => {
		const page = await people.stranger({ javaScriptEnabled });
		await page.goto('/');
		const form = page.getByRole('region', { name: 'Join with a code' });
		await form.getByRole('textbox', { name: 'Code' }).fill('AAAA-AAAA');
		await form.getByLabel('Your name').fill('Jonas');
		await form.getByRole('button', { name: 'Join' }).click();
		await expect(form.getByRole('textbox', { name: 'Code' })).toHaveAccessibleDescription(
			/No open room has this code/
		);
		await expect(form.getByRole('textbox', { name: 'Code' })).toHaveValue('AAAA-AAAA');
		await expect(form.getByLabel('Your name')).toHaveValue('Jonas');
		await expect(form.getByRole('textbox', { name: 'Code' })).toBeFocused();

		await form.getByLabel('Your name').fill('  ');
		await form.getByRole('button', { name: 'Join' }).click();
		await expect(form.getByLabel('Your name')).toHaveAccessibleDescription(/Type the name/);
		await expect(form.getByLabel('Your name')).toBeFocused();
	});
}

test('a board opens and reads before any script runs', async ({ people }) => {
	const page = await people.stranger({ javaScriptEnabled: false });
	await page.goto('/');
	const form = page.getByRole('region', { name: 'Open a board' });
	await form.getByLabel('Your name').fill('Amara');
	await form.getByRole('button', { name: 'Open the board' }).click();
	await expect(page.locator('[data-card]')).toHaveCount(12);
	await expect(page.getByTestId('reading')).toHaveText(/^[+−]?\d+$/);
	await expect(page.getByText('What moves the needle')).toBeVisible();
});

test('without scripts a board says so, hides nothing and offers nothing that does not work', async ({
	people
}) => {
	const viewport = { width: 390, height: 844 };
	const page = await people.stranger({ javaScriptEnabled: false, viewport });
	await page.goto('/');
	const form = page.getByRole('region', { name: 'Open a board' });
	await form.getByLabel('Your name').fill('Amara');
	await form.getByRole('button', { name: 'Open the board' }).click();
	// Playwright finds no text in <noscript>.
	await expect(page.locator('noscript p')).toBeVisible();
	await expect(page.getByText('By theme')).toBeVisible();
	for (const name of [/Undo/, /Invite/, /Trash/, /Add parameter/, /^Move/, /made of/]) {
		await expect(page.getByRole('button', { name })).toHaveCount(0);
	}
	await expect(page.getByText('Connecting…')).toBeHidden();
});

test('a stranger to a room is refused the board and shown the way in', async ({ people }) => {
	const { page: facilitator } = await people.facilitator();
	const stranger = await people.stranger();
	const answer = await stranger.goto(facilitator.url());
	expect(answer?.status()).toBe(401);
	await expect(stranger.locator('[data-card]')).toHaveCount(0);
	await stranger.getByRole('link', { name: 'Join with a code' }).click();
	await expect(stranger.getByRole('textbox', { name: 'Code' })).toBeVisible();

	const elsewhere = await people.facilitator('Sofia', 'blank');
	const refused = await elsewhere.page.goto(facilitator.url());
	expect(refused?.status()).toBe(403);
	await expect(elsewhere.page.locator('[data-card]')).toHaveCount(0);
});

test('an address without a room says so', async ({ people }) => {
	const { page } = await people.facilitator('Amara', 'blank');
	const answer = await page.goto('/rooms/AAAAAAAAAAAAAAAAAAAAAA');
	expect(answer?.status()).toBe(404);
	await expect(page.getByRole('heading', { name: 'There is nothing here' })).toBeVisible();

	await page.goto('/nowhere');
	await expect(page.getByText('There is no page at this address.')).toBeVisible();
});
