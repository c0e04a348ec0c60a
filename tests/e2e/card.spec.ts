import { BoardPage } from './board-page.ts';
import { expect, expectSaved, test } from './app.ts';

test('a card is added, filled in, weighed and seen by everybody', async ({ people }) => {
	const { page, code } = await people.facilitator('Amara', 'blank');
	const amara = new BoardPage(page);
	const jonas = new BoardPage(await people.participant('Jonas', code));

	await amara.column('Easing').getByRole('button', { name: 'Add parameter' }).click();
	await page.getByLabel('New parameter in Easing').fill('Joint water commission');
	await page.keyboard.press('Enter');
	await expect(jonas.column('Easing')).toContainText('Joint water commission');
	await page.getByRole('button', { name: 'Close', exact: true }).click();

	await amara.open('Joint water commission');
	const { sheet } = amara;
	await sheet.getByRole('radio', { name: '4' }).check({ force: true });
	await sheet.getByRole('radio', { name: 'high' }).check({ force: true });
	await sheet.getByLabel('Toward cooperation').fill('It meets again');
	await sheet.getByLabel('Toward conflict').fill('It is dissolved');
	await sheet.getByLabel('Notes').click();
	await page.keyboard.type('Met in March.');
	await sheet.getByRole('button', { name: 'Add evidence' }).click();
	await sheet.getByLabel('What happened').fill('The commission met');
	await sheet.getByLabel('Day').fill('2026-03-02');
	await sheet.getByLabel(/Direction/).fill('6');
	await sheet.getByLabel('Link').fill('https://example.org/minutes');
	await sheet.getByRole('button', { name: 'Add', exact: true }).click();
	await expectSaved(page);

	await expect(jonas.card('Joint water commission')).toContainText('1 source');
	await expect(jonas.card('Joint water commission')).toContainText('high');
	await jonas.open('Joint water commission');
	await expect(jonas.sheet.getByLabel('Notes')).toContainText('Met in March.');
	await expect(jonas.sheet.getByLabel('Toward conflict')).toHaveValue('It is dissolved');
	await expect(jonas.sheet.getByRole('radio', { name: '4' })).toBeChecked();
	const link = jonas.sheet.getByRole('link', { name: 'example.org' });
	await expect(link).toHaveAttribute('rel', /noopener/);
	await expect(link).toHaveAttribute('href', 'https://example.org/minutes');
	await expect(jonas.page.getByTestId('reading')).toHaveText('+50');
});

test('evidence is checked next to its field, edited and removed', async ({ people }) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const [title = ''] = Object.values((await board.seen()).columns).flat();
	await board.open(title);
	const { sheet } = board;
	const count = await sheet.getByRole('button', { name: /^Remove/ }).count();

	await sheet.getByRole('button', { name: 'Add evidence' }).click();
	await sheet.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(sheet.getByRole('alert').filter({ hasText: 'Say what happened.' })).toBeVisible();
	await expect(sheet.getByLabel('What happened')).toBeFocused();
	await sheet.getByLabel('What happened').fill('A new thing');
	await sheet.getByLabel('Link').fill('javascript:alert(1)');
	await sheet.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(sheet.getByRole('alert').filter({ hasText: 'https://' })).toBeVisible();
	await expect(sheet.getByLabel('Link')).toBeFocused();
	await sheet.getByLabel('Link').fill('');
	await sheet.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(sheet.getByRole('button', { name: /^Remove/ })).toHaveCount(count + 1);

	await sheet.getByRole('button', { name: 'Edit A new thing' }).click();
	await sheet.getByLabel('What happened').fill('A newer thing');
	await sheet.getByRole('button', { name: 'Save' }).click();
	await sheet.getByRole('button', { name: 'Remove A newer thing' }).click();
	await expect(sheet.getByRole('button', { name: /^Remove/ })).toHaveCount(count);
	await board.announcement.getByRole('button', { name: 'Undo' }).click();
	await expect(sheet.getByRole('button', { name: 'Remove A newer thing' })).toBeVisible();
});

test('the trash keeps a card until it is restored', async ({ people }) => {
	const { page, code } = await people.facilitator();
	const board = new BoardPage(page);
	const jonas = new BoardPage(await people.participant('Jonas', code));
	const before = await board.seen();
	const [title = ''] = Object.values(before.columns).flat();

	await board.open(title);
	await board.sheet.getByRole('button', { name: 'Move to trash' }).click();
	await expect(board.card(title)).toHaveCount(0);
	await expect(jonas.card(title)).toHaveCount(0);

	await jonas.page.getByRole('button', { name: 'Trash (1)' }).click();
	await jonas.page.getByRole('button', { name: `Restore ${title}` }).click();
	await jonas.page.keyboard.press('Escape');
	await expect(board.card(title)).toBeVisible();
	expect((await board.seen()).columns).toEqual(before.columns);
});

test('columns are renamed, moved on the scale, added and removed, and no card is lost', async ({
	people
}) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	await page.getByRole('button', { name: 'Board and columns' }).click();
	await page.getByLabel('Name of the column Stalemate').fill('Standstill');
	await page.keyboard.press('Tab');
	await expect(board.page.getByRole('heading', { name: 'Standstill' })).toHaveCount(1);

	await page.getByLabel('Name of a new column').fill('Thaw');
	await page.getByLabel('Score of the new column').fill('120');
	await page.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(page.getByRole('alert').filter({ hasText: '+100' })).toBeVisible();
	await page.getByLabel('Score of the new column').fill('25');
	await page.getByRole('button', { name: 'Add', exact: true }).click();
	await page.getByRole('button', { name: 'Remove the column Tension' }).click();
	await page.keyboard.press('Escape');

	await expect(page.locator('[data-column] h2')).toHaveText([
		'Conflict',
		'Standstill',
		'Thaw',
		'Easing',
		'Cooperation'
	]);
	await expect(page.locator('[data-card]')).toHaveCount(12);
});

test('a theme is added, renamed and given to a card', async ({ people }) => {
	const { page } = await people.facilitator('Amara', 'blank');
	const board = new BoardPage(page);
	await board.column('Easing').getByRole('button', { name: 'Add parameter' }).click();
	await page.getByLabel('New parameter in Easing').fill('Joint patrols');
	await page.keyboard.press('Enter');
	await page.getByRole('button', { name: 'Board and columns' }).click();
	await page.getByLabel('Name of a new theme').fill('Security');
	await page.keyboard.press('Enter');
	await page.getByLabel('Name of the theme Security').fill('Border security');
	await page.keyboard.press('Tab');
	await page.keyboard.press('Escape');

	await board.open('Joint patrols');
	await board.sheet.getByLabel('Theme').selectOption('Border security');
	await expect(board.card('Joint patrols')).toContainText('Border security');
	await expect(page.getByRole('complementary', { name: 'Barometer' })).toContainText(
		'Border security 100%'
	);
});

test('a title of 240 characters without a space stays inside its card', async ({ people }) => {
	const { page } = await people.facilitator('Amara', 'blank');
	const board = new BoardPage(page);
	await board.column('Easing').getByRole('button', { name: 'Add parameter' }).click();
	await page.getByLabel('New parameter in Easing').fill('W'.repeat(240));
	await page.keyboard.press('Enter');
	const card = await page.locator('[data-card]').boundingBox();
	const column = await board.column('Easing').boundingBox();
	expect(card?.width).toBeLessThanOrEqual(column?.width ?? 0);
	const overflow = await page.evaluate(
		() => document.documentElement.scrollWidth > document.documentElement.clientWidth
	);
	expect(overflow).toBe(false);
});

test('a card whose review is overdue is dashed, and the page claims no trend of an old board', async ({
	people
}) => {
	const page = await people.stranger();
	const answer = await page.request.post('/api/rooms', {
		data: { template: 'us-russia-cyber-detente', name: 'Amara' }
	});
	const { id } = (await answer.json()) as { id: string };
	await page.clock.install();
	await page.goto(`/rooms/${id}`);
	await expectSaved(page);
	const barometer = page.getByRole('complementary', { name: 'Barometer' });
	const card = page.locator('[data-card] article').first();
	await expect(barometer).toContainText('since “Room opened”');
	await expect(card).toHaveCSS('border-style', 'solid');

	await page.clock.fastForward(40 * 24 * 3600 * 1000);
	await expect(card).toHaveCSS('border-style', 'dashed');
	await expect(card).toContainText('Review overdue.');
	await expect(barometer).toContainText('0% of the weight reviewed within 30 days');
	await expect(barometer).not.toContainText('since “Room opened”');
});
