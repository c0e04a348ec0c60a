import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { archiveCard } from '#board/cards.ts';
import { readBoard } from '#board/read-board.ts';
import type { Role } from '#sync/people.ts';
import { DIALECTS } from '../database/open-test-databases.ts';
import type { Person } from '../services.ts';
import { callerOf, openWorld, refusal, type World } from '../teams/testing.ts';
import { enrol } from './member.repository.ts';
import { sweep } from './sweep.ts';

async function titlesOf({ services }: World, person: Person) {
	const { active, archived, trash } = await services.lists.own(person, '');
	const titles = ({ rooms }: typeof active) => rooms.map(({ title }) => title);
	return { active: titles(active), archived: titles(archived), trash: titles(trash) };
}

describe.each(DIALECTS)('keeping rooms on %s', { timeout: 60_000 }, (dialect) => {
	it('a title is changed in the document, and lists have it at once', async () => {
		const world = await openWorld(dialect);
		const { services, user, room } = world;
		const ana = await user('Ana');
		const id = await room(ana);
		await services.keeping.rename(ana, id, '  Water \n on the border ');
		expect((await services.rooms.read(ana, id)).board.title).toBe('Water on the border');
		expect(await services.keeping.settings(ana, id)).toMatchObject({
			title: 'Water on the border',
			role: 'owner',
			team: null,
			may: { rename: true, archive: true, govern: true }
		});
		expect((await titlesOf(world, ana)).active).toEqual(['Water on the border']);
	});

	it('a copy is a new room with the same reading, without trash, people and checkpoints', async () => {
		const { services, liveRooms, user, team, room, db } = await openWorld(dialect);
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const home = await team(ana, [ben]);
		const id = await room(ana, home);
		const [card] = (await liveRooms.read(id, readBoard)).cards;
		await liveRooms.edit(id, (doc) => archiveCard(doc, card!.id));

		const input = { title: 'Copy', team: home };
		const copy = await services.keeping.duplicate(callerOf(ben), id, input);
		expect(copy).toMatchObject({ role: 'owner', pass: null });
		const [original, copied] = [
			await services.rooms.read(ben, id),
			await services.rooms.read(ben, copy.id)
		];
		expect(copied.board).toEqual({ ...original.board, title: 'Copy', archived: [] });
		expect(copied.reading).toEqual(original.reading);
		expect(await services.rooms.view(ben, copy.id)).toMatchObject({ epoch: 1, team: { id: home } });
		const clients = (room: string) => liveRooms.read(room, (doc) => [...doc.store.clients.keys()]);
		const before = await clients(id);
		expect((await clients(copy.id)).some((client) => before.includes(client))).toBe(false);
		const members = await db
			.selectFrom('members')
			.select('person_id')
			.where('room_id', '=', copy.id)
			.execute();
		expect(members).toEqual([{ person_id: ben.id }]);

		const own = await services.keeping.duplicate(callerOf(ben), id, { title: '', team: '' });
		expect((await services.rooms.read(ben, own.id)).board.title).toBe('Room');
		expect(await refusal(services.rooms.read(ana, own.id))).toBe('not-allowed');
	});

	it('an archived room is listed apart and used as before', async () => {
		const world = await openWorld(dialect);
		const { services, user, room } = world;
		const ana = await user('Ana');
		const id = await room(ana);
		await services.keeping.archive(ana, id);
		expect(await titlesOf(world, ana)).toEqual({ active: [], archived: ['Room'], trash: [] });
		await services.keeping.rename(ana, id, 'Still used');
		await services.keeping.unarchive(ana, id);
		expect((await titlesOf(world, ana)).active).toEqual(['Still used']);
	});

	it('a room in the trash lets nobody in, comes back whole, and is erased after 30 days', async () => {
		const world = await openWorld(dialect);
		const { services, db, user, room, pass, now } = world;
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const id = await room(ana);
		await enrol(db, id, ben.id, 'editor', now());
		const { code } = await services.rooms.view(ana, id);
		await services.keeping.trash(ana, id);
		expect(await titlesOf(world, ana)).toEqual({ active: [], archived: [], trash: ['Room'] });
		for (const person of [ana, ben]) {
			expect(await refusal(services.rooms.view(person, id))).toBe('room-in-trash');
			expect(await refusal(services.rooms.read(person, id))).toBe('room-in-trash');
			expect(await refusal(services.keeping.settings(person, id))).toBe('room-in-trash');
			expect(await refusal(services.keeping.rename(person, id, 'X'))).toBe('room-in-trash');
			expect(await refusal(services.keeping.trash(person, id))).toBe('room-in-trash');
			const copy = services.keeping.duplicate(callerOf(person), id, { title: '', team: '' });
			expect(await refusal(copy)).toBe('room-in-trash');
		}
		const byCode = { code: code!, name: 'Guest' };
		expect(await refusal(services.rooms.join(callerOf(null), byCode))).toBe('wrong-code');
		const byLink = { ...byCode, room: id };
		expect(await refusal(services.rooms.join(callerOf(null), byLink))).toBe('wrong-code');

		const trashed = { id, erasedAt: '2026-03-31T12:00:00.000Z' };
		expect(await services.keeping.findTrashed(ana, id)).toEqual({ ...trashed, mayRestore: true });
		expect(await services.keeping.findTrashed(ben, id)).toEqual({ ...trashed, mayRestore: false });
		expect(await services.keeping.findTrashed(await user('Eve'), id)).toBeNull();
		expect(await refusal(services.keeping.restore(ben, id))).toBe('not-allowed');
		await services.keeping.restore(ana, id);
		expect((await services.rooms.read(ben, id)).board.cards).toHaveLength(12);

		await services.keeping.trash(ana, id);
		expect(await sweep(db, pass(29.9), () => {})).toMatchObject({ rooms: 0 });
		expect(await sweep(db, pass(0.2), () => {})).toMatchObject({ rooms: 1 });
		expect(await refusal(services.rooms.view(ana, id))).toBe('no-such-room');
		expect(await refusal(services.keeping.restore(ana, id))).toBe('no-such-room');
		for (const table of ['updates', 'snapshots', 'members', 'room_codes', 'history'] as const) {
			expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
		}
		for (const table of ['room_summaries', 'room_days', 'room_visits'] as const) {
			expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
		}
	});
});

describe('who may do what to a room', () => {
	/** What each role gets for each thing: "-" when it is refused as not allowed. */
	const TABLE = `
		what      owner facilitator editor viewer stranger
		settings  yes   yes         yes    yes    -
		duplicate yes   yes         yes    yes    -
		rename    yes   yes         yes    -      -
		archive   yes   yes         -      -      -
		unarchive yes   yes         -      -      -
		teamRole  yes   -           -      -      -
		trash     yes   -           -      -      -
	`;
	const [head = '', ...lines] = TABLE.trim().split('\n');
	const roles = head.trim().split(/\s+/).slice(1);

	async function inRole(world: World, role: string, team = ''): Promise<[Person, string]> {
		const ana = await world.user('Ana');
		const id = await world.room(ana, team);
		const person = await world.user('Ben');
		if (role !== 'stranger') {
			await enrol(world.db, id, person.id, role as Role, world.now());
		}
		return [person, id];
	}

	it.each(lines.map((line) => line.trim().split(/\s+/)))('%s', async (what, ...cells) => {
		for (const [index, role] of roles.entries()) {
			const world = await openWorld();
			const [person, id] = await inRole(world, role);
			const { keeping } = world.services;
			const done: Record<string, () => Promise<unknown>> = {
				settings: () => keeping.settings(person, id),
				duplicate: () => keeping.duplicate(callerOf(person), id, { title: '', team: '' }),
				rename: () => keeping.rename(person, id, 'X'),
				archive: () => keeping.archive(person, id),
				unarchive: () => keeping.unarchive(person, id),
				teamRole: () => keeping.setTeamRole(person, id, 'viewer'),
				trash: () => keeping.trash(person, id)
			};
			const expected = cells[index] === 'yes' ? 'nothing was refused' : 'not-allowed';
			expect(await refusal(done[what]!()), role).toBe(expected);
		}
	});

	it('nobody copies or opens a room into a team that they are not in', async () => {
		const { services, user, team, room } = await openWorld();
		const [ana, eve] = [await user('Ana'), await user('Eve')];
		const home = await team(ana);
		const id = await room(eve);
		const copy = (to: string) =>
			refusal(services.keeping.duplicate(callerOf(eve), id, { title: '', team: to }));
		expect(await copy(home)).toBe('no-such-team');
		expect(await copy('../')).toBe('no-such-team');
		const guest = await services.rooms.create(callerOf(null), { template: 'blank', name: 'G' });
		const person = await services.guests.find(guest.pass?.token);
		const open = { template: 'blank', team: home };
		expect(await refusal(services.rooms.create(callerOf(person), open))).toBe('account-needed');
		const asOwner = { ...open, teamRole: 'owner' };
		expect(await refusal(services.rooms.create(callerOf(ana), asOwner))).toBe('unknown-role');
	});

	it('a former member is out of the team’s rooms, also of those they made or joined by code', async () => {
		const { services, db, now, user, team, room } = await openWorld();
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const home = await team(ana, [ben]);
		const made = await room(ben, home);
		const joined = await room(ana, home);
		await enrol(db, joined, ben.id, 'facilitator', now());
		const elsewhere = await room(ben);
		await services.teamPeople.remove(ana, home, ben.id);
		for (const id of [made, joined]) {
			expect(await refusal(services.rooms.view(ben, id))).toBe('removed');
			expect(await refusal(services.keeping.restore(ben, id))).toBe('not-allowed');
		}
		expect(await services.rooms.view(ben, elsewhere)).toMatchObject({ id: elsewhere });
		expect(await services.rooms.view(ana, made)).toMatchObject({ person: { role: 'owner' } });
	});

	it('a code does not bring a former member back; a new invitation to the team does', async () => {
		const { services, user, team, room, pass } = await openWorld();
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const home = await team(ana, [ben]);
		const ofTeam = await room(ana, home);
		const { code } = await services.rooms.view(ana, ofTeam);
		const join = () => services.rooms.join(callerOf(ben), { code: code ?? '', name: undefined });
		await services.teamPeople.remove(ana, home, ben.id);
		expect(await refusal(join())).toBe('removed');
		expect((await services.lists.home(ben))?.recent.count).toBe(0);
		pass(1);
		const { token } = await services.teamInvites.create(ana, home, 'member');
		await services.teamInvites.accept(callerOf(ben), token);
		expect(await services.rooms.view(ben, ofTeam)).toMatchObject({ person: { role: 'editor' } });
		expect(await join()).toMatchObject({ role: 'editor', isWaiting: false });
	});

	it('whoever was put out of one room stays out when the team takes them back', async () => {
		const { services, user, team, room, pass } = await openWorld();
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const home = await team(ana, [ben]);
		const ofTeam = await room(ana, home);
		await services.rooms.view(ben, ofTeam);
		await services.people.remove(ana, ofTeam, ben.id);
		expect(await refusal(services.rooms.view(ben, ofTeam))).toBe('removed');
		const listed = (await services.lists.ofTeam(ben, home, '')).active.rooms;
		expect(listed.map(({ id }) => id)).not.toContain(ofTeam);
		pass(1);
		await services.teamPeople.leave(ben, home);
		const { token } = await services.teamInvites.create(ana, home, 'member');
		await services.teamInvites.accept(callerOf(ben), token);
		expect(await refusal(services.rooms.view(ben, ofTeam))).toBe('removed');
	});

	it('members are in a team’s rooms what the room says', async () => {
		const { services, user, team, room } = await openWorld();
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const home = await team(ana, [ben]);
		const id = await room(ana, home);
		const roleOf = async () => (await services.rooms.view(ben, id)).person.role;
		expect(await roleOf()).toBe('editor');
		await services.keeping.setTeamRole(ana, id, 'viewer');
		expect(await roleOf()).toBe('viewer');
		expect(await refusal(services.keeping.setTeamRole(ana, id, 'owner'))).toBe('unknown-role');
	});
});

it('a title that is missing or too long is refused, and what hides text is taken out', async () => {
	const { services, user, room } = await openWorld();
	const ana = await user('Ana');
	const id = await room(ana);
	expect(await refusal(services.keeping.rename(ana, id, ' \u200b '))).toBe('title-missing');
	expect(await refusal(services.keeping.rename(ana, id, 'x'.repeat(241)))).toBe('title-too-long');
	await services.keeping.rename(ana, id, 'Left\u202eRight');
	expect((await services.rooms.read(ana, id)).board.title).toBe('LeftRight');
});

it('a copy of what a hostile client wrote is a valid board', async () => {
	const { services, liveRooms, user, room } = await openWorld();
	const ana = await user('Ana');
	const id = await room(ana);
	await liveRooms.edit(id, (doc) => {
		doc.getMap('cards').set('a', new Y.Map(Object.entries({ title: 7, place: 'x', spread: 1e9 })));
		doc.getMap('columns').set('c', 'no map');
		doc.getMap('meta').set('title', { not: 'text' });
	});
	const copy = await services.keeping.duplicate(callerOf(ana), id, { title: '', team: '' });
	const { board } = await services.rooms.read(ana, copy.id);
	expect(board).toEqual((await services.rooms.read(ana, id)).board);
});
