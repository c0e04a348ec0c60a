import { expectNoSeriousFinding } from './axe.ts';
import { BoardPage } from './board-page.ts';
import { expect, expectSaved, test } from './app.ts';

test('a move is argued on the board, and its history, checkpoints and set hand follow', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara');
	const phone = await people.participant('Ben', code, { viewport: { width: 390, height: 844 } });
	const [amara, ben] = [new BoardPage(page), new BoardPage(phone)];
	const [title = ''] = Object.values((await amara.seen()).columns).flat();

	// Ben moves a card with the keyboard, and says why.
	await phone.getByRole('button', { name: `Move ${title} to…` }).click();
	await phone.getByRole('menuitem', { name: 'Cooperation' }).click();
	const strip = phone.getByTestId('reason-strip');
	await expect(strip.getByRole('button', { name: 'Say why' })).toBeVisible();
	await expectSaved(phone);
	await phone.keyboard.press('Alt+r');
	await expect(strip.getByLabel('Your reason')).toBeFocused();
	// What others do meanwhile takes nothing away.
	await amara.moveByMenu(title, 'Easing');
	await expect(amara.page.getByTestId('reason-strip')).toBeVisible();
	await page.getByRole('button', { name: 'Skip the reason' }).click();
	await expect(amara.page.getByTestId('reason-strip')).toBeHidden();
	await strip.getByRole('button', { name: 'Save' }).click();
	await expect(strip.getByText('Type why you moved it, in a line.')).toBeVisible();
	await strip.getByLabel('Your reason').fill('They signed the protocol.');
	await strip.getByLabel('Source').fill('https://example.org/protocol');
	await strip.getByRole('button', { name: 'Save' }).click();
	await expect(strip).toBeHidden();
	await expect(ben.announcement).toContainText('Your reason is in the history');

	// The history says who, from where to where, and why; a move without a reason is asserted.
	await expectSaved(page);
	await phone.getByRole('link', { name: 'History and checkpoints' }).click();
	await expect(phone.getByRole('heading', { name: 'What happened here' })).toBeVisible();
	const moves = phone.locator('[data-kind="card.moved"]');
	await expect(moves).toHaveCount(2);
	await expect(moves.first()).toContainText(`Amara moved ${title} from Cooperation to Easing.`);
	await expect(moves.first()).toContainText('Asserted: no reason given.');
	await expect(moves.first().getByText('Say why')).toBeHidden();
	await expect(moves.last()).toContainText(`Ben moved ${title} from`);
	await expect(moves.last()).toContainText('They signed the protocol.');
	await expect(moves.last().getByRole('link', { name: 'Source' })).toHaveAttribute(
		'href',
		'https://example.org/protocol'
	);
	await expect(phone.getByLabel('Name for the reading of now')).toBeHidden();
	await expectNoSeriousFinding(phone);
	await phone
		.getByRole('link')
		.filter({ hasText: /détente/i })
		.last()
		.click();
	await expectSaved(phone);

	// A facilitator names the reading of now; every page compares with it at once.
	const second = await page.context().newPage();
	await second.goto(`${page.url()}/history`);
	await second.getByText('Say why').click();
	await second.getByRole('button', { name: 'Save' }).click();
	await expect(second.getByText('Type why you moved it, in a line.')).toBeVisible();
	await second.getByLabel('Why, in a line').fill('It is on paper only.');
	await second.getByRole('button', { name: 'Save' }).click();
	await expect(second.getByText('It is on paper only.')).toBeVisible();
	await second.getByLabel('Name for the reading of now').fill('Before the break');
	await second.getByRole('button', { name: 'Set', exact: true }).click();
	await expect(second.getByText('counted from “Before the break”')).toBeVisible();
	for (const each of [page, phone]) {
		await expect(each.getByText('since “Before the break”')).toBeVisible();
	}
	await second.getByRole('button', { name: 'Compare with Room opened' }).click();
	await expect(second.getByText('counted from “Room opened”')).toBeVisible();
	for (const each of [page, phone]) {
		await expect(each.getByText('since “Room opened”')).toBeVisible();
	}
	await expectNoSeriousFinding(second);
});

test('the history works without scripts', async ({ people }) => {
	const { page } = await people.facilitator('Amara');
	const still = await people.stranger({ javaScriptEnabled: false });
	await still.context().addCookies(await page.context().cookies());
	await still.goto(`${page.url()}/history`);
	await still.getByRole('button', { name: 'Set', exact: true }).click();
	await expect(still.getByText('Type a name for the checkpoint')).toBeVisible();
	await still.getByLabel('Name for the reading of now').fill('Noon');
	await still.getByRole('button', { name: 'Set', exact: true }).click();
	await expect(still.getByText('counted from “Noon”')).toBeVisible();
	await expect(page.getByText('since “Noon”')).toBeVisible();
});
