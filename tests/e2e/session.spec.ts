import { expectNoSeriousFinding } from './axe.ts';
import { BoardPage } from './board-page.ts';
import { expect, expectSaved, test } from './app.ts';
import { Workshop } from './workshop.ts';

test.setTimeout(300_000);

test('a whole workshop: a facilitator, a projector and four participants, from the door to the report', async ({
	people
}) => {
	const { page: fay, code } = await people.facilitator('Fay');
	const room = new URL(fay.url()).pathname;
	const board = new BoardPage(fay);
	const title =
		Object.values((await board.seen()).columns)
			.flat()
			.at(-1) ?? '';
	const lead = new Workshop(fay);

	// The steps are prepared from the ready hour; its first card step is on the card that we take.
	await fay.goto(`${room}/show`);
	await fay.getByRole('button', { name: 'Take the one-hour reading' }).click();
	await fay.getByRole('button', { name: 'Save', exact: true }).click();
	await expect(fay.getByTestId('show-state')).toHaveText('Saved');
	await fay.goto(room);
	await expectSaved(fay);

	// The projector is the facilitator's own machine; it tells people how to come in.
	const projector = await fay.context().newPage();
	await projector.setViewportSize({ width: 1024, height: 768 });
	await projector.goto(`${room}/present`);
	const screen = projector.getByTestId('projector');
	await expect(screen).toHaveAttribute('data-screen', 'welcome');
	await expect(projector.getByText(code.replace('-', '-')).first()).toBeVisible();

	const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
	const guests = [
		await people.participant('Ana', code, phone),
		await people.participant('Ben', code),
		await people.participant('Cem', code),
		await people.participant('Dia', code)
	] as const;
	const [ana, ben, cem, dia] = guests;

	await fay.getByRole('button', { name: 'Lead', exact: true }).click();
	await lead.dialog.getByRole('button', { name: 'Start', exact: true }).click();
	await expect(screen).toHaveAttribute('data-screen', 'welcome');
	for (const page of guests) await expect(page.getByTestId('stage')).toBeVisible();
	await ana.getByRole('button', { name: 'I’m ready' }).click();
	await expect(lead.dialog.getByText('1 of 4 participants say')).toBeVisible();

	// A clicker at the projector goes on; the dial is shown large.
	await projector.keyboard.press('PageDown');
	await expect(screen).toHaveAttribute('data-screen', 'board');
	await expect(lead.dialog.getByText('0 of 4 participants say')).toBeVisible();

	// The first card is asked, unseen by the others.
	await lead.dialog.getByRole('button', { name: 'Next', exact: true }).click();
	await expect(screen).toHaveAttribute('data-screen', 'count');
	const asked = (
		await ana.getByTestId('round').getByRole('heading', { level: 3 }).innerText()
	).trim();
	await lead.close();
	await ana.getByTestId('round').getByText('Cooperation', { exact: true }).click();
	await ben.getByTestId('round').getByText('Cooperation', { exact: true }).click();
	await dia.getByTestId('round').getByText('Easing', { exact: true }).click();
	// Cem answers with the card itself; it stays where it is for everybody.
	const before = await board.seen();
	const card = new BoardPage(cem).card(asked);
	await card.scrollIntoViewIfNeeded();
	await card.hover({ position: { x: 20, y: 20 } });
	await cem.mouse.down();
	const target = await new BoardPage(cem).column('Conflict').boundingBox();
	await cem.mouse.move((target?.x ?? 0) + 60, (target?.y ?? 0) + 90, { steps: 12 });
	await expect(cem.getByText('Your answer, seen by nobody yet')).toBeVisible();
	await cem.mouse.up();
	await expect(new BoardPage(cem).column('Conflict').getByText('Your answer')).toBeVisible();
	await cem.getByTestId('round').getByLabel('Why, in a line').fill('Nobody was extradited.');
	await cem.keyboard.press('Enter');
	await expect(screen).toContainText(/4\s*of 5/);
	expect(await board.seen()).toEqual(before);
	for (const page of [fay, projector, ana]) {
		expect(await page.content()).not.toContain('Nobody was extradited.');
	}

	await fay.getByRole('button', { name: 'Reveal' }).click();
	await expect(screen).toHaveAttribute('data-screen', 'outcome');
	// Privately: only who stands far from the others is asked to speak first.
	await expect(cem.getByTestId('round')).toContainText('speak first');
	await expect(ana.getByTestId('round')).not.toContainText('speak first');
	await fay
		.getByRole('button', { name: /^Move it to / })
		.first()
		.click();
	await expect(ana.getByTestId('round')).toContainText(/the middle\.$|, the middle/);

	// On to the next card; what was revealed is put away.
	await fay.getByRole('button', { name: 'Next step' }).click();
	await expect(screen).toHaveAttribute('data-screen', 'count');
	await fay.getByRole('button', { name: 'Put away unseen' }).click();
	await expect(screen).toHaveAttribute('data-screen', 'card');

	// Between the cards somebody moves one and says why; the facilitator writes down where we are.
	await new BoardPage(ben).moveByMenu(title, 'Conflict');
	await ben.getByRole('button', { name: 'Say why' }).click();
	await ben.getByLabel('Your reason, in a line').fill('The office was closed.');
	await ben.getByRole('button', { name: 'Save', exact: true }).click();
	await expectSaved(ben);

	await fay.getByRole('button', { name: 'Lead', exact: true }).click();
	await lead.dialog.getByRole('button', { name: 'Close the workshop' }).click();
	await lead.dialog.getByRole('button', { name: 'Close workshop 1' }).click();
	await expect(screen).toHaveAttribute('data-screen', 'close');
	await lead.close();

	// The facilitator lets everybody keep the report; the projector shows where it is.
	await fay.getByRole('link', { name: 'Its report' }).click();
	await fay.getByRole('button', { name: 'Share by a link' }).click();
	await expect(projector.getByRole('link', { name: /\/report\// })).toBeVisible();
	await ana.getByRole('link', { name: 'A link to keep' }).click();
	await expect(ana.getByRole('region', { name: 'Moves' })).toContainText('The office was closed.');
	for (const page of [fay, ana]) {
		await expect(page.getByRole('region', { name: 'Agenda' })).toContainText(asked);
		await expect(page.getByTestId('waterfall')).toBeVisible();
		await expect(page.getByRole('region', { name: 'Blind round 1' })).toContainText(asked);
		await expectNoSeriousFinding(page);
	}
	await expectNoSeriousFinding(projector);
});
