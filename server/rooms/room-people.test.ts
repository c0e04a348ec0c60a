import { describe, expect, it } from 'vitest';
import { ROLES, type Role } from '#sync/people.ts';
import { DIALECTS } from '../database/open-test-databases.ts';
import { randomId } from '../random-id.ts';
import type { Person } from '../services.ts';
import { openTestWorld, type TestWorld } from './open-test-room.ts';

/** A room of Fay, a guest, with an editor and a viewer who came by its doors. */
async function workshop(world: TestWorld) {
	const { id, code, fay } = await world.room();
	const edgar = await world.guest('Edgar', code);
	const vic = await world.guest('Vic', code);
	await world.services.people.setRole(fay, id, vic.id, 'viewer');
	return { id, code, fay, edgar, vic };
}

const rolesOf = async ({ services }: TestWorld, actor: Person, id: string) =>
	Object.fromEntries(
		(await services.people.list(actor, id)).people.map(({ name, role }) => [name, role])
	);

/** A team with an owner and a member, and a room of its own in which members are viewers. */
async function teamRoom(world: TestWorld) {
	const olga = await world.user('Olga');
	const mia = await world.user('Mia');
	const { id, code } = await world.room(olga);
	const team = randomId();
	const at = world.now.toISOString();
	const { db } = world;
	await db.insertInto('teams').values({ id: team, name: 'Team', created_at: at }).execute();
	for (const [user_id, role] of [
		[olga.id, 'owner'],
		[mia.id, 'member']
	] as const) {
		const member = { team_id: team, user_id, role, joined_at: at };
		await db.insertInto('team_members').values(member).execute();
	}
	await db
		.updateTable('rooms')
		.set({ team_id: team, team_role: 'viewer' })
		.where('id', '=', id)
		.execute();
	return { id, code, olga, mia };
}

describe.each(DIALECTS)('people of a room on %s', { timeout: 60_000 }, (dialect) => {
	it('hand over: the other gets the role, and they step down by one', async () => {
		const world = await openTestWorld(dialect);
		const { id, fay, edgar } = await workshop(world);
		await world.services.people.handOver(fay, id, edgar.id);
		const after = { Edgar: 'facilitator', Fay: 'editor', Vic: 'viewer' };
		expect(await rolesOf(world, fay, id)).toEqual(after);
		await expect(world.services.people.handOver(fay, id, edgar.id)).rejects.toThrow('role-too-low');
	});

	it('who were taken out stay out when they sign up', async () => {
		const world = await openTestWorld(dialect);
		const { id, code, fay, edgar } = await workshop(world);
		const { people, accounts } = world.services;
		await people.remove(fay, id, edgar.id);
		const visitor = { guest: edgar, address: '192.0.2.1', device: 'Firefox' };
		const ana = { email: 'edgar@example.org', name: 'Edgar', password: 'correct horse battery' };
		const { id: session } = await accounts.signUp(visitor, ana);
		const user = (await accounts.find(session))!.person;
		await expect(world.join(user, code)).rejects.toThrow('removed');
		expect((await people.list(fay, id)).removed).toMatchObject([{ id: user.id }]);
	});

	it('and of its team: an override above the default, back to it, out of the room', async () => {
		const world = await openTestWorld(dialect);
		const { id, olga, mia } = await teamRoom(world);
		const { people, rooms } = world.services;
		const roleOf = async (person: Person) => (await rooms.view(person, id)).person.role;
		expect(await roleOf(mia)).toBe('viewer');
		const listed = async () =>
			(await people.list(olga, id)).people.find((person) => person.id === mia.id);
		expect(await listed()).toMatchObject({ role: 'viewer', hasTeamRole: true, mayReset: false });
		await people.setRole(olga, id, mia.id, 'facilitator');
		expect(await roleOf(mia)).toBe('facilitator');
		expect(await listed()).toMatchObject({ role: 'facilitator', mayReset: true });
		await people.setRole(olga, id, mia.id, 'team');
		expect(await roleOf(mia)).toBe('viewer');
		await people.remove(olga, id, mia.id);
		await expect(rooms.view(mia, id)).rejects.toThrow('removed');
		expect(await listed()).toBeUndefined();
		await people.forgive(olga, id, mia.id);
		expect(await roleOf(mia)).toBe('viewer');
		for (const work of [
			people.setRole(olga, id, olga.id, 'viewer'),
			people.handOver(olga, id, mia.id)
		]) {
			await expect(work).rejects.toThrow('owns-by-team');
		}
	});

	it('are managed by nobody who may not, whatever they send', async () => {
		const world = await openTestWorld(dialect);
		const { id, fay, edgar, vic } = await workshop(world);
		const elsewhere = await world.room();
		const before = await rolesOf(world, fay, id);
		const { people } = world.services;
		const everything = (actor: Person | null, target: string) => [
			...([...ROLES, 'team', ''] as (Role | string)[]).map(
				(to) => () => people.setRole(actor, id, target, to)
			),
			() => people.handOver(actor, id, target),
			() => people.rename(actor, id, target, 'Renamed'),
			() => people.remove(actor, id, target),
			() => people.forgive(actor, id, target),
			() => people.admit(actor, id, target),
			() => people.admitAll(actor, id),
			() => people.turnAway(actor, id, target)
		];
		for (const [actor, refusal] of [
			[edgar, 'role-too-low'],
			[vic, 'role-too-low'],
			[elsewhere.fay, 'not-allowed'],
			[null, 'not-signed-in']
		] as const) {
			for (const target of [fay.id, edgar.id, vic.id]) {
				for (const attempt of everything(actor, target)) {
					await expect(attempt()).rejects.toThrow(refusal);
				}
			}
		}
		// Nor by a facilitator whom they are none of the business of.
		for (const target of [elsewhere.fay.id, 'x', '', `${vic.id}\0`, '%']) {
			await expect(people.setRole(fay, id, target, 'viewer')).rejects.toThrow('not-here');
			await expect(people.rename(fay, id, target, 'Renamed')).rejects.toThrow('not-here');
			await expect(people.remove(fay, id, target)).rejects.toThrow('not-here');
			await expect(people.admit(fay, id, target)).rejects.toThrow('not-here');
			await expect(people.turnAway(fay, id, target)).rejects.toThrow('not-here');
		}
		await expect(people.setRole(fay, id, vic.id, 'king')).rejects.toThrow('unknown-choice');
		await expect(people.setRole(fay, id, vic.id, 'team')).rejects.toThrow('unknown-choice');
		await expect(people.setRole(fay, id, vic.id, 'owner')).rejects.toThrow('role-too-low');
		expect(await rolesOf(world, fay, id)).toEqual(before);
	});
});

describe('people of a room', () => {
	it('are listed with what the one who asks may do about each', async () => {
		const world = await openTestWorld();
		const { id, fay, edgar, vic } = await workshop(world);
		const { people, ...view } = await world.services.people.list(fay, id);
		expect(view).toEqual({
			teamRole: null,
			mayManage: true,
			mayAdmit: true,
			waiting: [],
			removed: []
		});
		expect(people.map(({ name, role, roles }) => [name, role, roles])).toEqual([
			['Fay', 'facilitator', ['facilitator', 'editor', 'viewer']],
			['Edgar', 'editor', ['facilitator', 'editor', 'viewer']],
			['Vic', 'viewer', ['facilitator', 'editor', 'viewer']]
		]);
		expect(people[0]).toMatchObject({ isSelf: true, mayRemove: false, handOverTo: null });
		expect(people[1]).toMatchObject({
			mayRename: true,
			mayRemove: true,
			handOverTo: 'facilitator'
		});
		for (const asks of [edgar, vic]) {
			const seen = await world.services.people.list(asks, id);
			expect(seen).toMatchObject({ mayManage: false, mayAdmit: false });
			for (const person of seen.people) {
				expect(person).toMatchObject({ roles: [], mayRename: false, mayRemove: false });
				expect(person).toMatchObject({ mayReset: false, handOverTo: null });
			}
		}
	});

	it('get the role that a facilitator decides, and no code raises it afterwards', async () => {
		const world = await openTestWorld();
		const { id, code, fay, vic } = await workshop(world);
		expect(await world.join(vic, code)).toMatchObject({ role: 'viewer' });
		await world.services.people.setRole(fay, id, vic.id, 'facilitator');
		expect(await world.join(vic, code)).toMatchObject({ role: 'facilitator' });
		expect((await world.services.rooms.view(vic, id)).person.role).toBe('facilitator');
	});

	it('an owner makes another owner and steps down, but only somebody with an account', async () => {
		const world = await openTestWorld();
		const olga = await world.user('Olga');
		const ulla = await world.user('Ulla');
		const { id, code } = await world.room(olga);
		const gus = await world.guest('Gus', code);
		await world.join(ulla, code);
		const { people } = world.services;
		await expect(people.setRole(olga, id, gus.id, 'owner')).rejects.toThrow('owner-needs-account');
		await expect(people.handOver(olga, id, gus.id)).rejects.toThrow('owner-needs-account');
		await people.setRole(olga, id, ulla.id, 'owner');
		await people.handOver(olga, id, ulla.id);
		expect(await rolesOf(world, ulla, id)).toEqual({
			Ulla: 'owner',
			Olga: 'facilitator',
			Gus: 'editor'
		});
		for (const to of ROLES) {
			await expect(people.setRole(olga, id, ulla.id, to)).rejects.toThrow('role-too-low');
		}
		await expect(people.setRole(olga, id, olga.id, 'owner')).rejects.toThrow('role-too-low');
		await expect(people.remove(olga, id, ulla.id)).rejects.toThrow('role-too-low');
	});

	it('never leave a room without somebody in charge', async () => {
		const world = await openTestWorld();
		const { id, fay, edgar } = await workshop(world);
		const { people } = world.services;
		for (const to of ['editor', 'viewer']) {
			await expect(people.setRole(fay, id, fay.id, to)).rejects.toThrow('last-in-charge');
		}
		await expect(people.remove(fay, id, fay.id)).rejects.toThrow('not-yourself');
		await people.setRole(fay, id, edgar.id, 'facilitator');
		// Both step down at once: one of them stays.
		const outcomes = await Promise.allSettled([
			people.setRole(fay, id, fay.id, 'editor'),
			people.setRole(edgar, id, edgar.id, 'editor')
		]);
		expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);

		const olga = await world.user('Olga');
		const own = await world.room(olga);
		const ulla = await world.user('Ulla');
		await world.join(ulla, own.code);
		await people.setRole(olga, own.id, ulla.id, 'facilitator');
		const stepDown = people.setRole(olga, own.id, olga.id, 'editor');
		await expect(stepDown).rejects.toThrow('last-in-charge');
	});

	it('who are guests can be called something else in this room, and in this one only', async () => {
		const world = await openTestWorld();
		const { id, code, fay, vic } = await workshop(world);
		const other = await world.room();
		await world.join(vic, other.code);
		const { people, rooms } = world.services;
		await people.rename(fay, id, vic.id, ' Victor  Hugo ');
		expect((await rooms.view(vic, id)).person.name).toBe('Victor Hugo');
		expect((await rooms.view(vic, other.id)).person.name).toBe('Vic');
		await world.join(vic, code, 'Rude');
		expect((await rooms.view(vic, id)).person.name).toBe('Victor Hugo');
		await expect(people.rename(fay, id, vic.id, ' ')).rejects.toThrow('name-missing');
		await expect(people.rename(fay, id, vic.id, 'x'.repeat(61))).rejects.toThrow('name-too-long');
		const ulla = await world.user('Ulla');
		await world.join(ulla, code);
		await expect(people.rename(fay, id, ulla.id, 'Ulrike')).rejects.toThrow('not-a-guest');
	});

	it('who were taken out do not come back by any code, until that is forgiven', async () => {
		const world = await openTestWorld();
		const { id, code, fay, edgar } = await workshop(world);
		const { people, rooms } = world.services;
		await people.remove(fay, id, edgar.id);
		await expect(rooms.view(edgar, id)).rejects.toThrow('removed');
		await expect(rooms.read(edgar, id)).rejects.toThrow('removed');
		for (const name of [undefined, 'Somebody Else']) {
			await expect(world.join(edgar, code, name)).rejects.toThrow('removed');
		}
		const { removed } = await people.list(fay, id);
		expect(removed).toEqual([{ id: edgar.id, name: 'Edgar', reason: 'removed' }]);
		await people.forgive(fay, id, edgar.id);
		await expect(rooms.view(edgar, id)).rejects.toThrow('not-allowed');
		expect(await world.join(edgar, code)).toMatchObject({ role: 'editor' });
	});
});
