import { BoardPage } from './board-page.ts';
import { expect, test } from './app.ts';

const EXTRADITION = /Extradition/;

test('a drag with the mouse moves a card, the needle, and says by how much', async ({ people }) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const card = page.locator('[data-card]').filter({ hasText: EXTRADITION });
	const title = await card.getByRole('heading').innerText();
	const reading = await page.getByTestId('reading').innerText();

	await card.hover();
	await page.mouse.down();
	const target = await board.column('Cooperation').boundingBox();
	if (target === null) throw new Error('No column on screen');
	await page.mouse.move(target.x + 60, target.y + 90, { steps: 12 });
	// Before it is dropped it says what the drop would do.
	await expect(page.getByText(/^Cooperation: \+\d+\.\d$/)).toBeVisible();
	await page.mouse.up();

	await expect(board.column('Cooperation').locator('[data-card]').first()).toContainText(title);
	await expect(board.announcement).toContainText(
		new RegExp(`${title} moved to Cooperation: \\+\\d+\\.\\d`)
	);
	await expect(page.getByRole('status').filter({ hasText: 'reading' })).toContainText(/, up \d/);
	await expect(page.getByTestId('reading')).not.toHaveText(reading);
});

test('Escape ends a drag and leaves the card where it was', async ({ people }) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const before = await board.seen();
	const card = page.locator('[data-card]').filter({ hasText: EXTRADITION });
	await card.hover();
	await page.mouse.down();
	const target = await board.column('Cooperation').boundingBox();
	await page.mouse.move((target?.x ?? 0) + 60, (target?.y ?? 0) + 90, { steps: 8 });
	await page.keyboard.press('Escape');
	await page.mouse.up();
	expect(await board.seen()).toEqual(before);
});

test('a drag with a finger moves a card', async ({ people }) => {
	const { page } = await people.facilitator('Amara', 'us-russia-cyber-detente', {
		hasTouch: true,
		viewport: { width: 1024, height: 768 }
	});
	const board = new BoardPage(page);
	const card = page.locator('[data-card]').filter({ hasText: EXTRADITION });
	const from = await card.boundingBox();
	const to = await board.column('Stalemate').boundingBox();
	if (from === null || to === null) throw new Error('Not on screen');

	const session = await page.context().newCDPSession(page);
	const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number) =>
		session.send('Input.dispatchTouchEvent', {
			type,
			touchPoints: x === undefined || y === undefined ? [] : [{ x, y }]
		});
	const start = { x: from.x + 40, y: from.y + 20 };
	await touch('touchStart', start.x, start.y);
	// A finger has to rest before it lifts the card; until then it scrolls.
	await expect(async () => {
		await touch('touchMove', start.x + 1, start.y);
		await expect(page.locator('[data-dnd-dragging]').first()).toBeVisible({ timeout: 100 });
	}).toPass({ timeout: 5_000 });
	for (let step = 1; step <= 10; step += 1) {
		const share = step / 10;
		await touch(
			'touchMove',
			start.x + (to.x + 50 - start.x) * share,
			start.y + (to.y + 70 - start.y) * share
		);
	}
	await touch('touchEnd');
	await expect(board.column('Stalemate')).toContainText(EXTRADITION);
});

test('the keyboard alone moves a card by steps and by menu, and stays on it', async ({
	people
}) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const title = page.locator('[data-card]').filter({ hasText: EXTRADITION }).locator('h3 button');
	const name = await title.innerText();
	const columns = Object.entries((await board.seen()).columns);
	const from = columns.findIndex(([, cards]) => cards.includes(name));
	const right = columns[from + 1]?.[0] ?? '';

	await title.focus();
	await page.keyboard.press('Shift+ArrowRight');
	await expect(board.column(right)).toContainText(name);
	await expect(title).toBeFocused();

	await page.keyboard.press('Shift+ArrowUp');
	await expect(title).toBeFocused();
	const cards = (await board.seen()).columns[right] ?? [];
	expect(cards.indexOf(name)).toBe(Math.max(0, cards.length - 2));

	await page.keyboard.press('m');
	await expect(page.getByRole('menu')).toBeVisible();
	await page.keyboard.press('End');
	await page.keyboard.press('Home');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('menu')).toBeHidden();
	await expect(board.column('Conflict')).toContainText(name);
	await expect(title).toBeFocused();

	await page.keyboard.press('Control+z');
	await expect(board.column(right)).toContainText(name);
	await page.keyboard.press('Control+Shift+z');
	await expect(board.column('Conflict')).toContainText(name);
});

test('undo takes back only one’s own move', async ({ people }) => {
	const { page, code } = await people.facilitator();
	const amara = new BoardPage(page);
	const jonas = new BoardPage(await people.participant('Jonas', code));
	const [mine = '', theirs = ''] = Object.values((await amara.seen()).columns).flat();
	const before = await amara.seen();
	await amara.moveByMenu(mine, 'Cooperation');
	await jonas.moveByMenu(theirs, 'Conflict');
	await expect(amara.column('Conflict')).toContainText(theirs);

	await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
	const places = (columns: Record<string, string[]>, title: string) =>
		Object.entries(columns).find(([, cards]) => cards.includes(title))?.[0];
	await expect(async () => {
		const { columns } = await jonas.seen();
		expect(places(columns, mine)).toBe(places(before.columns, mine));
		expect(places(columns, theirs)).toBe('Conflict');
	}).toPass({ timeout: 5_000 });
});
