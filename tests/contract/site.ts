/** For contract tests of pages: a browser without a window, which sends forms as ours do. */
import { expect } from 'vitest';
import { Client, type Answer, type ServerProcess } from './run-server.ts';

export class Browser extends Client {
	readonly #origin: string;

	constructor(server: ServerProcess) {
		super(server);
		this.#origin = server.address;
	}

	/** Sends a form; `origin` is the page's that it stands on. */
	submit(path: string, fields: Record<string, string> = {}, origin = this.#origin) {
		return this.send(path, {
			method: 'POST',
			headers: {
				accept: 'text/html',
				'content-type': 'application/x-www-form-urlencoded',
				origin
			},
			body: new URLSearchParams(fields).toString()
		});
	}
}

export const pathOf = ({ headers }: Answer): string => headers.location ?? '';

export async function signUp(server: ServerProcess, name: string): Promise<Browser> {
	const browser = new Browser(server);
	const email = `${name.toLowerCase()}@example.org`;
	const password = 'four plain words here';
	expect((await browser.submit('/sign-up', { name, email, password })).status).toBe(303);
	return browser;
}

/** Answers the team's path. */
export async function makeTeam(owner: Browser, name: string): Promise<string> {
	const made = await owner.submit('/teams/new', { name });
	expect(made.status).toBe(303);
	return pathOf(made);
}

/** Answers the link's path. */
export async function invite(owner: Browser, team: string, role = 'member'): Promise<string> {
	const { text } = await owner.submit(`${team}/people?/invite`, { role });
	return /\/invite\/[A-Za-z0-9_-]{43}/.exec(text)?.[0] ?? '';
}

/** Answers the room's path. */
export async function openRoom(owner: Browser, team: string, title: string): Promise<string> {
	const made = await owner.submit(`${team}/new`, {
		template: 'blank',
		title,
		teamRole: 'editor'
	});
	expect(made.status).toBe(303);
	return pathOf(made);
}

/** Ids of the members that an owner can manage, from the page of a team's people. */
export async function memberIds(owner: Browser, team: string): Promise<string[]> {
	const { text } = await owner.get(`${team}/people`);
	return [...new Set([...text.matchAll(/name="person" value="([^"]{22})"/g)].map(([, id]) => id!))];
}
