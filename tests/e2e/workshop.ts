/** What a facilitator does with people and doors, in their words. */
import { expect, type Locator, type Page } from '@playwright/test';

export class Workshop {
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	get dialog(): Locator {
		return this.page.getByRole('dialog');
	}

	/** The line of somebody in the dialog. */
	person(name: string): Locator {
		return this.dialog.getByRole('listitem').filter({ hasText: name });
	}

	/** One that is shown: there are more in what is folded. */
	field(label: string): Locator {
		return this.dialog.getByLabel(label).filter({ visible: true });
	}

	async openPeople(): Promise<void> {
		await this.page.getByRole('button', { name: 'People', exact: true }).click();
		await expect(this.dialog.getByRole('heading', { name: 'In this room' })).toBeVisible();
	}

	async openDoor(): Promise<void> {
		await this.page.getByRole('button', { name: 'Invite' }).click();
		await expect(this.dialog.getByRole('heading', { name: 'Invite people' })).toBeVisible();
	}

	async close(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await expect(this.dialog).toBeHidden();
	}

	/** `role` such as "Viewer". */
	async make(name: string, role: string): Promise<void> {
		await this.dialog.getByLabel(`Role of ${name}`).selectOption(role);
		await this.dialog.getByRole('button', { name: `Change the role of ${name}` }).click();
	}

	async doTo(name: string, button: string): Promise<void> {
		await this.dialog.getByLabel(`More about ${name}`).click();
		await this.person(name).getByRole('button', { name: button }).click();
	}

	/** Opens what changes the open door. */
	async changeDoor(): Promise<void> {
		await this.openDoor();
		await this.dialog.getByText('Change or close this door').click();
	}

	async putUpLobby(): Promise<void> {
		await this.changeDoor();
		await this.field('Lobby: a facilitator lets each one in').check();
		await this.dialog.getByRole('button', { name: 'Save' }).click();
		await expect(this.dialog.getByText(/with a lobby/)).toBeVisible();
		await this.close();
	}
}
