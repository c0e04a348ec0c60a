import { expect, test } from './app.ts';
import { expectNoSeriousFinding } from './axe.ts';
import { inviteLink, makeTeam, openRoom, signedUp } from './signed-in.ts';

test.setTimeout(180_000);

for (const colorScheme of ['light', 'dark'] as const) {
	for (const viewport of [
		{ width: 1440, height: 900 },
		{ width: 390, height: 844 }
	]) {
		test(`no page of teams has a serious finding of axe: ${colorScheme}, ${viewport.width} px`, async ({
			people
		}) => {
			const options = { colorScheme, viewport, reducedMotion: 'reduce' } as const;
			const ana = await signedUp(people, 'Ana Keita', options);
			await expectNoSeriousFinding(ana);
			await ana.goto('/teams/new');
			await ana.getByRole('button', { name: 'Make the team' }).click();
			await expect(ana.locator('.error')).toBeVisible();
			await expectNoSeriousFinding(ana);
			await ana.goto('/');
			const team = await makeTeam(ana, 'Digital Policy');
			await expectNoSeriousFinding(ana);

			await ana.goto(`${team}/new`);
			await expectNoSeriousFinding(ana);
			const rooms = [];
			for (const title of ['Kept', 'Archived', 'Thrown away']) {
				await ana.goto(team);
				rooms.push(await openRoom(ana, title));
			}
			await expectNoSeriousFinding(ana);
			await ana.goto(`${rooms[1]}/settings`);
			await expectNoSeriousFinding(ana);
			await ana.getByRole('link', { name: 'Who did what' }).click();
			await expect(ana.getByText('Ana Keita opened the room.')).toBeVisible();
			await expectNoSeriousFinding(ana);
			await ana.goto(`${team}/audit`);
			await expect(ana.getByText('Ana Keita made the team.')).toBeVisible();
			await expect(ana.getByRole('banner')).toHaveCount(1);
			await expectNoSeriousFinding(ana);
			await ana.goto(`${rooms[1]}/settings`);
			await ana.getByRole('button', { name: 'Archive' }).click();
			await expect(ana).toHaveURL(team);
			await ana.goto(`${rooms[2]}/settings`);
			await ana.getByRole('button', { name: 'Move to the trash' }).click();
			await ana.getByText('Archived (1)').click();
			await ana.getByText('Trash (1)').click();
			await expectNoSeriousFinding(ana);
			await ana.goto(rooms[2] ?? '');
			await expectNoSeriousFinding(ana);
			await ana.goto('/');
			await expectNoSeriousFinding(ana);
			await ana.goto('/rooms');
			await expectNoSeriousFinding(ana);

			await ana.goto(`${team}/people`);
			const link = await inviteLink(ana);
			const stranger = await people.stranger(options);
			await stranger.goto(link);
			await expectNoSeriousFinding(stranger);
			const ben = await signedUp(people, 'Ben Meier', options);
			await ben.goto(link);
			await expectNoSeriousFinding(ben);
			await ben.getByRole('button', { name: 'Join' }).click();
			await expect(ben).toHaveURL(team);
			await ben.goto(link);
			await expectNoSeriousFinding(ben);
			await ben.goto(`${team}/settings`);
			await expectNoSeriousFinding(ben);
			await stranger.goto(`/invite/${'A'.repeat(43)}`);
			await expectNoSeriousFinding(stranger);

			await ana.reload();
			await ana.getByText('Remove', { exact: true }).first().click();
			await expect(ana.getByText('leaves the team and all its rooms at once')).toBeVisible();
			await expectNoSeriousFinding(ana);
			await ana.goto(`${team}/settings`);
			await ana.getByRole('button', { name: 'Delete the team' }).click();
			await expect(ana.locator('.error')).toBeVisible();
			await expectNoSeriousFinding(ana);
		});
	}
}
