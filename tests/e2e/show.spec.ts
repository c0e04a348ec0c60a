import type { BrowserContextOptions } from '@playwright/test';
import { expectNoSeriousFinding } from './axe.ts';
import { BoardPage } from './board-page.ts';
import { expect, test, type People } from './app.ts';
import { ShowPage } from './show-page.ts';
import { Workshop } from './workshop.ts';

const HOUR = ['Welcome', 'Where we stand', 'Break', 'What has moved', 'Close'];

async function openShow(people: People, options: BrowserContextOptions = {}) {
	const { page, code } = await people.facilitator(
		'Amara Keita',
		'us-russia-cyber-detente',
		options
	);
	const room = page.url();
	const show = new ShowPage(page);
	await show.open();
	return { page, code, room, show };
}

test('a facilitator takes the hour, changes it, saves it, and finds it again', async ({
	people
}) => {
	const { page, show } = await openShow(people);
	await show.takeScript();
	await expect(page.getByText(/^12 steps, 1 h\b/)).toBeVisible();
	const titles = await show.titles();
	expect(titles).toEqual(expect.arrayContaining(HOUR));
	expect(titles).toHaveLength(12);
	await expect(show.state).toHaveText('Not saved yet');

	const close = await show.unfold('Close');
	await close.getByLabel('Private notes').fill('Thank the hosts by name.');
	await close.getByLabel('Minutes (optional)').fill('7.5');
	await close.getByRole('button', { name: 'Add a step after this one' }).click();
	await page.getByLabel('Everybody sees').last().selectOption('A break');
	await show.save();
	await show.open();
	expect(await show.titles()).toEqual([...titles, 'Break']);
	await expect(page.getByText('Thank the hosts by name.')).toBeVisible();
	await expect(page.getByText(/^13 steps, 1 h 7\.5 min/)).toBeVisible();
});

test('a run of show is prepared with the keyboard alone', async ({ people }) => {
	const { page, show } = await openShow(people);
	const press = (...keys: string[]) =>
		keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
	const focused = () => page.locator(':focus');

	await show.button('Add a step').focus();
	await press('Enter');
	// The new step has the keyboard: what it shows, how long, its title, its notes.
	await expect(focused()).toHaveAccessibleName('Everybody sees');
	await press('Tab', 'Tab');
	await expect(focused()).toHaveAccessibleName('Title');
	await press('ControlOrMeta+a');
	await page.keyboard.type('Hello all');
	await press('Tab');
	await page.keyboard.type('Wait for the last ones.');
	await press('Tab', 'Enter');
	await expect(focused()).toHaveAccessibleName('Everybody sees');
	// A card: chosen by its first letters, which gives the step its title.
	await press('Tab', 'Tab');
	await expect(focused()).toHaveAccessibleName('Card');
	await page.keyboard.type('Extr');
	const card = page.getByRole('group', { name: /^Step 2, Extradition/ });
	await expect(card.getByLabel('Title')).toHaveValue(/^Extradition/);
	await press('Tab', 'Space', 'Space');
	await expect(card.getByRole('checkbox')).toBeChecked();

	const up = show.button(/^Move Extradition.* up$/);
	await up.focus();
	await press('Enter');
	await expect(page.getByRole('status')).toHaveText(/^“Extradition.*” is now step 1 of 2\.$/);
	await expect(up).toBeFocused();
	await press('Enter');
	await expect(up).toBeFocused();
	expect((await show.titles())[1]).toBe('Hello all');

	await press('ControlOrMeta+s');
	await expect(show.state).toHaveText('Saved');
	await expect(page.getByRole('status')).toHaveText('Saved.');

	await page
		.getByRole('group', { name: /^Step 1/ })
		.getByRole('button', { name: 'Remove this step' })
		.focus();
	await press('Enter');
	await expect(focused()).toHaveAccessibleName('Fold step 1, Hello all');
	await show.button('Take it back').focus();
	await press('Enter');
	await expect(show.state).toHaveText('Saved');
	expect(await show.titles()).toEqual([expect.stringMatching(/^Extradition/), 'Hello all']);
});

test('a step is dragged by its handle to where it belongs', async ({ people }) => {
	const { page, show } = await openShow(people);
	await show.takeScript();
	const step = (title: string) => page.locator('[data-step]', { hasText: title }).first();
	const grip = await step('Welcome').locator('.grip').boundingBox();
	const below = await step('Where we stand').boundingBox();
	await page.mouse.move(grip!.x + 8, grip!.y + 12);
	await page.mouse.down();
	await page.mouse.move(grip!.x + 20, grip!.y + 40, { steps: 4 });
	await page.mouse.move(below!.x + 40, below!.y + below!.height - 4, { steps: 6 });
	await expect(page.locator('[data-landing="after"]')).toHaveCount(1);
	await page.mouse.up();
	await expect
		.poll(async () => (await show.titles()).slice(0, 2))
		.toEqual(['Where we stand', 'Welcome']);
});

test('the ready hour asks before it takes the place of steps, and gives them back', async ({
	people
}) => {
	const { page, show } = await openShow(people);
	await show.button('Add a step').click();
	await page.getByLabel('Title').fill('Typed by hand');
	await page.getByText('Take the one-hour reading').click();
	await page.getByRole('button', { name: 'Replace 1 step, 5 min' }).click();
	await expect(page.locator('[data-step]')).toHaveCount(12);
	await show.button('Take it back').click();
	expect(await show.titles()).toEqual(['Typed by hand']);
});

test('of two facilitators who change it at once the second is told, and nothing typed is lost', async ({
	people
}) => {
	const { page, code, room, show } = await openShow(people);
	const jonas = await people.participant('Jonas', code);
	await page.goto(room);
	const amara = new Workshop(page);
	await amara.openPeople();
	await amara.make('Jonas', 'Facilitator');
	await expect(amara.person('Jonas')).toContainText(/facilitator/i);
	await show.open();
	const other = new ShowPage(jonas);
	await expect(async () => other.open(room)).toPass();

	await show.takeScript();
	await other.button('Add a step').click();
	await jonas.getByLabel('Title').fill('Of Jonas');
	await jonas.getByLabel('Private notes').fill('Typed for ten minutes');
	await show.save();

	await other.button('Save').click();
	const told = jonas.getByRole('alert');
	await expect(told).toContainText('Another facilitator has saved');
	await expect(told).toContainText('Theirs has 12 steps');
	await expect(other.state).toHaveText('Not saved');
	await expect(jonas.getByLabel('Private notes')).toHaveValue('Typed for ten minutes');
	await expectNoSeriousFinding(jonas);

	await other.button('Load theirs').click();
	await expect(jonas.locator('[data-step]')).toHaveCount(12);
	await expect(other.state).toHaveText('Saved');
	await other.button('Take it back').click();
	await expect(other.state).toHaveText('Not saved yet');
	await expect(jonas.getByLabel('Private notes')).toHaveValue('Typed for ten minutes');
	await other.save();

	// Now it is her who is behind, and she insists.
	await show.button('Add a step').click();
	const title = page.getByLabel('Title', { exact: true });
	// What was complete when it was saved does not make a new step wrong.
	await expect(title).toHaveAttribute('aria-invalid', 'false');
	await title.fill('Of Amara');
	await show.button('Save').click();
	await show.button('Save mine over theirs').click();
	await expect(show.state).toHaveText('Saved');
	await other.open(room);
	await expect(jonas.locator('[data-step]')).toHaveCount(13);
});

test('an answer that is lost on its way is not taken for another facilitator’s change', async ({
	people
}) => {
	const { page, show } = await openShow(people);
	await show.takeScript();
	await page.route('**/api/rooms/*/show', async (route) => {
		if (route.request().method() === 'PUT') await route.fetch();
		await route.abort();
	});
	await show.button('Save').click();
	await expect(page.getByRole('alert')).toContainText('The server cannot be reached');
	await expect(show.state).toHaveText('Not saved yet');
	await page.unroute('**/api/rooms/*/show');
	await show.save();
	await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a page that is left with something unsaved asks first', async ({ people }) => {
	const { page, room, show } = await openShow(people);
	await show.takeScript();
	const asked: string[] = [];
	page.on('dialog', async (dialog) => {
		asked.push(dialog.type());
		await (asked.length < 3 ? dialog.dismiss() : dialog.accept());
	});
	const way = page.getByRole('navigation', { name: 'Room' }).getByRole('link').first();
	await way.click();
	await expect.poll(() => asked).toEqual(['confirm']);
	await page.reload({ timeout: 3_000 }).catch(() => undefined);
	expect(asked).toEqual(['confirm', 'beforeunload']);
	await expect(show.state).toHaveText('Not saved yet');
	await way.click();
	await page.waitForURL(room);
});

test('a step without a title or with too long notes is shown, and nothing is sent', async ({
	people
}) => {
	const { page, show } = await openShow(people);
	await show.takeScript();
	const welcome = await show.unfold('Welcome');
	await welcome.getByLabel('Title').fill('');
	const untitled = page.getByRole('group', { name: 'Step 1, Untitled' });
	await untitled.getByLabel('Private notes').fill('x'.repeat(1_003));
	await expect(untitled.getByLabel('Private notes')).toHaveAccessibleDescription(
		/Shorten them by 3/
	);
	await show.button(/^Fold step 1/).click();
	const sent: string[] = [];
	page.on('request', (request) => sent.push(request.method()));
	await show.button('Save').click();
	await expect(untitled.getByLabel('Title')).toBeFocused();
	await expect(untitled.getByLabel('Title')).toHaveAccessibleDescription(/Type a title/);
	await expect(page.getByRole('alert')).toHaveText(
		'Step 1 needs a change before this can be saved.'
	);
	expect(sent).not.toContain('PUT');
	await untitled.getByLabel('Private notes').fill('Short');
	await untitled.getByLabel('Title').fill('Hello');
	await show.save();
});

test('a card that has left the board is named, and its step kept', async ({ people }) => {
	const { page, room, show } = await openShow(people);
	await show.takeScript();
	const gone = (await show.titles())[2] ?? '';
	await show.save();
	await page.goto(room);
	const board = new BoardPage(page);
	await board.open(gone);
	await board.sheet.getByRole('button', { name: /trash/i }).click();
	await expect(board.announcement).toContainText('is in the trash');
	await show.open(room);
	await expect(page.getByText(`“${gone}” has left the board; the step stays`)).toBeVisible();
	const fields = await show.unfold(gone);
	await expect(fields.getByLabel('Card')).toHaveAccessibleDescription(/has left the board/);
	await fields.getByLabel('Private notes').fill('It comes back next week.');
	await show.save();
	await show.open(room);
	await expect(page.getByText(`“${gone}” has left the board; the step stays`)).toBeVisible();
});

test('participants are told that it is not for them', async ({ people }) => {
	const { code, room } = await openShow(people);
	const ana = await people.participant('Ana', code);
	await ana.goto(`${room}/show`);
	await expect(ana.getByRole('heading', { name: 'Not for your role' })).toBeVisible();
});

test('without scripts it can be read, and says what it takes to change it', async ({ people }) => {
	const { page, room, show } = await openShow(people);
	await show.takeScript();
	await show.save();
	const still = await people.stranger({
		javaScriptEnabled: false,
		storageState: await page.context().storageState()
	});
	await still.goto(`${room}/show`);
	await expect(still.locator('noscript p')).toHaveText(
		/^To prepare the run of show, allow scripts/
	);
	await expect(still.getByRole('heading', { name: 'What has moved' })).toBeVisible();
	await expect(still.getByText('Say when you meet again')).toBeVisible();
	await expect(still.getByRole('button', { name: /Save|Edit|Add/ })).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
	for (const width of [390, 1440]) {
		test(`it has no serious finding of axe, and fits: ${colorScheme}, ${width} px`, async ({
			people
		}) => {
			const { page, show } = await openShow(people, {
				...{ colorScheme, viewport: { width, height: 844 }, reducedMotion: 'reduce' }
			});
			await expectNoSeriousFinding(page);
			await show.takeScript();
			const fields = await show.unfold('Welcome');
			await fields.getByLabel('Minutes (optional)').fill('soon');
			await fields.getByLabel('Title').fill('W'.repeat(130));
			await show.button('Save').click();
			await expect(page.getByRole('alert')).toBeVisible();
			await expectNoSeriousFinding(page);
			expect(
				await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
			).toBeLessThanOrEqual(0);
		});
	}
}
