import { spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { rmSync } from 'node:fs';
import { BACK_MS, test as base, expect, expectBack, expectSaved, People } from './app.ts';
import { BoardPage, expectSameBoard } from './board-page.ts';
import { startApp, type App } from './start-app.ts';

/** A server of the test's own, to be stopped and broken. */
const test = base.extend<{ own: App; ownPeople: People }>({
	// eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern
	own: async ({}, use) => {
		const app = await startApp();
		await use(app);
		await app.stop();
		rmSync(app.dataDir, { recursive: true, force: true });
	},
	ownPeople: async ({ own, browser }, use) => {
		const people = new People(browser, own.url);
		await use(people);
		await people.leave();
	}
});

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
	test(`after ${signal} and a restart the page comes back with everything, also what was done meanwhile`, async ({
		own,
		ownPeople
	}, { timeout }) => {
		test.setTimeout(timeout + BACK_MS);
		const { page, code } = await ownPeople.facilitator();
		const amara = new BoardPage(page);
		const jonas = new BoardPage(await ownPeople.participant('Jonas', code));
		const [first = '', second = ''] = Object.values((await amara.seen()).columns).flat();
		await amara.moveByMenu(first, 'Cooperation');
		await expectSaved(page);

		await own.stop(signal);
		await expect(page.getByTestId('save-state')).toHaveText('Offline');
		await amara.moveByMenu(second, 'Conflict');

		const restarted = await startApp(own);
		try {
			await expectBack(page);
			await expectBack(jonas.page);
			await expectSameBoard(amara, jonas);
			const { columns } = await jonas.seen();
			expect(columns.Cooperation).toContain(first);
			expect(columns.Conflict).toContain(second);
		} finally {
			await restarted.stop();
		}
	});
}

test('while the database is locked the page says that nothing is saved, and saves when it can', async ({
	own,
	ownPeople
}) => {
	const { page, code } = await ownPeople.facilitator();
	const amara = new BoardPage(page);
	const jonas = new BoardPage(await ownPeople.participant('Jonas', code));
	const [title = ''] = Object.values((await amara.seen()).columns).flat();
	const before = await jonas.seen();

	const other = new DatabaseSync(join(own.dataDir, 'detente.sqlite'));
	other.exec('begin immediate');
	await amara.moveByMenu(title, 'Cooperation');
	await expect(page.getByTestId('save-state')).toHaveText('Not saved');
	await expect(page.getByRole('alert')).toContainText('cannot save at the moment');
	expect(await jonas.seen()).toEqual(before);
	other.exec('rollback');
	other.close();

	await expectSaved(page);
	await expect(jonas.column('Cooperation')).toContainText(title);
});

test('a damaged board says so on an open page, which brings back what was lost once it is restored', async ({
	own,
	ownPeople
}, { timeout }) => {
	test.setTimeout(timeout + 2 * BACK_MS);
	const { page } = await ownPeople.facilitator();
	const amara = new BoardPage(page);
	const before = await amara.seen();
	const id = new URL(page.url()).pathname.split('/').at(-1)!;

	await own.stop();
	const file = new DatabaseSync(join(own.dataDir, 'detente.sqlite'));
	const { data } = file.prepare('select data from updates').get() as { data: Uint8Array };
	data[data.length >> 1]! ^= 1;
	file.prepare('update updates set data = ?').run(data);
	file.close();
	const damaged = await startApp(own);
	try {
		const notice = page.getByRole('alert').filter({ hasText: 'damaged and was set aside' });
		await expect(notice).toContainText('What this device has of it stays here', {
			timeout: BACK_MS
		});
		const newcomer = await page.context().newPage();
		await newcomer.goto(`/api/rooms/${id}`);
		await expect(newcomer.locator('body')).toContainText('room-damaged');

		const restored = spawnSync(process.execPath, ['tools/rooms.ts', 'restore', id], {
			env: { PATH: process.env.PATH, DATA_DIR: own.dataDir },
			encoding: 'utf8'
		});
		expect(restored.stdout).toContain('is restored');
		await expectBack(page);
		await expect(notice).toBeHidden();
		expect(await amara.seen()).toEqual(before);
		const answer = await page.request.get(`/api/rooms/${id}`);
		expect(((await answer.json()) as { cards: unknown[] }).cards).toHaveLength(12);
	} finally {
		await damaged.stop();
	}
});
