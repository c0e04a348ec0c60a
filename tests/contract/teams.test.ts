/**
 * The doors of teams and of their rooms, tried over real HTTP: every page and every form's action by
 * nobody, by a member of another team, by a plain member, and by one who was removed.
 */
import { describe, expect, it, vi } from 'vitest';
import { runServer } from './run-server.ts';
import { Browser, invite, makeTeam, memberIds, openRoom, pathOf, signUp } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Ana owns a team with a room, Ben is a member of it, Eve owns another team, Otto is nobody. */
async function open() {
	const server = await runServer();
	const [ana, ben, eve] = [
		await signUp(server, 'Ana'),
		await signUp(server, 'Ben'),
		await signUp(server, 'Eve')
	];
	const team = await makeTeam(ana, 'Cyber Team');
	const link = await invite(ana, team);
	expect((await ben.submit(link)).status).toBe(303);
	const room = await openRoom(ana, team, 'Secret plan');
	await makeTeam(eve, 'Another');
	const [benId = ''] = await memberIds(ana, team);
	return { server, ana, ben, eve, otto: new Browser(server), team, room, benId, link };
}

describe('the pages of a team', () => {
	it('open to its members only, and its settings to owners only', async () => {
		const { ana, ben, eve, otto, team, room } = await open();
		const paths = ['', '/people', '/new', '/settings'].map((part) => `${team}${part}`);
		paths.push(room, `${room}/settings`);
		const statuses = async (who: Browser, suffix = '') => {
			const answers = [];
			for (const path of paths) answers.push((await who.get(`${path}${suffix}`)).status);
			return answers;
		};
		expect(await statuses(ana)).toEqual([200, 200, 200, 200, 200, 200]);
		expect(await statuses(ben)).toEqual([200, 200, 200, 403, 200, 200]);
		expect(await statuses(eve)).toEqual([404, 404, 404, 404, 403, 403]);
		expect(await statuses(otto)).toEqual([303, 303, 303, 303, 401, 401]);
		expect(pathOf(await otto.get(`${team}?q=x`))).toBe(
			`/sign-in?to=${encodeURIComponent(`${team}?q=x`)}`
		);
	});

	it('give nothing away as data either, also when the layout’s is not asked for', async () => {
		const { eve, otto, team, room } = await open();
		for (const who of [eve, otto]) {
			for (const path of [team, `${team}/people`, `${team}/settings`, room, `${room}/settings`]) {
				for (const query of ['', '?x-sveltekit-invalidated=001', '?x-sveltekit-invalidated=01']) {
					const { text } = await who.get(`${path}/__data.json${query}`);
					expect(text).not.toMatch(/Cyber|Secret|Ana|Ben|(ana|ben)@example/);
				}
			}
		}
	});

	it('are at one address each: no other spelling of an id opens one', async () => {
		const { ben, eve, team, room } = await open();
		const swapped = (path: string) =>
			path.replace(/[A-Za-z]/g, (letter) =>
				letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
			);
		const spellings = (path: string) => {
			const [, kind, id = ''] = path.split('/');
			return [
				`/${kind}/${swapped(id)}`,
				`/${kind}/${id}%2f`,
				`/${kind}/${id}%2fpeople`,
				`/${kind}/${id}%00`,
				`/${kind}/${id}%0a`,
				`/${kind}/%20${id}`,
				`/${kind}/${id}.`,
				`/${kind}/${[...id]
					.map((c) => String.fromCodePoint(0xfee0 + c.charCodeAt(0)))
					.map(encodeURIComponent)
					.join('')}`
			];
		};
		for (const path of [...spellings(team), ...spellings(room)]) {
			const answer = await ben.get(path);
			expect([path, answer.status]).toEqual([path, 404]);
			expect(answer.text).not.toMatch(/Cyber|Secret/);
		}
		for (const path of [`/teams/x/..${team.slice(6)}`, `/teams/%2e%2e${team}`, `/.${team}`]) {
			const answer = await eve.get(path);
			expect(answer.text).not.toMatch(/Cyber|Secret/);
			expect(answer.status).not.toBe(200);
		}
	});
});

describe('the forms of a team', () => {
	function forms({ team, room, benId }: { team: string; room: string; benId: string }) {
		return {
			governing: [
				[`${team}/people?/role`, { person: benId, role: 'owner' }],
				[`${team}/people?/remove`, { person: benId }],
				[`${team}/people?/invite`, { role: 'owner' }],
				[`${team}/people?/revoke`, { invite: 'x' }],
				[`${team}/settings?/rename`, { name: 'Taken over' }],
				[`${team}/settings?/erase`, { name: 'Cyber Team' }]
			] as [string, Record<string, string>][],
			roomGoverning: [
				[`${room}/settings?/archive`, { to: '/' }],
				[`${room}/settings?/unarchive`, { to: '/' }],
				[`${room}/settings?/trash`, { to: '/' }],
				[`${room}/settings?/restore`, { to: '/' }],
				[`${room}/settings?/teamRole`, { teamRole: 'viewer' }]
			] as [string, Record<string, string>][],
			others: [
				[`${team}/people?/leave`, {}],
				[`${team}/new`, { template: 'blank', title: 'Smuggled in', teamRole: 'editor' }],
				[`${room}/settings?/rename`, { title: 'Taken over' }],
				[`${room}/settings?/duplicate`, { title: 'Taken along', team: '' }]
			] as [string, Record<string, string>][]
		};
	}

	/** All that Ana sees of her team and its room. */
	async function stateOf({ ana, team, room }: Awaited<ReturnType<typeof open>>) {
		const people = (await ana.get(`${team}/people`)).text;
		return {
			rooms: [...(await ana.get(team)).text.matchAll(/href="(\/rooms\/[^"]+)"/g)].map(
				([, it]) => it
			),
			isNamed: people.includes('Cyber Team'),
			members: people.match(/joined <time/g)?.length,
			owners: people.match(/>Owner</g)?.length,
			links: people.match(/Take back/g)?.length,
			board: (await ana.get(`/api${room}`)).text,
			settings: (await ana.get(`${room}/settings`)).status
		};
	}

	it('change nothing for nobody, for a member of another team and for other sites', async () => {
		const world = await open();
		const { eve, otto, ana, server } = world;
		const { governing, roomGoverning, others } = forms(world);
		const before = await stateOf(world);
		for (const [path, fields] of [...governing, ...roomGoverning, ...others]) {
			const [byEve, byOtto] = [await eve.submit(path, fields), await otto.submit(path, fields)];
			expect([path, byEve.status]).toEqual([path, path.startsWith('/teams') ? 404 : 403]);
			expect([303, 401]).toContain(byOtto.status);
			if (byOtto.status === 303) expect(pathOf(byOtto)).toMatch(/^\/sign-in\?/);
			const crossSite = await ana.submit(path, fields, 'https://evil.example');
			expect([path, crossSite.status]).toEqual([path, 403]);
			for (const answer of [byEve, byOtto]) expect(answer.text).not.toMatch(/Cyber|Secret plan/);
		}
		expect(await stateOf(world)).toEqual(before);
		expect(server.errors).toBe('');
	});

	it('that are the owners’ refuse a plain member', async () => {
		const world = await open();
		const { governing, roomGoverning } = forms(world);
		const before = await stateOf(world);
		for (const [path, fields] of [...governing, ...roomGoverning]) {
			expect([path, (await world.ben.submit(path, fields)).status]).toEqual([path, 403]);
		}
		expect(await stateOf(world)).toEqual(before);
	});

	it('refuse a viewer the room’s title, trash and archive, and let them take a copy', async () => {
		const world = await open();
		const { ana, ben, room } = world;
		await ana.submit(`${room}/settings?/teamRole`, { teamRole: 'viewer' });
		const before = await stateOf(world);
		for (const what of ['rename', 'trash', 'archive', 'restore', 'teamRole']) {
			const fields = { title: 'X', to: '/', teamRole: 'editor' };
			const answer = await ben.submit(`${room}/settings?/${what}`, fields);
			expect([what, answer.status]).toEqual([what, 403]);
		}
		const copy = await ben.submit(`${room}/settings?/duplicate`, { title: 'Mine', team: '' });
		expect(copy.status).toBe(303);
		expect((await ben.get(`/api${pathOf(copy)}`)).json.title).toBe('Mine');
		expect((await ana.get(pathOf(copy))).status).toBe(403);
		expect(await stateOf(world)).toEqual(before);
	});

	it('refuse a former member, by page, form, old link and interface', async () => {
		const world = await open();
		const { ana, ben, team, room, benId, link } = world;
		expect((await ana.submit(`${team}/people?/remove`, { person: benId })).status).toBe(200);
		const { governing, others } = forms(world);
		for (const [path, fields] of [...governing, ...others]) {
			const { status } = await ben.submit(path, fields);
			expect([path, status]).toEqual([path, path.startsWith('/teams') ? 404 : 403]);
		}
		expect((await ben.get(link)).status).toBe(410);
		expect((await ben.submit(link)).status).toBe(410);
		expect((await ben.get(`/api${room}`)).status).toBe(403);
		expect((await ana.get(`${team}/people`)).text.match(/joined <time/g)).toHaveLength(1);
	});

	it('send nobody to another site', async () => {
		const { ana, room } = await open();
		for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', '']) {
			const answer = await ana.submit(`${room}/settings?/archive`, { to });
			expect([to, answer.status, pathOf(answer)]).toEqual([to, 303, '/']);
		}
	});

	it('take what no page of ours sends without an error of ours', async () => {
		const { ana, team, room, server } = await open();
		const long = 'x'.repeat(100_000);
		expect((await ana.submit(`${team}/people?/role`, {})).status).toBe(422);
		expect((await ana.submit(`${team}/people?/remove`, { person: long })).status).toBe(404);
		expect((await ana.submit(`${team}/settings?/rename`, { name: long })).status).toBe(422);
		expect((await ana.submit(`${room}/settings?/rename`, { title: long })).status).toBe(422);
		expect((await ana.submit(`${room}/settings?/duplicate`, { team: long })).status).toBe(404);
		const unreadable = await ana.send(`${team}/settings?/rename`, {
			method: 'POST',
			headers: {
				accept: 'text/html',
				'content-type': 'multipart/form-data; boundary=x',
				origin: server.address
			},
			body: '--y'
		});
		expect(unreadable.status).toBe(400);
		expect((await ana.get(`${team}?q=${'%25'.repeat(2000)}`)).status).toBe(200);
		expect(server.errors).toBe('');
	});
});

describe('an invitation', () => {
	it('says which team it is from, sends strangers to sign in and back, and ends', async () => {
		const { ana, eve, otto, team } = await open();
		const link = await invite(ana, team);
		const seen = await otto.get(link);
		expect(seen.status).toBe(200);
		expect(seen.text).toContain('Cyber Team');
		expect(seen.text).toContain(`href="/sign-in?to=${encodeURIComponent(link)}"`);
		expect(seen.text).not.toMatch(/Ana|Ben|(ana|ben)@example/);
		const refused = await otto.submit(link);
		expect([refused.status, pathOf(refused)]).toEqual([
			303,
			`/sign-in?to=${encodeURIComponent(link)}`
		]);

		const { text } = await ana.get(`${team}/people`);
		const [, id = ''] = /name="invite" value="([^"]{22})"/.exec(text) ?? [];
		expect((await ana.submit(`${team}/people?/revoke`, { invite: id })).status).toBe(200);
		const over = await eve.get(link);
		expect([over.status, over.text.includes('was taken back')]).toEqual([410, true]);
		expect((await eve.submit(link)).status).toBe(410);
		expect((await ana.get(link)).text).toContain('You are in this team already');
		const unknown = await eve.get(`/invite/${'A'.repeat(43)}`);
		expect([unknown.status, unknown.text.includes('no such invitation')]).toEqual([404, true]);
	});
});
