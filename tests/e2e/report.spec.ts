import { expectNoSeriousFinding } from './axe.ts';
import { BoardPage } from './board-page.ts';
import { expect, expectSaved, test } from './app.ts';
import { openWorkshop } from './opened-workshop.ts';

test('a workshop ends with a report, which is written on, shared, printed and taken back', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara');
	const room = new URL(page.url()).pathname.split('/').at(-1)!;
	const phone = await people.participant('Benedikt', code, {
		viewport: { width: 390, height: 844 }
	});
	const [title = ''] = Object.values((await new BoardPage(page).seen()).columns).flat();

	const workshop = await openWorkshop(page, room, 'Where we stand');
	await phone.getByRole('button', { name: `Move ${title} to…` }).click();
	await phone.getByRole('menuitem', { name: 'Cooperation' }).click();
	await expectSaved(phone);
	const api = `/api/rooms/${room}`;
	const { cards } = (await (await phone.request.get(api)).json()) as {
		cards: { id: string; title: string; column: string }[];
	};
	const { id: card, column } = cards.find((each) => each.title === title)!;
	const data = { card, column, reason: 'They signed.', source: 'https://example.org/treaty' };
	expect((await phone.request.post(`${api}/reasons`, { data })).ok()).toBe(true);
	const path = `/rooms/${room}/report/${workshop.id}`;
	await phone.goto(path);
	await expect(phone.getByText('the report so far')).toBeVisible();
	await workshop.close();

	// Everybody in the room reads it; a phone shows it without scrolling sideways.
	await phone.goto(`/rooms/${room}/report`);
	await phone.getByRole('link', { name: 'Workshop 1' }).click();
	await expect(phone.getByText('2 people took part: Amara and Benedikt.')).toBeVisible();
	const moves = phone.getByRole('region', { name: 'Moves' });
	await expect(moves).toContainText('They signed.');
	await expect(moves.getByRole('link', { name: 'Source' })).toHaveAttribute('href', data.source);
	await expect(phone.getByTestId('waterfall')).toContainText(/\+\d/);
	await expect(phone.getByRole('region', { name: 'Agenda' })).toContainText('Where we stand');
	await expect(phone.getByRole('heading', { name: 'Share the report' })).toBeHidden();
	const width = await phone.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(390);
	await expectNoSeriousFinding(phone);

	// A facilitator says what is to be done; of two at once, the second sees what the first wrote.
	await page.goto(path);
	const second = await page.context().newPage();
	await second.goto(path);
	const write = async (lines: string, on = page) => {
		await on.getByLabel('A line each').fill(lines);
		await on.getByRole('button', { name: 'Save', exact: true }).click();
	};
	await write('Write to Geneva\nAsk the hotline');
	await expect(page.getByText('Saved. It stands in the report.')).toBeVisible();
	await write('Mine', second);
	await expect(page.getByRole('region', { name: 'To be done' })).toContainText('Ask the hotline');
	await expect(second.getByText('Somebody has changed these lines meanwhile')).toBeVisible();
	await expect(second.getByRole('region', { name: 'To be done' })).toContainText('Write to Geneva');
	await expect(second.getByLabel('A line each')).toHaveValue('Mine');
	await second.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(second.getByText('Saved. It stands in the report.')).toBeVisible();
	await expectNoSeriousFinding(second);

	// Whoever has the link reads it without coming in, by names only if that is wanted.
	await page.getByRole('button', { name: 'Share by a link' }).click();
	await expect(page.getByText('Shared, without names.')).toBeVisible();
	const link = await page.getByLabel('Link to this report').inputValue();
	expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/report\/[\w-]{43}$/);
	const stranger = await people.stranger();
	await stranger.goto(link);
	await expect(stranger.getByText('2 people took part.')).toBeVisible();
	await expect(stranger.getByText('They signed.')).toBeVisible();
	expect(await stranger.content()).not.toMatch(new RegExp(`Amara|Benedikt|${room}|${workshop.id}`));
	await expectNoSeriousFinding(stranger);
	const file = async (format: string) =>
		(await stranger.request.get(`${link}/file?format=${format}`)).text();
	expect(await file('md')).toContain('They signed.');
	expect(await file('csv')).not.toContain('Amara');
	expect(JSON.parse(await file('json'))).toMatchObject({ number: 1, people: null });
	expect((await stranger.request.get(`${link}/file?format=exe`)).status()).toBe(404);
	expect((await stranger.request.get(path)).status()).toBe(401);

	await page.getByLabel('Show the names of people in it').check();
	await page.getByRole('button', { name: 'Change' }).click();
	await expect(page.getByText('Shared, with names.')).toBeVisible();
	await stranger.reload();
	await expect(stranger.getByText('2 people took part: Amara and Benedikt.')).toBeVisible();

	// On paper there are no controls.
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByRole('region', { name: 'Moves' })).toBeVisible();
	await expect(page.locator('button:visible, input:visible, textarea:visible')).toHaveCount(0);
	await expect(page.getByRole('link', { name: 'Détente Board' })).toBeHidden();
	await page.emulateMedia({ media: 'screen' });

	await page.getByRole('button', { name: 'Take the link back' }).click();
	await expect(page.getByText('The link opens nothing any more.')).toBeVisible();
	expect((await stranger.reload())?.status()).toBe(404);
	await expect(stranger.getByRole('heading', { name: 'No such report' })).toBeVisible();
});

test('a report is written on and shared without scripts', async ({ people }) => {
	const { page } = await people.facilitator('Amara');
	const room = new URL(page.url()).pathname.split('/').at(-1)!;
	const workshop = await openWorkshop(page, room);
	await workshop.close();
	const still = await people.stranger({ javaScriptEnabled: false });
	await still.context().addCookies(await page.context().cookies());
	await still.goto(`/rooms/${room}/report/${workshop.id}`);
	await still.getByLabel('A line each').fill('x'.repeat(241));
	await still.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(still.getByText('Write at most 240 characters in a line.')).toBeVisible();
	await still.getByLabel('A line each').fill('Write to Geneva');
	await still.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(still.getByRole('region', { name: 'To be done' })).toContainText('Write to Geneva');
	await still.getByRole('button', { name: 'Share by a link' }).click();
	await expect(still.getByLabel('Link to this report')).toHaveValue(/\/report\//);
	await still.getByRole('button', { name: 'Take the link back' }).click();
	await expect(still.getByRole('button', { name: 'Share by a link' })).toBeVisible();
});
