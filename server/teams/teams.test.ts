import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../database/open-test-databases.ts';
import { enrol } from '../rooms/member.repository.ts';
import type { Person } from '../services.ts';
import { callerOf, openWorld, refusal } from './testing.ts';

const GUEST: Person = { id: 'A'.repeat(22), name: 'Guest', colour: 1, isUser: false };

describe.each(DIALECTS)('teams on %s', { timeout: 60_000 }, (dialect) => {
	it('are made by somebody signed in, who owns them, and renamed', async () => {
		const { services, user } = await openWorld(dialect);
		const ana = await user('Ana');
		const id = await services.teams.create(ana, { name: '  Digital \n Policy  ' });
		expect(await services.teams.list(ana)).toEqual([{ id, name: 'Digital Policy', role: 'owner' }]);
		await services.teams.rename(ana, id, { name: 'Cyber' });
		expect(await services.teams.find(ana, id)).toEqual({ id, name: 'Cyber', role: 'owner' });
	});

	it('go with their rooms when their name was typed, and with nobody else’s', async () => {
		const { db, services, user, team, room, now } = await openWorld(dialect);
		const ana = await user('Ana');
		const id = await team(ana, [], 'Cyber');
		await room(ana, id);
		const own = await room(ana);
		await services.teamInvites.create(ana, id, 'member');
		expect(await refusal(services.teams.erase(ana, id, { name: 'cyber' }))).toBe(
			'wrong-confirmation'
		);
		await services.teams.erase(ana, id, { name: ' Cyber ' });
		expect(await refusal(services.teams.find(ana, id))).toBe('no-such-team');
		const left = async (table: 'rooms' | 'updates' | 'room_summaries' | 'room_days') =>
			(await db.selectFrom(table).selectAll().execute()).length;
		expect([await left('rooms'), await left('updates')]).toEqual([1, 1]);
		expect([await left('room_summaries'), await left('room_days')]).toEqual([1, 1]);
		expect(await db.selectFrom('team_invites').selectAll().execute()).toEqual([]);
		expect((await services.rooms.view(ana, own)).at).toBe(now().toISOString());
	});

	it('always have an owner, whoever tries what at the same moment', async () => {
		const { services, user, team } = await openWorld(dialect);
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const id = await team(ana, [ben]);
		const { teamPeople } = services;
		expect(await refusal(teamPeople.leave(ana, id))).toBe('last-owner');
		expect(await refusal(teamPeople.changeRole(ana, id, ana.id, 'member'))).toBe('last-owner');
		expect(await refusal(teamPeople.remove(ana, id, ana.id))).toBe('last-owner');

		await teamPeople.changeRole(ana, id, ben.id, 'owner');
		const both = [
			teamPeople.changeRole(ana, id, ana.id, 'member'),
			teamPeople.changeRole(ben, id, ben.id, 'member'),
			teamPeople.leave(ana, id),
			teamPeople.leave(ben, id)
		];
		await Promise.allSettled(both);
		const owners = [];
		for (const person of [ana, ben]) {
			const list = await teamPeople.list(person, id).catch(() => []);
			owners.push(...list.filter(({ role, isSelf }) => role === 'owner' && isSelf));
		}
		expect(owners).toHaveLength(1);
	});

	it('are handed over: another owner, and then the first one leaves', async () => {
		const { services, user, team } = await openWorld(dialect);
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const id = await team(ana, [ben]);
		await services.teamPeople.changeRole(ana, id, ben.id, 'owner');
		await services.teamPeople.leave(ana, id);
		expect(await services.teamPeople.list(ben, id)).toMatchObject([
			{ name: 'Ben', role: 'owner', email: 'ben@example.org', isSelf: true }
		]);
		expect(await services.teams.list(ana)).toEqual([]);
	});

	it('show e-mail addresses to owners, and everybody their own', async () => {
		const { services, user, team } = await openWorld(dialect);
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const id = await team(ana, [ben]);
		const seenBy = async (person: Person) =>
			(await services.teamPeople.list(person, id)).map(({ email }) => email);
		expect(await seenBy(ana)).toEqual(['ana@example.org', 'ben@example.org']);
		expect(await seenBy(ben)).toEqual([null, 'ben@example.org']);
	});
});

describe('a team refuses', () => {
	it('names that are none, roles that are none, and people who are not in it', async () => {
		const { services, user, team } = await openWorld();
		const ana = await user('Ana');
		const id = await team(ana);
		const create = (name: string) => refusal(services.teams.create(ana, { name }));
		expect(await create(' ')).toBe('team-name-missing');
		expect(await create('\u200b\u202e')).toBe('team-name-missing');
		expect(await create('x'.repeat(81))).toBe('team-name-too-long');
		expect(await refusal(services.teamInvites.create(ana, id, 'admin'))).toBe('unknown-role');
		const change = (userId: string, role: string) =>
			refusal(services.teamPeople.changeRole(ana, id, userId, role));
		expect(await change(ana.id, 'OWNER')).toBe('unknown-role');
		expect(await change('nobody', 'owner')).toBe('no-such-member');
		expect(await refusal(services.teamPeople.remove(ana, id, ''))).toBe('no-such-member');
	});

	it('more than 20 new ones of a person in an hour, and more than 50 in all', async () => {
		const { services, user, db, now } = await openWorld();
		const ana = await user('Ana');
		for (let i = 0; i < 20; i++) await services.teams.create(ana, { name: `Team ${i}` });
		expect(await refusal(services.teams.create(ana, { name: 'One more' }))).toBe(
			'too-many-attempts'
		);
		const at = now().toISOString();
		for (let i = 20; i < 50; i++) {
			await db
				.insertInto('teams')
				.values({ id: `t${i}`, name: 'Made otherwise', created_at: at })
				.execute();
			await db
				.insertInto('team_members')
				.values({ team_id: `t${i}`, user_id: ana.id, role: 'owner', joined_at: at })
				.execute();
		}
		expect(await refusal(services.teams.create(ana, { name: 'One more' }))).toBe('too-many-teams');
	});

	/** Everything that can be done to a team, tried by `person`. */
	function attempts(
		{ services }: Awaited<ReturnType<typeof openWorld>>,
		person: Person | null,
		team: string,
		other: Person
	): Record<string, () => Promise<unknown>> {
		const { teams, teamPeople, teamInvites, lists, rooms } = services;
		const template = 'blank';
		return {
			find: () => teams.find(person, team),
			rooms: () => lists.ofTeam(person, team, ''),
			people: () => teamPeople.list(person, team),
			open: () => rooms.create(callerOf(person), { template, name: 'X', team }),
			invites: () => teamInvites.list(person, team),
			invite: () => teamInvites.create(person, team, 'member'),
			revoke: () => teamInvites.revoke(person, team, 'x'),
			promote: () => teamPeople.changeRole(person, team, other.id, 'owner'),
			promoteSelf: () => teamPeople.changeRole(person, team, person?.id ?? '', 'owner'),
			remove: () => teamPeople.remove(person, team, other.id),
			rename: () => teams.rename(person, team, { name: 'Taken' }),
			erase: () => teams.erase(person, team, { name: 'Team' }),
			leave: () => teamPeople.leave(person, team)
		};
	}

	async function outcomes(tried: Record<string, () => Promise<unknown>>) {
		const codes = new Set<string>();
		for (const attempt of Object.values(tried)) codes.add(await refusal(attempt()));
		return [...codes];
	}

	it('everything to strangers, guests, owners of other teams and former members', async () => {
		const world = await openWorld();
		const [ana, ben, eve] = [
			await world.user('Ana'),
			await world.user('Ben'),
			await world.user('Eve')
		];
		const team = await world.team(ana, [ben]);
		await world.team(eve);
		expect(await outcomes(attempts(world, null, team, ben))).toEqual(['account-needed']);
		expect(await outcomes(attempts(world, GUEST, team, ben))).toEqual(['account-needed']);
		expect(await outcomes(attempts(world, eve, team, ben))).toEqual(['no-such-team']);
		await world.services.teamPeople.remove(ana, team, ben.id);
		expect(await outcomes(attempts(world, ben, team, ana))).toEqual(['no-such-team']);
		// The same words for a team that is not there.
		expect(await outcomes(attempts(world, eve, 'B'.repeat(22), ben))).toEqual(['no-such-team']);
	});

	it('what is the owners’ to a plain member', async () => {
		const world = await openWorld();
		const [ana, ben] = [await world.user('Ana'), await world.user('Ben')];
		const team = await world.team(ana, [ben]);
		const { find, rooms, people, open, leave, ...governing } = attempts(world, ben, team, ana);
		expect(await outcomes(governing)).toEqual(['team-owners-only']);
		for (const allowed of [find, rooms, people, open, leave]) await allowed!();
	});

	it('its id in another case, with dots, slashes, spaces or line ends', async () => {
		const { services, user, team } = await openWorld();
		const ana = await user('Ana');
		const id = await team(ana);
		const others = [id.toLowerCase(), id.toUpperCase(), `./${id}`, `${id}/`, `${id}%2f`, ` ${id}`];
		for (const other of [...others, `${id}\n`, `${id}\u0000`, '..', '', '%']) {
			if (other === id) continue;
			expect(await refusal(services.teams.find(ana, other))).toBe('no-such-team');
			expect(await refusal(services.lists.ofTeam(ana, other, ''))).toBe('no-such-team');
		}
	});

	it('an owner of one team who names an invitation of another', async () => {
		const { services, user, team } = await openWorld();
		const [ana, eve] = [await user('Ana'), await user('Eve')];
		const [mine, hers] = [await team(ana), await team(eve)];
		const { token } = await services.teamInvites.create(ana, mine, 'member');
		const [invite] = await services.teamInvites.list(ana, mine);
		await services.teamInvites.revoke(eve, hers, invite!.id);
		expect(await services.teamInvites.look(callerOf(null), token)).toMatchObject({
			team: { id: mine }
		});
	});
});

describe('an owner helps a member to a new password', () => {
	it('by a link that sets it, which the newest of them alone does', async () => {
		const { services, user, team, room } = await openWorld();
		const [ana, ben, cleo] = [await user('Ana'), await user('Ben'), await user('Cleo')];
		const home = await team(ana, [ben, cleo]);
		await room(ben, home);
		const old = await services.teamPeople.resetLink(ana, home, ben.id);
		const path = await services.teamPeople.resetLink(ana, home, ben.id);
		const visitor = { guest: null, address: '192.0.2.1', device: 'Firefox' };
		const set = (link: string) =>
			services.recovery.reset(visitor, link.split('/').at(-1) ?? '', 'five rather plain words');
		expect(await refusal(set(old))).toBe('reset-unknown');
		await set(path);
		const signIn = { email: 'ben@example.org', password: 'five rather plain words' };
		expect((await services.accounts.signIn(visitor, signIn)).id).toBeTruthy();
	});

	it('only where the owner gains nothing by being them', async () => {
		const { services, db, now, user, team, room } = await openWorld();
		const [ana, ben, eve] = [await user('Ana'), await user('Ben'), await user('Eve')];
		const home = await team(ana, [ben, eve]);
		const ask = (asker: Person, id: string) =>
			refusal(services.teamPeople.resetLink(asker, home, id));
		expect(await ask(eve, ben.id)).toBe('team-owners-only');
		expect(await ask(ana, ana.id)).toBe('reset-own');
		expect(await ask(ana, (await user('Zoe')).id)).toBe('no-such-member');

		const own = await room(eve);
		expect(await ask(ana, eve.id)).toBe('reset-elsewhere');
		await enrol(db, own, ana.id, 'facilitator', now());
		expect(await ask(ana, eve.id)).toBe('reset-elsewhere');
		await enrol(db, own, ana.id, 'owner', now());
		expect(await ask(ana, eve.id)).toBe('nothing was refused');

		const other = await team(eve, [ben], 'Other');
		expect(await ask(ana, ben.id)).toBe('reset-elsewhere');
		await services.teamPeople.changeRole(eve, other, ben.id, 'owner');
		await services.teamPeople.leave(ben, other);
		expect(await ask(ana, ben.id)).toBe('nothing was refused');
		const guests = await services.rooms.create(callerOf(null), { template: 'blank', name: 'G' });
		await services.rooms.join(callerOf(ben), { code: guests.code });
		expect(await ask(ana, ben.id)).toBe('reset-elsewhere');
	});
});
