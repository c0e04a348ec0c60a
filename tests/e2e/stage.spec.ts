import { rmSync } from 'node:fs';
import { expectNoSeriousFinding } from './axe.ts';
import { BoardPage } from './board-page.ts';
import { BACK_MS, expect, expectBack, People, test } from './app.ts';
import { startApp } from './start-app.ts';
import { Workshop } from './workshop.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

test('a workshop is led from the board: steps, spotlight, lock, message, hands, readiness', async ({
	people
}) => {
	const { page: fay, code } = await people.facilitator('Fay');
	const [ana, ben] = await Promise.all([
		people.participant('Ana', code, PHONE),
		people.participant('Ben', code)
	]);
	const board = new BoardPage(ben);
	const title =
		Object.values((await board.seen()).columns)
			.flat()
			.at(-1) ?? '';
	const lead = new Workshop(fay);

	await fay.getByRole('button', { name: 'Lead', exact: true }).click();
	await lead.dialog.getByRole('button', { name: 'Start a workshop' }).click();
	await lead.dialog.getByLabel('Card that everybody looks at').selectOption({ label: title });
	for (const page of [ana, ben]) {
		await expect(page.getByTestId('stage').getByText(title)).toBeVisible();
	}
	await expectNoSeriousFinding(fay);
	await ana.evaluate(() => scrollTo(0, 0));
	await lead.dialog.getByRole('button', { name: 'Bring everyone here' }).click();
	await expect(ana.getByText(`You were brought to “${title}”.`)).toBeVisible();
	await expect(new BoardPage(ana).card(title)).toBeInViewport();
	await ana.getByRole('button', { name: 'Back to where I was' }).click();
	await expect.poll(() => ana.evaluate(() => scrollY)).toBe(0);

	// Whoever has said that their view stays put is only told.
	await ben.getByRole('button', { name: 'Stay' }).click();
	await ben.getByRole('button', { name: 'People', exact: true }).click();
	await ben.getByLabel('Leave my view where it is').check();
	await ben.keyboard.press('Escape');
	await lead.dialog.getByRole('button', { name: 'Bring everyone here' }).click();
	await expect(ben.getByTestId('announcement')).toContainText('Everybody is called to');
	await expect(ben.getByText('You were brought to')).toHaveCount(0);

	await lead.dialog.getByLabel('Lock the board').check();
	await lead.dialog.getByLabel('Message to all').fill('Two minutes more.');
	await lead.dialog.getByRole('button', { name: 'Tell' }).click();
	await expect(ana.getByTestId('stage')).toContainText('Two minutes more.');
	await expect(ben.getByTestId('stage')).toContainText('Cards stay where they are for now');
	await expect(ben.getByRole('button', { name: /^Move .* to…$/ })).toHaveCount(0);
	const before = await board.seen();
	await board.card(title).getByRole('button', { name: title, exact: true }).focus();
	await ben.keyboard.press('Shift+ArrowLeft');
	expect(await board.seen()).toEqual(before);
	// The rest stays theirs.
	await board.card(title).getByRole('button', { name: title, exact: true }).press('Enter');
	await expect(ben.getByLabel('Stands at')).toBeDisabled();
	await ben.getByRole('button', { name: 'Still so' }).click();
	await ben.keyboard.press('Escape');

	await ben.getByRole('button', { name: 'Raise hand' }).click();
	await expect(lead.dialog.getByRole('listitem').filter({ hasText: 'Ben' })).toBeVisible();
	await ana.getByRole('button', { name: 'Raise hand' }).click();
	await expect(lead.dialog.getByRole('listitem')).toHaveText([/Ben/, /Ana/]);
	await ana.getByRole('button', { name: 'I’m ready' }).click();
	await ben.getByRole('button', { name: 'People', exact: true }).click();
	await expect(new Workshop(ben).person('Ana')).toContainText('hand raised · ready');
	await ben.keyboard.press('Escape');
	await expect(lead.dialog.getByText('1 of 2 participants say')).toBeVisible();
	await lead.dialog.getByRole('button', { name: 'Lower all hands' }).click();
	for (const page of [ana, ben]) {
		await expect(page.getByRole('button', { name: 'Raise hand' })).toBeVisible();
	}
	await expectNoSeriousFinding(ana);

	await lead.dialog.getByLabel('Minutes').fill('2');
	await lead.dialog.getByRole('button', { name: 'Start the timer' }).click();
	await expect(ana.getByTestId('timer')).toContainText(/0[12]:\d\d/);
	await lead.dialog.getByRole('button', { name: 'Pause' }).click();
	await expect(ana.getByTestId('timer')).toContainText('paused');

	await lead.dialog.getByRole('button', { name: 'Close the workshop' }).click();
	await lead.dialog.getByRole('button', { name: 'Close workshop 1' }).click();
	for (const page of [ana, ben]) {
		await expect(page.getByTestId('stage')).toContainText('Workshop 1 is closed.');
		await expect(page.getByTestId('stage')).not.toContainText(title);
	}
	await expect(ben.getByRole('button', { name: `Move ${title} to…` })).toBeAttached();
});

test('what two work on is shown, followed, and hidden from all when a facilitator says so', async ({
	people
}) => {
	const { page: fay, code } = await people.facilitator('Fay');
	const ana = await people.participant('Ana', code, PHONE);
	const board = new BoardPage(fay);
	const title =
		Object.values((await board.seen()).columns)
			.flat()
			.at(-1) ?? '';
	await ana.getByRole('button', { name: 'People', exact: true }).click();
	await ana.getByLabel('Follow what somebody works on').selectOption({ label: 'Fay' });
	await ana.keyboard.press('Escape');
	await expect(ana.getByText('You follow Fay.')).toBeVisible();
	await ana.evaluate(() => scrollTo(0, 0));
	await board.open(title);
	await expect(new BoardPage(ana).card(title)).toBeInViewport();
	await expect(ana.getByText('Fay is editing')).toBeVisible();
	await fay.keyboard.press('Escape');
	await fay.getByRole('button', { name: 'Lead', exact: true }).click();
	await fay.getByLabel('Hide who works on which card').check();
	await fay.keyboard.press('Escape');
	await board.open(title);
	await ana.getByRole('button', { name: 'Stop' }).click();
	await expect(ana.getByText('Fay is editing')).toHaveCount(0);
});

test('a phone is the remote control: steps with private notes, kept over a restart of the server', async ({
	browser
}) => {
	const own = await startApp();
	const people = new People(browser, own.url);
	const { page: fay, code } = await people.facilitator('Fay');
	const ana = await people.participant('Ana', code);
	const room = new URL(fay.url()).pathname;
	const steps = [
		{ kind: 'welcome', title: 'Hello', notes: 'Ask who is new.' },
		{ kind: 'break', title: 'Coffee', minutes: 10 }
	];
	const written = await fay.request.put(`/api${room}/show`, { data: { from: 0, steps } });
	expect(written.status()).toBe(200);
	const phone = await fay.context().newPage();
	await phone.setViewportSize(PHONE.viewport);
	await phone.goto(`${room}/lead`);
	await phone.getByRole('button', { name: 'Start', exact: true }).click();
	await expect(phone.getByTestId('notes')).toHaveText('Ask who is new.');
	await expect(ana.getByTestId('stage')).toContainText('Hello');
	await expect(ana.locator('body')).not.toContainText('Ask who is new.');
	await phone.keyboard.press('PageDown');
	await expect(ana.getByTestId('stage')).toContainText('Coffee');
	await expect(ana.getByTestId('timer')).toContainText(/(10|09):\d\d/);
	await expectNoSeriousFinding(phone);
	await phone.emulateMedia({ colorScheme: 'dark' });
	await expectNoSeriousFinding(phone);

	await own.stop('SIGKILL');
	const restarted = await startApp(own);
	await expectBack(ana);
	await expect(ana.getByTestId('stage')).toContainText('Coffee');
	await expect(phone.getByRole('alert')).toHaveCount(0, { timeout: BACK_MS });
	await phone.getByRole('button', { name: 'Previous' }).click();
	await expect(ana.getByTestId('stage')).toContainText('Hello');
	expect((await ana.request.get(`${room}/lead`)).status()).toBe(403);
	await people.leave();
	await restarted.stop();
	rmSync(own.dataDir, { recursive: true, force: true });
});
