import { BoardPage, expectSameBoard } from './board-page.ts';
import { expect, expectSaved, test } from './app.ts';
import type { People } from './app.ts';

async function threePeople(people: People): Promise<[BoardPage, BoardPage, BoardPage]> {
	const { page, code } = await people.facilitator('Amara Keita');
	const jonas = await people.participant('Jonas Meier', code);
	const sofia = await people.participant('Sofia Ortega', code);
	return [new BoardPage(page), new BoardPage(jonas), new BoardPage(sofia)];
}

async function titles(board: BoardPage): Promise<string[]> {
	return Object.values((await board.seen()).columns).flat();
}

test('three people move different cards at once and see one board and one reading', async ({
	people
}) => {
	const [amara, jonas, sofia] = await threePeople(people);
	const [first = '', second = '', third = ''] = await titles(amara);
	const before = await amara.seen();

	await Promise.all([
		amara.moveByMenu(first, 'Cooperation'),
		jonas.moveByMenu(second, 'Conflict'),
		sofia.moveByMenu(third, 'Easing')
	]);

	await expectSameBoard(amara, jonas, sofia);
	const after = await amara.seen();
	expect(after.columns.Cooperation).toContain(first);
	expect(after.columns.Conflict).toContain(second);
	expect(after.columns.Easing).toContain(third);
	expect(after.barometer).not.toBe(before.barometer);
});

test('three people write in the same notes at once and nobody’s words are lost', async ({
	people
}) => {
	const boards = await threePeople(people);
	const [title = ''] = await titles(boards[0]);
	const words = ['Arrests were announced.', 'Trials are pending.', 'Nobody was extradited.'];

	await Promise.all(boards.map((board) => board.open(title)));
	const text = (board: BoardPage) => board.sheet.getByLabel('Notes').innerText();
	const before = await text(boards[0]);
	await Promise.all(
		boards.map(async (board, index) => {
			const notes = board.sheet.getByLabel('Notes');
			await notes.click();
			await notes.pressSequentially(words[index] ?? '', { delay: 15 });
		})
	);

	await expect(async () => {
		const [a, b, c] = await Promise.all(boards.map(text));
		expect(b).toBe(a);
		expect(c).toBe(a);
		// Three carets may interleave, but every letter that was typed is there once.
		const letters = (words: string) => [...words.replace(/\s/g, '')].sort().join('');
		expect(letters(a ?? '')).toBe(letters(before + words.join('')));
	}).toPass({ timeout: 10_000 });
	await Promise.all(boards.map((board) => expectSaved(board.page)));
});

test('two people move the same card at once: it is in one place, the same for all', async ({
	people
}) => {
	const [amara, jonas, sofia] = await threePeople(people);
	const [title = ''] = await titles(amara);
	await Promise.all([
		amara.page.getByRole('button', { name: `Move ${title} to…` }).click(),
		jonas.page.getByRole('button', { name: `Move ${title} to…` }).click()
	]);
	await Promise.all([
		amara.page.getByRole('menuitem', { name: 'Cooperation' }).click(),
		jonas.page.getByRole('menuitem', { name: 'Easing' }).click()
	]);

	await Promise.all([amara, jonas, sofia].map((board) => expectSaved(board.page)));
	await expectSameBoard(amara, jonas, sofia);
	const { columns } = await sofia.seen();
	const places = Object.entries(columns).filter(([, cards]) => cards.includes(title));
	expect(places).toHaveLength(1);
	expect(['Cooperation', 'Easing']).toContain(places[0]?.[0]);
});

test('a menu that is open stays usable while somebody else moves its card', async ({ people }) => {
	const [amara, jonas] = await threePeople(people);
	const [title = ''] = await titles(amara);
	await jonas.page.getByRole('button', { name: `Move ${title} to…` }).click();
	await expect(jonas.page.getByRole('menu')).toBeVisible();
	await amara.moveByMenu(title, 'Cooperation');
	await expect(jonas.column('Cooperation')).toContainText(title);
	await jonas.page.getByRole('menuitem', { name: 'Easing' }).click();
	await expect(amara.column('Easing')).toContainText(title);
});

test('somebody loses the connection, both sides go on working, and all of it is there afterwards', async ({
	people
}) => {
	const [amara, jonas, sofia] = await threePeople(people);
	const [first = '', second = '', third = ''] = await titles(amara);

	// What opens on demand was fetched at the first move of the mouse.
	await jonas.page.mouse.move(400, 300);
	await jonas.page.waitForLoadState('networkidle');
	await jonas.page.context().setOffline(true);
	await expect(jonas.page.getByTestId('save-state')).toHaveText('Offline');
	await jonas.moveByMenu(first, 'Conflict');
	await expect(jonas.page.getByRole('alert')).toContainText('1 change is kept on this device');
	await amara.moveByMenu(second, 'Cooperation');
	await sofia.moveByMenu(third, 'Easing');

	await jonas.page.context().setOffline(false);
	await expectSaved(jonas.page);
	await expectSameBoard(amara, jonas, sofia);
	const { columns } = await jonas.seen();
	expect(columns.Conflict).toContain(first);
	expect(columns.Cooperation).toContain(second);
	expect(columns.Easing).toContain(third);
});

test('people see who is here and who has which card open', async ({ people }) => {
	const [amara, jonas, sofia] = await threePeople(people);
	await expect(amara.page.getByRole('list', { name: '3 people here' })).toContainText(
		'Jonas Meier'
	);
	const [title = ''] = await titles(amara);
	await jonas.open(title);
	await expect(amara.card(title)).toContainText('Jonas Meier is editing');
	await jonas.closeSheet();
	await expect(amara.card(title)).not.toContainText('is editing');

	await sofia.page.close();
	await expect(amara.page.getByRole('list', { name: '2 people here' })).toBeVisible();
});
