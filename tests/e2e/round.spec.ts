import { expectNoSeriousFinding } from './axe.ts';
import { BoardPage } from './board-page.ts';
import { expect, test } from './app.ts';

test('a blind round: asked from a card, answered unseen, revealed to all, its middle adopted', async ({
	people
}) => {
	const { page: fay, code } = await people.facilitator('Fay');
	const phone = { viewport: { width: 390, height: 844 } };
	const ana = await people.participant('Ana', code, phone);
	const ben = await people.participant('Ben', code);
	const board = new BoardPage(fay);
	const [title = ''] = Object.values((await board.seen()).columns).flat();

	await fay.getByRole('button', { name: title, exact: true }).first().click();
	await fay.getByText('Ask everybody').click();
	await fay.getByLabel('Show nothing with fewer answers than').fill('2');
	await fay.getByRole('button', { name: 'Open the round' }).click();
	for (const page of [fay, ana, ben]) {
		await expect(page.getByTestId('round')).toContainText(title);
	}
	const before = await board.seen();

	await ana.getByTestId('round').getByText('Cooperation', { exact: true }).click();
	await expect(ana.getByText('Your answer is stored.')).toBeVisible();
	await ana.getByLabel('Why, in a line').fill('They signed the protocol.');
	await ana.getByLabel('Why, in a line').press('Enter');
	await expectNoSeriousFinding(ana);
	// With the keyboard: the radio buttons are a group of the browser's own.
	await ben.getByTestId('round').getByRole('radio').last().focus();
	await ben.keyboard.press('Space');
	await expect(fay.getByTestId('round')).toContainText('2 people have answered.');
	await expect(fay.getByTestId('round')).not.toContainText('signed');
	expect(await board.seen()).toEqual(before);

	await fay.getByRole('button', { name: 'Reveal' }).click();
	for (const page of [fay, ana, ben]) {
		await expect(page.getByTestId('round')).toContainText('the middle is Cooperation');
		await expect(page.getByTestId('round')).toContainText('They signed the protocol.');
		await expect(page.getByTestId('round')).not.toContainText('Ana');
		// They fall onto the columns of the board, too.
		await expect(new BoardPage(page).column('Cooperation')).toContainText('2 answers in the blind');
	}
	await expectNoSeriousFinding(ben);
	await ben.emulateMedia({ colorScheme: 'dark' });
	await expectNoSeriousFinding(ben);

	await fay.getByRole('button', { name: 'Move it to Cooperation' }).click();
	await expect(ana.getByTestId('round')).toContainText('Put into Cooperation, the middle.');
	expect((await board.seen()).columns.Cooperation).toContain(title);
	await fay.getByRole('button', { name: 'Ask again' }).click();
	await expect(ana.getByTestId('round')).toContainText('You said Cooperation before.');
	await ana.reload();
	await expect(ana.getByTestId('round')).toContainText('Blind round 2');
	await fay.getByRole('button', { name: 'Put away unseen' }).click();
	for (const page of [fay, ana, ben]) await expect(page.getByTestId('round')).toHaveCount(0);
});

test('a round over several cards, with what makes a consensus said beforehand', async ({
	people
}) => {
	const { page: fay, code } = await people.facilitator('Fay');
	const ana = await people.participant('Ana', code);
	const board = new BoardPage(fay);
	const [first = '', second = '', third = ''] = Object.values((await board.seen()).columns).flat();
	await board.open(first);
	await fay.getByText('Ask everybody').click();
	await fay.getByLabel('About').selectOption('This card and others');
	await fay.getByRole('group', { name: 'Which others?' }).getByLabel(third).check();
	await fay.getByLabel('Consensus is when').fill('90');
	await fay.getByRole('button', { name: 'Open the round' }).click();
	const round = ana.getByTestId('round');
	await expect(round).toContainText('Consensus is 90 % within one column of the middle.');
	await expect(round).toContainText('1 of 2');
	const titles = [await round.getByRole('heading', { level: 3 }).innerText()];
	await round.getByRole('button', { name: 'Next' }).click();
	titles.push(await round.getByRole('heading', { level: 3 }).innerText());
	expect(titles.sort()).toEqual([first, third].sort());
	// Of a card that is not asked a drag is a move, as ever.
	await new BoardPage(ana).moveByMenu(second, 'Cooperation');
	await new BoardPage(ana).page.getByRole('button', { name: `Move ${third} to…` }).click();
	await ana.getByRole('menuitem', { name: 'Conflict' }).click();
	await expect(new BoardPage(ana).column('Conflict').getByText('Your answer')).toBeVisible();
	await expect(new BoardPage(ana).column('Conflict').locator('[data-card]')).toHaveCount(0);
});
