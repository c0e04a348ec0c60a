/** What only shows on a screen of a certain size. */
import type { Page } from '@playwright/test';
import { BoardPage } from './board-page.ts';
import { expect, expectSaved, test } from './app.ts';

const SIZES = [
	{ width: 1440, height: 900 },
	{ width: 1024, height: 768 },
	{ width: 768, height: 1024 },
	{ width: 390, height: 844 },
	{ width: 320, height: 640 }
];

/** How much wider and higher than the window the page is. */
function overflow(page: Page) {
	return page.evaluate(() => {
		const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
		return { across: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
	});
}

for (const viewport of SIZES) {
	const { width, height } = viewport;
	const isPhone = width < 700;

	test(`at ${width} × ${height} nothing is cut off, jumps or complains`, async ({ people }) => {
		const touch = isPhone ? { hasTouch: true, isMobile: true } : {};
		const page = await people.stranger({ viewport, ...touch });
		const complaints: string[] = [];
		page.on('console', (message) => {
			if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
		});
		page.on('pageerror', (error) => complaints.push(error.message));
		page.on('requestfailed', (request) => complaints.push(request.url()));
		await page.addInitScript(() => {
			const seen = globalThis as unknown as { shift: number };
			seen.shift = 0;
			new PerformanceObserver((list) => {
				for (const entry of list.getEntries()) {
					seen.shift += (entry as PerformanceEntry & { value: number }).value;
				}
			}).observe({ type: 'layout-shift', buffered: true });
		});

		await page.goto('/');
		const start = await overflow(page);
		expect(start.across).toBe(0);
		if (!isPhone) expect(start.down).toBe(0);

		const answer = await page.request.post('/api/rooms', {
			data: { template: 'us-russia-cyber-detente', name: 'Amara Keita' }
		});
		const { id } = (await answer.json()) as { id: string };
		await page.goto(`/rooms/${id}`);
		await expectSaved(page);
		await page.waitForLoadState('networkidle');
		const board = await overflow(page);
		expect(board.across).toBe(0);
		if (!isPhone) expect(board.down).toBe(0);
		const shift = await page.evaluate(() => (globalThis as unknown as { shift: number }).shift);
		expect(shift).toBeLessThan(0.02);
		expect(complaints).toEqual([]);
	});
}

test('the start page shows both ways in on the first screen of a phone', async ({ people }) => {
	const page = await people.stranger({ viewport: { width: 390, height: 844 } });
	await page.goto('/');
	for (const name of ['Join with a code', 'Open a board']) {
		await expect(page.getByRole('heading', { name })).toBeInViewport({ ratio: 1 });
	}
});

for (const viewport of [SIZES[0], SIZES[1]].filter((size) => size !== undefined)) {
	test(`the mark of the ruler stands over its place between the columns: ${viewport.width} px`, async ({
		people
	}) => {
		const { page } = await people.facilitator('Amara', 'us-russia-cyber-detente', {
			viewport,
			reducedMotion: 'reduce'
		});
		const board = new BoardPage(page);
		const [title = ''] = Object.values((await board.seen()).columns).flat();
		await board.moveByMenu(title, 'Cooperation');
		await expectSaved(page);
		const id = page.url().split('/').at(-1) ?? '';
		const answer = await page.request.get(`/api/rooms/${id}/reading`);
		const { value } = (await answer.json()) as { value: number };

		const centre = async (label: string) => {
			const box = await board.column(label).boundingBox();
			return (box?.x ?? 0) + (box?.width ?? 0) / 2;
		};
		// Stalemate is at 0, Easing at +50.
		const [from, to] = [await centre('Stalemate'), await centre('Easing')];
		expect(value).toBeGreaterThan(0);
		expect(value).toBeLessThan(50);
		const hand = await page.locator('.ruler .hand').boundingBox();
		const at = (hand?.x ?? 0) + (hand?.width ?? 0) / 2;
		// A column's gap belongs to neither neighbour, so the middle may be off by a part of it.
		expect(Math.abs(at - (from + (to - from) * (value / 50)))).toBeLessThan(3);
	});
}

test('the ruler and the names of the columns stay while a long column scrolls', async ({
	people
}) => {
	const { page } = await people.facilitator('Amara', 'us-russia-cyber-detente', {
		viewport: { width: 1024, height: 768 }
	});
	const board = new BoardPage(page);
	const last = board.column('Stalemate').locator('[data-card]').last();
	await expect(last).not.toBeInViewport();
	await last.hover();
	await page.mouse.wheel(0, 2_000);
	await expect(board.column('Stalemate').getByRole('button', { name: 'Add' })).toBeInViewport();
	await expect(page.locator('.ruler .hand').first()).toBeInViewport({ ratio: 1 });
	await expect(page.getByRole('heading', { name: 'Stalemate' })).toBeInViewport({ ratio: 1 });
});

test('the sheet of a card leaves the card in sight and all columns within reach', async ({
	people
}) => {
	const { page } = await people.facilitator();
	const board = new BoardPage(page);
	const title = page.locator('[data-card] h3 button', { hasText: /OSCE/ });
	await title.click();
	await expect(board.sheet.getByLabel('Notes')).toBeVisible();
	const sheet = await board.sheet.boundingBox();
	const edge = async (label: string) => {
		const box = await board.column(label).boundingBox();
		return (box?.x ?? 0) + (box?.width ?? 0);
	};
	await expect(async () => {
		const card = await title.boundingBox();
		expect((card?.x ?? 0) + (card?.width ?? 0)).toBeLessThanOrEqual(sheet?.x ?? 0);
	}).toPass({ timeout: 5_000 });
	await page.mouse.move(500, 500);
	await page.mouse.wheel(2_000, 0);
	await expect(async () => {
		expect(await edge('Cooperation')).toBeLessThanOrEqual(sheet?.x ?? 0);
	}).toPass({ timeout: 5_000 });
});

test('"Move to…" covers nothing that a card says', async ({ people }) => {
	const { page } = await people.facilitator();
	const card = page.locator('[data-card]').filter({ hasText: /Ransomware/ });
	await card.hover();
	const button = await card.getByRole('button', { name: /^Move/ }).boundingBox();
	const sources = await card.locator('.sources').boundingBox();
	if (button === null || sources === null) throw new Error('Not on screen');
	const isBelow = sources.y >= button.y + button.height;
	const isBeside = sources.x + sources.width <= button.x;
	expect(isBelow || isBeside).toBe(true);
});

test('the smallest phone has two lines of controls, with the title and who is here', async ({
	people
}) => {
	const { page, code } = await people.facilitator('Amara', 'blank', {
		viewport: { width: 320, height: 640 },
		hasTouch: true,
		isMobile: true
	});
	for (const name of ['Jonas', 'Sofia', 'Tom', 'Yan']) await people.participant(name, code);
	await expect(page.getByRole('list', { name: '5 people here' })).toBeVisible();
	const invite = await page.getByRole('button', { name: 'Invite' }).boundingBox();
	const trash = await page.getByRole('button', { name: /^Trash/ }).boundingBox();
	expect(invite?.y).toBe(trash?.y);
});

test('a tablet begins at the first column, a phone at the one that the reading names', async ({
	people
}) => {
	const begins = async (width: number, height: number) => {
		const { page } = await people.facilitator('Amara', 'us-russia-cyber-detente', {
			viewport: { width, height }
		});
		return new BoardPage(page);
	};
	const tablet = await begins(768, 1024);
	await expect(tablet.column('Conflict').getByRole('heading').first()).toBeInViewport({
		ratio: 1
	});
	const phone = await begins(390, 844);
	await expect(phone.column('Stalemate').getByRole('heading').first()).toBeInViewport();
	await expect(phone.column('Conflict')).not.toBeInViewport();
});

test('paper gets the board and all that the reading is made of, and no controls', async ({
	people
}) => {
	const { page } = await people.facilitator('Amara', 'us-russia-cyber-detente', {
		viewport: { width: 794, height: 1123 }
	});
	await page.emulateMedia({ media: 'print' });
	await expect(page.getByText('By theme')).toBeVisible();
	for (const name of ['Invite', 'Undo', 'Add parameter', 'What the reading is made of']) {
		await expect(page.getByRole('button', { name }).first()).toBeHidden();
	}
	expect((await overflow(page)).across).toBe(0);
});
