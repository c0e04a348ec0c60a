import { BoardPage } from './board-page.ts';
import { expect, test } from './app.ts';

const EXTRADITION = /Extradition/;

test('the keyboard stays on a card that an undo or somebody else moves', async ({ people }) => {
	const { page, code } = await people.facilitator();
	const amara = new BoardPage(page);
	const jonas = new BoardPage(await people.participant('Jonas', code));
	const title = page.locator('[data-card] h3 button', { hasText: EXTRADITION });
	const name = await title.innerText();

	await title.focus();
	await page.keyboard.press('Shift+ArrowRight');
	await expect(amara.column('Stalemate')).toContainText(name);
	await page.keyboard.press('Control+z');
	await expect(amara.column('Tension')).toContainText(name);
	await expect(title).toBeFocused();

	await jonas.moveByMenu(name, 'Cooperation');
	await expect(amara.column('Cooperation')).toContainText(name);
	await expect(title).toBeFocused();
});

test('undo keeps the keyboard when there is nothing left to undo', async ({ people }) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const [title = ''] = Object.values((await board.seen()).columns).flat();
	await board.moveByMenu(title, 'Cooperation');
	const undo = page.getByRole('banner').getByRole('button', { name: 'Undo' });
	await undo.focus();
	await page.keyboard.press('Enter');
	await expect(undo).toHaveAttribute('aria-disabled', 'true');
	await expect(undo).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(board.column('Cooperation').locator('[data-card]')).toHaveCount(0);
});

test('a form that closes gives the keyboard back to what opened it', async ({ people }) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const add = board.column('Conflict').getByRole('button', { name: 'Add parameter' });
	await add.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('New parameter in Conflict')).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(add).toBeFocused();

	const [title = ''] = Object.values((await board.seen()).columns).flat();
	await board.open(title);
	const { sheet } = board;
	const addEvidence = sheet.getByRole('button', { name: 'Add evidence' });
	await addEvidence.focus();
	await page.keyboard.press('Enter');
	await page.keyboard.type('A treaty is signed');
	await page.keyboard.press('Escape');
	await expect(addEvidence).toBeFocused();

	await page.keyboard.press('Enter');
	await page.keyboard.type('A treaty is signed');
	await sheet.getByRole('button', { name: 'Add', exact: true }).focus();
	await page.keyboard.press('Enter');
	await expect(addEvidence).toBeFocused();

	const edit = sheet.getByRole('button', { name: 'Edit A treaty is signed' });
	await edit.focus();
	await page.keyboard.press('Enter');
	await expect(sheet.getByLabel('What happened')).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(edit).toBeFocused();

	await sheet.getByRole('button', { name: 'Remove A treaty is signed' }).focus();
	await page.keyboard.press('Enter');
	await expect(edit).toHaveCount(0);
	await expect(sheet.locator(':focus')).toHaveCount(1);
});

test('what the last change offers is used by the keyboard and gives it back', async ({
	people
}) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const title = page.locator('[data-card] h3 button', { hasText: EXTRADITION });
	await title.focus();
	await page.keyboard.press('Shift+ArrowRight');
	await expect(title).toBeFocused();
	await board.announcement.getByRole('button', { name: 'Dismiss' }).focus();
	await page.keyboard.press('Enter');
	await expect(board.announcement).toBeHidden();
	await expect(title).toBeFocused();

	await page.keyboard.press('Shift+ArrowRight');
	await board.announcement.getByRole('button', { name: 'Undo' }).focus();
	await page.keyboard.press('Enter');
	await expect(board.column('Stalemate')).toContainText(EXTRADITION);
	await expect(board.announcement.getByRole('button', { name: 'Undo' })).toHaveCount(0);
	await expect(title).toBeFocused();
});

test('what the last change says of an open dialog can be undone without leaving it', async ({
	people
}) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	await page.getByRole('button', { name: 'Board and columns' }).click();
	await page.getByRole('button', { name: 'Remove the column Tension' }).click();
	await board.announcement.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByLabel('Name of the column Tension')).toHaveValue('Tension');
	await expect(board.announcement).toContainText('3 parameters moved');
});

test('every move is told to who cannot see it, also within a column and by undo', async ({
	people
}) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const spoken = page.getByRole('status');
	const title = page.locator('[data-card] h3 button', { hasText: EXTRADITION });
	const name = await title.innerText();

	await title.focus();
	await page.keyboard.press('Shift+ArrowRight');
	await expect(spoken).toHaveText(
		new RegExp(`^${name} moved to Stalemate, reading \\+\\d+, up \\d\\.\\d$`)
	);
	const { Stalemate: cards = [] } = (await board.seen()).columns;
	await page.keyboard.press('Shift+ArrowUp');
	await expect(spoken).toHaveText(
		`${name} is now ${cards.length - 1} of ${cards.length} in Stalemate`
	);
	await page.keyboard.press('Control+z');
	await expect(spoken).toHaveText('Undone');
	await page.keyboard.press('Control+z');
	await expect(spoken).toHaveText(/moved to Tension, reading \+\d+, down \d\.\d$/);
	await page.keyboard.press('Control+Shift+z');
	await expect(spoken).toHaveText(/moved to Stalemate/);
});

test('a card put in the trash by its menu is named, counted, and the keyboard stays', async ({
	people
}) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const title = page.locator('[data-card] h3 button', { hasText: EXTRADITION });
	const name = await title.innerText();
	await title.focus();
	await page.keyboard.press('m');
	await expect(page.getByRole('menu')).toBeVisible();
	await page.keyboard.press('End');
	await page.keyboard.press('Enter');
	await expect(board.announcement).toContainText(`${name} is in the trash`);
	await expect(page.getByRole('button', { name: 'Trash (1)' })).toContainText('1');
	await expect(page.locator('[data-column] :focus')).toHaveCount(1);
});
