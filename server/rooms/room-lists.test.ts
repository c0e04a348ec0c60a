import { describe, expect, it, vi } from 'vitest';
import { DIALECTS } from '../database/open-test-databases.ts';
import * as updateLog from '../sync/update-log.ts';
import { callerOf, openWorld } from '../teams/testing.ts';
import { findInTitles, readQuery } from './find-in-titles.ts';
import { enrol } from './member.repository.ts';

describe.each(DIALECTS)('lists on %s', { timeout: 60_000 }, (dialect) => {
	it('a team’s rooms are told by their summaries, the newest change first', async () => {
		const { services, user, team, room, pass } = await openWorld(dialect);
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const home = await team(ana, [ben], 'Cyber');
		const first = await room(ana, home, 'First');
		pass(1);
		const second = await room(ben, home, 'Second');
		await room(ana, '', 'Own');
		const { active } = await services.lists.ofTeam(ben, home, '');
		expect(active.count).toBe(2);
		expect(active.rooms).toMatchObject([
			{ id: second, title: 'Second', role: 'owner', team: { id: home, name: 'Cyber' } },
			{ id: first, title: 'First', role: 'editor', people: [], archivedAt: null, erasedAt: null }
		]);
		const { reading } = await services.rooms.read(ben, first);
		expect(active.rooms[1]).toMatchObject({
			value: reading.value,
			word: reading.word,
			changedAt: '2026-03-01T12:00:00.000Z',
			trend: [{ day: '2026-03-01', value: reading.value }]
		});
		pass(61);
		const later = await services.lists.ofTeam(ben, home, '');
		expect(later.active.rooms[1]?.trend).toEqual([]);
	});

	it('the start page has one’s own rooms and those one was in last, as far as one may', async () => {
		const { services, db, now, user, team, room, pass } = await openWorld(dialect);
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const home = await team(ana, [ben], 'Cyber');
		const [shared, own, joined, never] = [
			await room(ana, home, 'Shared'),
			await room(ben, '', 'Own'),
			await room(ana, '', 'Joined'),
			await room(ana, home, 'Never seen')
		];
		await enrol(db, joined, ben.id, 'viewer', now());
		for (const id of [shared, own, joined]) {
			pass(1);
			await services.rooms.view(ben, id);
		}
		const titles = async () => {
			const lists = await services.lists.home(ben);
			return [lists?.recent, lists?.own].map((each) => each?.rooms.map(({ title }) => title));
		};
		expect(never).toBeDefined();
		expect(await titles()).toEqual([['Joined', 'Own', 'Shared'], ['Own']]);
		expect((await services.lists.home(ben))?.recent.rooms.map(({ team }) => team)).toEqual([
			null,
			null,
			{ id: home, name: 'Cyber' }
		]);
		await services.keeping.trash(ana, joined);
		await services.keeping.archive(ben, own);
		expect(await titles()).toEqual([['Own', 'Shared'], []]);
		await services.teamPeople.remove(ana, home, ben.id);
		expect(await titles()).toEqual([['Own'], []]);
	});

	it('nobody sees the name of a team that they are not in', async () => {
		const { services, db, now, user, team, room } = await openWorld(dialect);
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const id = await room(ana, await team(ana, [], 'Secret'));
		await enrol(db, id, ben.id, 'editor', now());
		const view = await services.rooms.view(ben, id);
		const lists = await services.lists.home(ben);
		const settings = await services.keeping.settings(ben, id);
		expect(lists?.recent.rooms).toHaveLength(1);
		expect(JSON.stringify([{ ...view, state: null }, lists, settings])).not.toContain('Secret');
	});
});

it('lists load no document', async () => {
	const { services, user, team, room } = await openWorld();
	const ana = await user('Ana');
	const home = await team(ana);
	await room(ana, home);
	await room(ana);
	const load = vi.spyOn(updateLog, 'loadRoom');
	await services.lists.ofTeam(ana, home, '');
	await services.lists.own(ana, '');
	await services.lists.home(ana);
	expect(load).not.toHaveBeenCalled();
});

it('guests and strangers have no lists', async () => {
	const { services } = await openWorld();
	const { pass } = await services.rooms.create(callerOf(null), { template: 'blank', name: 'G' });
	const guest = await services.guests.find(pass?.token);
	expect(await services.lists.home(guest)).toBeNull();
	expect(await services.lists.home(null)).toBeNull();
	await expect(services.lists.own(guest, '')).rejects.toMatchObject({ code: 'account-needed' });
});

it('a long list shows the newest hundred and says how many there are', async () => {
	const { services, user, room, pass } = await openWorld();
	const ana = await user('Ana');
	for (let i = 0; i < 103; i++) {
		pass(0.01);
		await room(ana, '', `Room ${i}`);
	}
	const { active } = await services.lists.own(ana, '');
	expect(active).toMatchObject({ count: 103 });
	expect(active.rooms).toHaveLength(100);
	expect(active.rooms[0]?.title).toBe('Room 102');
	const found = await services.lists.own(ana, ' room  7 ');
	expect(found.query).toBe('room 7');
	expect(found.active.count).toBe(19);
});

it.each([
	['détente', ['Détente in Zürich', 'DETENTE 2']],
	['zurich detente', ['Détente in Zürich']],
	['', ['Détente in Zürich', 'DETENTE 2', '水の境界']],
	['境界', ['水の境界']],
	['%', []],
	["' or 1=1", []]
])('%j finds %j', (query, titles) => {
	const all = ['Détente in Zürich', 'DETENTE 2', '水の境界'].map((title) => ({ title }));
	expect(findInTitles(all, readQuery(query)).map(({ title }) => title)).toEqual(titles);
});
