import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../database/open-test-databases.ts';
import type { Person } from '../services.ts';
import type { DoorInput } from './doors.ts';
import { WAITING_MAX } from './lobby.ts';
import { openTestWorld, type TestWorld } from './open-test-room.ts';
import { eraseExpiredCodes } from './room-code.repository.ts';

const DOOR: DoorInput = { role: 'editor', ends: '7', midnight: '', lobby: false, peopleMax: '' };

/** Opens a door and says its code. */
async function open(world: TestWorld, actor: Person, id: string, input: Partial<DoorInput> = {}) {
	await world.services.doors.open(actor, id, { ...DOOR, ...input });
	const { doors } = await world.services.doors.list(actor, id);
	return doors.find(({ role }) => role === (input.role ?? 'editor'))!.code;
}

describe.each(DIALECTS)('doors on %s', { timeout: 60_000 }, (dialect) => {
	it('send their guests out when that is asked for, and nobody else', async () => {
		const world = await openTestWorld(dialect);
		const { id, code, fay } = await world.room();
		const viewers = await open(world, fay, id, { role: 'viewer' });
		const edgar = await world.guest('Edgar', code);
		const helper = await world.guest('Helper', code);
		const vic = await world.guest('Vic', viewers);
		const ulla = await world.user('Ulla');
		await world.join(ulla, code);
		await world.services.people.setRole(fay, id, helper.id, 'facilitator');
		await world.services.doors.close(fay, id, { role: 'editor', sendOut: true });
		await expect(world.services.rooms.view(edgar, id)).rejects.toThrow('not-allowed');
		for (const [person, role] of [
			[helper, 'facilitator'],
			[vic, 'viewer'],
			[ulla, 'editor'],
			[fay, 'facilitator']
		] as const) {
			expect((await world.services.rooms.view(person, id)).person.role).toBe(role);
		}
		// Sent out is not banned: an open door lets them in again.
		expect(await world.join(edgar, await open(world, fay, id))).toMatchObject({ role: 'editor' });
	});

	it('end when they were to, and say so', async () => {
		const world = await openTestWorld(dialect);
		const olga = await world.user('Olga');
		const { id } = await world.room(olga);
		const code = await open(world, olga, id, { ends: '7' });
		world.pass(6);
		await world.guest('Early', code);
		world.pass(1);
		await expect(world.join(null, code, 'Late')).rejects.toThrow('door-ended');
		world.pass(40);
		await eraseExpiredCodes(world.db, world.now);
		await expect(world.join(null, code, 'Later')).rejects.toThrow('wrong-code');
	});

	it('take as many as they may, also when all come at once', async () => {
		const world = await openTestWorld(dialect);
		const { id, fay } = await world.room();
		const code = await open(world, fay, id, { peopleMax: '3' });
		const joins = Array.from({ length: 8 }, (_, n) => world.join(null, code, `Guest ${n}`));
		const outcomes = await Promise.allSettled(joins);
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
		for (const outcome of outcomes) {
			if (outcome.status === 'rejected')
				expect(outcome.reason).toMatchObject({ code: 'room-full' });
		}
		const inside = outcomes.find((outcome) => outcome.status === 'fulfilled');
		const person = await world.guestOf(inside!.value);
		expect(await world.join(person, code)).toMatchObject({ role: 'editor' });
		expect(await world.join(fay, code)).toMatchObject({ role: 'facilitator' });
		await world.services.people.remove(fay, id, person.id);
		expect(await world.join(null, code, 'Another')).toMatchObject({ role: 'editor' });
		// Those who were refused left nothing behind.
		expect(await world.db.selectFrom('guests').selectAll().execute()).toHaveLength(5);
	});

	it('with a lobby let each one in by a facilitator, or not', async () => {
		const world = await openTestWorld(dialect);
		const { id, fay } = await world.room();
		const code = await open(world, fay, id, { lobby: true });
		const { people, doors, rooms } = world.services;
		const entry = await world.join(null, code, 'Lou');
		expect(entry).toMatchObject({ id, role: 'editor', isWaiting: true });
		const lou = await world.guestOf(entry);
		const mal = await world.guest('Mal', code);
		expect(await doors.whereIs(lou, id)).toBe('lobby');
		await expect(rooms.view(lou, id)).rejects.toThrow('waiting');
		await expect(rooms.read(lou, id)).rejects.toThrow('waiting');
		const { waiting } = await people.list(fay, id);
		expect(waiting.map(({ name, role }) => [name, role]).sort()).toEqual([
			['Lou', 'editor'],
			['Mal', 'editor']
		]);
		expect((await people.list(fay, id)).people.map(({ name }) => name)).toEqual(['Fay']);

		await people.admit(fay, id, lou.id);
		expect(await doors.whereIs(lou, id)).toBe('inside');
		expect((await rooms.view(lou, id)).person.role).toBe('editor');
		await people.turnAway(fay, id, mal.id);
		await expect(doors.whereIs(mal, id)).rejects.toThrow('turned-away');
		await expect(world.join(mal, code)).rejects.toThrow('turned-away');
		await expect(people.admit(fay, id, mal.id)).rejects.toThrow('not-here');
		await people.forgive(fay, id, mal.id);
		expect(await world.join(mal, code)).toMatchObject({ isWaiting: true });
		await people.admitAll(fay, id);
		expect(await doors.whereIs(mal, id)).toBe('inside');
	});
});

describe('doors', () => {
	it('a new room has one, for editors, without end before the room’s', async () => {
		const world = await openTestWorld();
		const { id, code, fay } = await world.room();
		const view = await world.services.doors.list(fay, id);
		expect(view).toMatchObject({
			mayOpen: true,
			doors: [{ role: 'editor', code, lobby: false, peopleMax: null, people: 0 }]
		});
		expect(view.doors).toHaveLength(1);
	});

	it('give the role they are for, one of each at a time', async () => {
		const world = await openTestWorld();
		const { id, code, fay } = await world.room();
		const viewers = await open(world, fay, id, { role: 'viewer' });
		expect(await world.join(null, viewers, 'Vic')).toMatchObject({ role: 'viewer' });
		expect(await world.join(null, code, 'Edgar')).toMatchObject({ role: 'editor' });
		await world.services.doors.renew(fay, id, { role: 'editor' });
		await expect(world.join(null, code, 'Late')).rejects.toThrow('door-closed');
		const renewed = (await world.services.doors.list(fay, id)).doors[0]!.code;
		expect(await world.join(null, renewed, 'Ed')).toMatchObject({ role: 'editor' });
		const { doors } = await world.services.doors.list(fay, id);
		expect(doors.map(({ role, people }) => [role, people])).toEqual([
			['editor', 2],
			['viewer', 1]
		]);
	});

	it('raise a viewer to an editor, but not past a lobby', async () => {
		const world = await openTestWorld();
		const { id, code, fay } = await world.room();
		const viewers = await open(world, fay, id, { role: 'viewer' });
		const vic = await world.guest('Vic', viewers);
		const lobby = await open(world, fay, id, { lobby: true });
		expect(await world.join(vic, lobby)).toMatchObject({ role: 'viewer', isWaiting: false });
		const plain = await open(world, fay, id);
		expect(await world.join(vic, plain)).toMatchObject({ role: 'editor' });
		expect([lobby, plain]).toEqual([code, code]);
	});

	it('once closed let nobody in, with or without the room’s id, and say so', async () => {
		const world = await openTestWorld();
		const { id, code, fay } = await world.room();
		const edgar = await world.guest('Edgar', code);
		await world.services.doors.close(fay, id, { role: 'editor', sendOut: false });
		for (const room of [undefined, id]) {
			const input = room === undefined ? { code, name: 'Bob' } : { code, name: 'Bob', room };
			const join = world.services.rooms.join({ person: null, address: '192.0.2.1' }, input);
			await expect(join).rejects.toThrow('door-closed');
		}
		expect((await world.services.rooms.view(edgar, id)).person.role).toBe('editor');
		expect((await world.services.rooms.view(fay, id)).code).toBeNull();
		expect((await world.services.doors.list(fay, id)).doors).toEqual([]);
	});

	it('keep their code while what they ask of people changes, and their end when that is to stay', async () => {
		const world = await openTestWorld();
		const { id, fay } = await world.room();
		const { doors } = world.services;
		const door = async () => (await doors.list(fay, id)).doors[0]!;
		const before = await door();
		await doors.open(fay, id, { ...DOOR, ends: 'same', lobby: true, peopleMax: '20' });
		expect(await door()).toEqual({ ...before, lobby: true, peopleMax: 20 });
		await doors.renew(fay, id, { role: 'editor' });
		expect(await door()).toEqual({
			...before,
			code: (await door()).code,
			lobby: true,
			peopleMax: 20
		});
		expect((await door()).code).not.toBe(before.code);
		for (const role of ['viewer', 'owner']) {
			const refusal = role === 'viewer' ? 'door-closed' : 'unknown-choice';
			await expect(doors.renew(fay, id, { role })).rejects.toThrow(refusal);
		}
		const closed = doors.open(fay, id, { ...DOOR, role: 'viewer', ends: 'same' });
		await expect(closed).rejects.toThrow('unknown-choice');
	});

	it('end today: at the visitor’s midnight when it is one, else at the server’s', async () => {
		const world = await openTestWorld();
		const { id, fay } = await world.room();
		const endOf = async (midnight: string) => {
			await open(world, fay, id, { ends: 'today', midnight });
			return (await world.services.doors.list(fay, id)).doors[0]?.endsAt;
		};
		expect(await endOf('2026-03-02T08:00:00.000Z')).toBe('2026-03-02T08:00:00.000Z');
		const own = new Date(world.now);
		own.setHours(24, 0, 0, 0);
		for (const nonsense of ['', 'x', '2026-03-01T11:59:59Z', '2027-01-01T00:00:00Z', '-1']) {
			expect(await endOf(nonsense), nonsense).toBe(own.toISOString());
		}
	});

	it('with a lobby keep to their limit when people are let in', async () => {
		const world = await openTestWorld();
		const { id, fay } = await world.room();
		const code = await open(world, fay, id, { lobby: true, peopleMax: '2' });
		const guests = await Promise.all(['A', 'B', 'C'].map((name) => world.guest(name, code)));
		const { people } = world.services;
		await people.admitAll(fay, id);
		const { waiting } = await people.list(fay, id);
		expect(waiting).toHaveLength(1);
		const [last] = waiting;
		await expect(people.admit(fay, id, last!.id)).rejects.toThrow('no-place');
		await expect(people.admitAll(fay, id)).rejects.toThrow('no-place');
		const gone = guests.find(({ id }) => id !== last!.id)!;
		await people.remove(fay, id, gone.id);
		await people.admit(fay, id, last!.id);
	});

	it('nobody waits at a door that is closed, nor who has left', async () => {
		const world = await openTestWorld();
		const { id, fay } = await world.room();
		const code = await open(world, fay, id, { lobby: true });
		const lou = await world.guest('Lou', code);
		const mal = await world.guest('Mal', code);
		const { doors } = world.services;
		await doors.leaveLobby(mal, id);
		await expect(doors.whereIs(mal, id)).rejects.toThrow('door-closed');
		expect(await doors.whereIs(lou, id)).toBe('lobby');
		await doors.close(fay, id, { role: 'editor', sendOut: false });
		await expect(doors.whereIs(lou, id)).rejects.toThrow('door-closed');
	});

	it('are opened and closed by nobody who may not, and seen by nobody who may not invite', async () => {
		const world = await openTestWorld();
		const { id, code, fay } = await world.room();
		const edgar = await world.guest('Edgar', code);
		const vic = await world.guest('Vic', code);
		await world.services.people.setRole(fay, id, vic.id, 'viewer');
		const { fay: other } = await world.room();
		const { doors } = world.services;
		expect(await doors.list(edgar, id)).toMatchObject({ mayOpen: false, doors: [{ code }] });
		await expect(doors.list(vic, id)).rejects.toThrow('role-too-low');
		await expect(doors.list(other, id)).rejects.toThrow('not-allowed');
		await expect(doors.list(null, id)).rejects.toThrow('not-signed-in');
		for (const [actor, refusal] of [
			[edgar, 'role-too-low'],
			[vic, 'role-too-low'],
			[other, 'not-allowed'],
			[null, 'not-signed-in']
		] as const) {
			await expect(doors.open(actor, id, DOOR)).rejects.toThrow(refusal);
			await expect(doors.renew(actor, id, { role: 'editor' })).rejects.toThrow(refusal);
			for (const sendOut of [true, false]) {
				const close = doors.close(actor, id, { role: 'editor', sendOut });
				await expect(close).rejects.toThrow(refusal);
			}
		}
		expect((await doors.list(fay, id)).doors).toMatchObject([{ code, people: 2 }]);
	});

	it('take nothing that makes no sense', async () => {
		const world = await openTestWorld();
		const { id, code, fay } = await world.room();
		const tries: [Partial<DoorInput>, string][] = [
			[{ role: 'facilitator' }, 'unknown-choice'],
			[{ role: 'owner' }, 'unknown-choice'],
			[{ role: '' }, 'unknown-choice'],
			[{ ends: '3650' }, 'unknown-choice'],
			[{ ends: '' }, 'unknown-choice'],
			...['0', '501', '-1', '1.5', '1e2', 'many', '９', '99999'].map(
				(peopleMax): [Partial<DoorInput>, string] => [{ peopleMax }, 'limit-out-of-range']
			)
		];
		for (const [input, refusal] of tries) {
			const opening = world.services.doors.open(fay, id, { ...DOOR, ...input });
			await expect(opening).rejects.toThrow(refusal);
		}
		expect((await world.services.doors.list(fay, id)).doors).toMatchObject([{ code }]);
	});
});

describe('a lobby', () => {
	it('holds only so many at a time', async () => {
		const world = await openTestWorld();
		const { id, fay } = await world.room();
		const code = await open(world, fay, id, { lobby: true });
		const asked_at = world.now.toISOString();
		const waiting = Array.from({ length: WAITING_MAX - 1 }, (_, n) => ({
			room_id: id,
			person_id: `p${n}`,
			role: 'editor' as const,
			asked_at
		}));
		await world.db.insertInto('waiting').values(waiting).execute();
		const last = await world.guest('Last', code);
		await expect(world.join(null, code, 'Late')).rejects.toThrow('lobby-full');
		expect(await world.join(last, code)).toMatchObject({ isWaiting: true });
	});
});
