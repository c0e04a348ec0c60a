/** The projector: what a hall sees of a room. */
import type { Page } from '@playwright/test';
import { rmSync } from 'node:fs';
import { openDatabase } from '../../server/database/database.ts';
import { writeShow } from '../../server/stage/show.repository.ts';
import { setStage } from '../../server/stage/stage.repository.ts';
import { insertWorkshop } from '../../server/workshop/workshop.repository.ts';
import { STEP_KINDS } from '../../src/lib/stage/show.ts';
import { BACK_MS, People, expect, expectBack, test } from './app.ts';
import { expectNoSeriousFinding } from './axe.ts';
import { BoardPage } from './board-page.ts';
import { startApp } from './start-app.ts';
import { Workshop } from './workshop.ts';

const REASON = 'because the hotline was silent';
const LONGEST = 'Whether requests for the extradition of people are answered '.repeat(4);

const roomOf = (page: Page) => new URL(page.url()).pathname.split('/')[2] ?? '';
const screenOf = (projector: Page) => projector.getByTestId('projector');

/** In the same browser, beside the board. */
async function present(board: Page): Promise<Page> {
	const projector = await board.context().newPage();
	await projector.goto(`/rooms/${roomOf(board)}/present`);
	await expect(screenOf(projector)).toHaveAttribute('data-screen', /./);
	return projector;
}

interface Seen {
	cards: { id: string; title: string }[];
	columns: { id: string; label: string }[];
}

async function boardOf(page: Page): Promise<Seen> {
	return (await (await page.request.get(`/api/rooms/${roomOf(page)}`)).json()) as Seen;
}

/** Sends JSON as the person of that page. */
async function post(page: Page, path: string, data: object = {}): Promise<{ id: string }> {
	const answer = await page.request.post(`/api/rooms/${roomOf(page)}/${path}`, { data });
	expect(answer.ok(), await answer.text()).toBe(true);
	return (await answer.json()) as { id: string };
}

/** What does not fit the window, and what is cut off of the screen. */
function misfits(projector: Page): Promise<string[]> {
	return projector.evaluate(() => {
		const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.documentElement;
		const found = [];
		if (scrollWidth > clientWidth || scrollHeight > clientHeight) found.push('the page scrolls');
		for (const part of document.querySelectorAll('main h2, main p, footer p, header p')) {
			const { left, right, top, bottom } = part.getBoundingClientRect();
			// What has no place in its part of the screen is cut off there.
			const within = part.closest('.about, .screen')?.getBoundingClientRect();
			const end = Math.min(innerHeight, within?.bottom ?? Infinity);
			const isOut = left < -1 || top < -1 || right > innerWidth + 1 || bottom > end + 1;
			const isEmpty = part.textContent.trim() === '';
			if (isOut && !isEmpty) found.push(`${part.tagName}: ${part.textContent.trim().slice(0, 40)}`);
		}
		return found;
	});
}

test('the projector follows a round from its count to its reveal, and tells nothing before', async ({
	people
}) => {
	const { page: fay, code } = await people.facilitator('Fay');
	const ana = await people.participant('Anastasia', code);
	const ben = await people.participant('Benedikt', code);
	const { cards, columns } = await boardOf(fay);
	const [card] = cards;
	const projector = await present(fay);
	await expect(screenOf(projector)).toHaveAttribute('data-screen', 'welcome');
	await expect(projector.getByTestId('room-code')).toHaveText(code);
	await expect(projector.getByText('3 people are here')).toBeVisible();
	await expect(projector.getByRole('img', { name: 'QR code of the link to join' })).toBeVisible();
	await projector.evaluate(() => Object.assign(globalThis, { isTheSamePage: true }));

	const { id } = await post(fay, 'rounds', { cards: [card?.id], least: 2 });
	await expect(projector.getByTestId('count')).toHaveText('0 of 3 have answered');
	await expect(projector.getByRole('heading', { name: card?.title })).toBeVisible();
	await expect(projector.getByTestId('join')).toContainText(code);
	await expectNoSeriousFinding(projector);
	const told = async () => (await screenOf(projector).innerText()).replace(/\d of 3/, '');
	const before = await told();
	const answer = { card: card?.id, column: columns.at(-1)?.id, reason: REASON };
	await post(ana, `rounds/${id}/placements`, answer);
	await post(ben, `rounds/${id}/placements`, answer);
	await expect(projector.getByTestId('count')).toHaveText('2 of 3 have answered');
	expect(await told()).toBe(before);

	await post(fay, `rounds/${id}/reveal`);
	await expect(projector.getByTestId('outcome')).toContainText('the middle is Cooperation');
	await expect(projector.getByTestId('outcome')).toContainText('100 % within one column');
	await expect(projector.locator('.dot')).toHaveCount(2);
	const after = await projector.content();
	for (const secret of ['Anastasia', 'Benedikt', REASON]) expect(after).not.toContain(secret);
	await expectNoSeriousFinding(projector);

	await post(fay, `rounds/${id}/end`);
	await expect(screenOf(projector)).toHaveAttribute('data-screen', 'welcome');
	expect(await projector.evaluate(() => 'isTheSamePage' in globalThis)).toBe(true);
});

test('several cards of a round are counted and revealed together', async ({ people }) => {
	const { page: fay } = await people.facilitator('Fay');
	const { cards, columns } = await boardOf(fay);
	const ids = cards.slice(0, 3).map((card) => card.id);
	const projector = await present(fay);
	const { id } = await post(fay, 'rounds', { cards: ids, least: 1 });
	await post(fay, `rounds/${id}/placements`, { card: ids[1], column: columns[0]?.id });
	await expect(projector.getByTestId('count')).toHaveText([/0 of 1$/, /1 of 1$/, /0 of 1$/]);
	await post(fay, `rounds/${id}/reveal`);
	await expect(projector.getByTestId('outcome')).toHaveText([
		/too few answers/,
		/Conflict/,
		/too few answers/
	]);
});

test('the code is that of the door that is open now, and only for who may pass it on', async ({
	people
}) => {
	const { page: fay, code } = await people.facilitator('Fay');
	const vic = await people.participant('Vic', code);
	const workshop = new Workshop(fay);
	const [mine, theirs] = [await present(fay), await present(vic)];
	await expect(theirs.getByTestId('room-code')).toHaveText(code);

	await workshop.openPeople();
	await workshop.make('Vic', 'Viewer');
	await expect(theirs.getByTestId('room-code')).toHaveCount(0);
	await workshop.close();
	await workshop.changeDoor();
	await workshop.dialog.getByRole('button', { name: 'New code' }).click();
	await expect(mine.getByTestId('room-code')).not.toHaveText(code);
	await expect(mine.getByTestId('room-code')).toHaveText(/^.{4}-.{4}$/);
	await workshop.dialog.getByRole('button', { name: 'Close the door' }).click();
	await expect(mine.getByTestId('room-code')).toHaveCount(0);
	await expect(mine.getByText('Join at')).toBeVisible();
	await workshop.close();

	await workshop.openPeople();
	await workshop.doTo('Vic', 'Take out of the room');
	await expect(theirs.getByRole('alert')).toHaveText('This projector was taken out of the room.');
});

test('it is dark, has nothing to operate, and keeps the screen awake', async ({ people }) => {
	const { page: fay } = await people.facilitator('Fay', 'blank', { colorScheme: 'light' });
	const projector = await fay.context().newPage();
	await projector.addInitScript(() => {
		const locks: WakeLockSentinel[] = [];
		const request = WakeLock.prototype.request;
		WakeLock.prototype.request = async function (type) {
			const lock = await request.call(this, type);
			locks.push(lock);
			return lock;
		};
		Object.assign(globalThis, { locks });
	});
	await projector.goto(`/rooms/${roomOf(fay)}/present`);
	await expect(screenOf(projector)).toHaveAttribute('data-screen', 'welcome');
	await expect(screenOf(projector)).toHaveCSS('color-scheme', 'dark');
	await expect(projector).toHaveTitle(/Presenting/);
	await expect(projector.locator('a, button, input, select, [tabindex]')).toHaveCount(0);
	await expectNoSeriousFinding(projector);
	await expect
		.poll(() =>
			projector.evaluate(() => {
				const { locks } = globalThis as unknown as { locks: WakeLockSentinel[] };
				return locks.map(({ released }) => released);
			})
		)
		.toEqual([false]);
});

test('the longest title fits every projector, asked and revealed', async ({ people }) => {
	const { page: fay } = await people.facilitator('Fay', 'blank');
	await fay.getByRole('button', { name: 'Add parameter' }).first().click();
	await fay.getByPlaceholder('What is to be tracked?').fill(LONGEST.slice(0, 240));
	await fay.keyboard.press('Enter');
	await expect.poll(async () => (await boardOf(fay)).cards.length).toBe(1);
	const { cards, columns } = await boardOf(fay);
	const projector = await present(fay);
	const fits = async () => {
		for (const [width, height] of [
			[1024, 768],
			[1920, 1080],
			[3840, 2160]
		] as const) {
			await projector.setViewportSize({ width, height });
			expect(await misfits(projector), `at ${width} × ${height}`).toEqual([]);
		}
	};
	await fits();
	const { id } = await post(fay, 'rounds', { cards: [cards[0]?.id], least: 1 });
	await expect(projector.getByTestId('count')).toBeVisible();
	await fits();
	await post(fay, `rounds/${id}/placements`, { card: cards[0]?.id, column: columns[1]?.id });
	await post(fay, `rounds/${id}/reveal`);
	await expect(projector.getByTestId('outcome')).toBeVisible();
	await fits();
});

test('it comes back by itself after the server was away, and shows how the stage stands then', async ({
	browser
}, { timeout }) => {
	test.setTimeout(timeout + 2 * BACK_MS);
	let app = await startApp();
	const people = new People(browser, app.url);
	try {
		const { page: fay } = await people.facilitator('Fay', undefined, { reducedMotion: 'reduce' });
		const id = roomOf(fay);
		const board = new BoardPage(fay);
		const { cards, columns } = await boardOf(fay);
		const named = await fay.request.post(`/api/rooms/${id}/checkpoints`, {
			data: { name: 'This morning' }
		});
		expect(named.ok()).toBe(true);
		await board.moveByMenu(cards[0]?.title ?? '', columns.at(-1)?.label ?? '');
		const projector = await present(fay);
		await post(fay, 'rounds', { cards: [cards[0]?.id] });
		await expect(projector.getByTestId('count')).toBeVisible();

		await app.stop('SIGKILL');
		await expect(projector.getByText('Reconnecting…')).toBeVisible();
		await expect(projector.getByTestId('count')).toHaveText('0 of 1 have answered');

		const db = openDatabase(app.dataDir);
		const endsAt = new Date(Date.now() + 600_000).toISOString();
		const steps = STEP_KINDS.map((kind) => ({
			...{ kind, title: `The ${kind}`, minutes: 10, asks: false, notes: 'Nobody else reads this.' },
			card: kind === 'card' ? (cards[1]?.id ?? null) : null
		}));
		await db.deleteFrom('rounds').execute();
		await insertWorkshop(db, id, new Date().toISOString());
		await writeShow(db, id, 0, steps);
		await setStage(db, id, {
			step: STEP_KINDS.indexOf('compare'),
			timer: JSON.stringify({ endsAt, leftMs: null, lengthMs: 600_000 }),
			message: 'Five minutes more.'
		});
		await db.destroy();
		app = await startApp(app);

		await expect(screenOf(projector)).toHaveAttribute('data-screen', 'compare', {
			timeout: BACK_MS
		});
		await expect(projector.getByText('Reconnecting…')).toHaveCount(0);
		await expect(projector.getByText('The compare')).toBeVisible();
		await expect(projector.getByText('Five minutes more.')).toBeVisible();
		await expect(projector.getByTestId('timer')).toHaveText(/^0\d:\d\d\s*$/);
		await expect(projector.getByRole('heading', { name: 'This morning' })).toBeVisible();
		await expect(projector.getByTestId('parts')).toContainText(cards[0]?.title ?? '');
		expect(await projector.content()).not.toContain('Nobody else reads this.');
		// And goes on following the board.
		await expectBack(fay);
		await board.moveByMenu(cards[1]?.title ?? '', columns[0]?.label ?? '');
		await expect(projector.getByTestId('parts')).toContainText(cards[1]?.title ?? '');
		expect(await misfits(projector)).toEqual([]);
		await expectNoSeriousFinding(projector);
	} finally {
		await people.leave();
		await app.stop();
		rmSync(app.dataDir, { recursive: true, force: true });
	}
});
