import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '#sync/close-codes.ts';
import { SyncClient } from '../../tests/sync/sync-client.ts';
import { until } from '../../tests/sync/sync-fixture.ts';
import { authorize } from '../auth/authorize.ts';
import { createLog } from '../log.ts';
import type { Entry, Person } from '../services.ts';
import { createGateway } from '../sync/gateway.ts';
import { openTestWorld, type TestWorld } from './open-test-room.ts';
import { sweep } from './sweep.ts';

/** The world with a door for websockets, which knows guests by their cookie. */
async function openLiveWorld() {
	const world = await openTestWorld();
	const { db, services } = world;
	const gateway = createGateway({
		liveRooms: world.liveRooms,
		authorize: (request, roomId) =>
			authorize({ db, accounts: services.accounts }, request, roomId, world.now),
		allowsOrigin: () => true,
		log: createLog('silent')
	});
	const http = createServer();
	http.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	onTestFinished(async () => {
		http.close();
		await gateway.close();
	});
	const { port } = http.address() as AddressInfo;
	const connect = (id: string, cookie: string) => {
		const headers = { cookie };
		const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/${id}?ack=1`, { headers });
		const client = new SyncClient(socket);
		onTestFinished(() => client.close());
		return client;
	};
	return { world, connect };
}

const guestCookie = ({ pass }: Pick<Entry, 'pass'>) => `guest=${pass?.token}`;

/** Signs somebody up and says who they are and their cookie. */
async function signUp({ services }: TestWorld, name: string): Promise<[Person, string]> {
	const visitor = { guest: null, address: '192.0.2.1', device: 'Firefox' };
	const email = `${name.toLowerCase()}@example.org`;
	const pass = await services.accounts.signUp(visitor, {
		email,
		name,
		password: 'four plain words'
	});
	return [(await services.accounts.find(pass.id))!.person, `session=${pass.id}`];
}

describe('those who are connected', () => {
	it('get what a team’s default or its membership makes of them now', async () => {
		const { world, connect } = await openLiveWorld();
		const { services } = world;
		const [olga, olgas] = await signUp(world, 'Olga');
		const [mia, mias] = await signUp(world, 'Mia');
		const callerOf = (person: Person) => ({ person, address: '192.0.2.1' });
		const team = await services.teams.create(olga, { name: 'T' });
		const { token } = await services.teamInvites.create(olga, team, 'member');
		await services.teamInvites.accept(callerOf(mia), token);
		const { id } = await services.rooms.create(callerOf(olga), { template: 'blank', team });

		const owner = connect(id, olgas);
		const live = connect(id, mias);
		await until(() => live.isSynchronised && owner.isSynchronised && live.isSaved);
		expect(live.roles).toMatchObject([{ role: 'editor' }]);

		await services.keeping.setTeamRole(olga, id, 'viewer');
		await until(() => live.roles.at(-1)?.role === 'viewer');
		await services.teamPeople.changeRole(olga, team, mia.id, 'owner');
		await until(() => live.roles.at(-1)?.role === 'owner');
		await services.teamPeople.changeRole(olga, team, mia.id, 'member');
		await until(() => live.roles.at(-1)?.role === 'viewer');
		await services.teamPeople.remove(olga, team, mia.id);
		await until(() => live.closeCode === CLOSE.removed);
		expect(owner.closeCode).toBeUndefined();
		expect(owner.roles).toMatchObject([{ role: 'owner' }]);
	});

	it('are told their new name when it has changed elsewhere', async () => {
		const { world, connect } = await openLiveWorld();
		const [olga, cookie] = await signUp(world, 'Olga');
		const { id } = await world.room(olga);
		const live = connect(id, cookie);
		await until(() => live.isSynchronised);
		live.sendState(live.doc.clientID, 1, {});
		await until(() => live.people?.[live.doc.clientID]?.name === 'Olga');
		const { db, services } = world;
		await db.updateTable('users').set({ name: 'Olga II' }).where('id', '=', olga.id).execute();
		await services.reassess({ person: olga.id });
		await until(() => live.people?.[live.doc.clientID]?.name === 'Olga II');
	});

	it('hear of the lobby as it fills and empties', async () => {
		const { world, connect } = await openLiveWorld();
		const entry = await world.services.rooms.create(
			{ person: null, address: '192.0.2.1' },
			{ template: 'blank', name: 'Fay' }
		);
		const fay = await world.guestOf(entry);
		const live = connect(entry.id, guestCookie(entry));
		await until(() => live.server?.waiting === 0);
		const door = { role: 'editor', ends: 'same', midnight: '', peopleMax: '' };
		await world.services.doors.open(fay, entry.id, { ...door, lobby: true });
		const lou = await world.guest('Lou', entry.code);
		await world.guest('Mal', entry.code);
		await until(() => live.server?.waiting === 2);
		await world.services.people.admit(fay, entry.id, lou.id);
		await until(() => live.server?.waiting === 1);
		await world.services.doors.close(fay, entry.id, { role: 'editor', sendOut: false });
		await until(() => live.server?.waiting === 0);
	});

	it('come back to be looked up when the database does not answer just then', async () => {
		const { world, connect } = await openLiveWorld();
		const [olga, cookie] = await signUp(world, 'Olga');
		const { id } = await world.room(olga);
		const live = connect(id, cookie);
		await until(() => live.isSynchronised);
		await world.db.destroy();
		await world.services.reassess({ person: olga.id });
		await until(() => live.closeCode === CLOSE.tryLater);
	});
});

describe('a guest whose time is over', () => {
	it('is erased with every tie to a room, and named by nobody who is connected', async () => {
		const { world, connect } = await openLiveWorld();
		const { db, services } = world;
		const [olga, olgas] = await signUp(world, 'Olga');
		const { id } = await world.room(olga);
		await services.doors.open(olga, id, {
			role: 'editor',
			ends: '30',
			midnight: '',
			lobby: false,
			peopleMax: ''
		});
		const code = (await services.doors.list(olga, id)).doors[0]!.code;
		const entry = await world.join(null, code, 'Gustav Guest');
		const gus = await world.guestOf(entry);
		const gone = await world.guest('Removed Guest', code);
		await services.people.remove(olga, id, gone.id);
		await services.people.rename(olga, id, gus.id, 'Gustav Renamed');
		await services.doors.open(olga, id, {
			role: 'editor',
			ends: '30',
			midnight: '',
			lobby: true,
			peopleMax: ''
		});
		await world.guest('Waiting Guest', code);

		const owner = connect(id, olgas);
		const guest = connect(id, guestCookie(entry));
		await until(() => owner.isSynchronised && guest.isSynchronised);
		guest.sendState(guest.doc.clientID, 1, {});
		guest.doc.getMap('meta').set('title', 'What he wrote');
		await until(() => guest.isSaved && owner.people?.[guest.doc.clientID] !== undefined);
		expect(owner.people?.[guest.doc.clientID]?.name).toBe('Gustav Renamed');

		expect((await sweep(db, world.pass(90), () => {})).guests).toBe(3);
		await services.reassess({});
		await until(() => guest.closeCode === CLOSE.notSignedIn);
		await until(() => owner.people?.[guest.doc.clientID] === undefined);
		for (const table of ['guests', 'waiting', 'removals'] as const) {
			expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
		}
		const members = await db.selectFrom('members').select('person_id').execute();
		expect(members).toEqual([{ person_id: olga.id }]);
		expect((await services.people.list(olga, id)).people.map(({ name }) => name)).toEqual(['Olga']);
		// What was written stays, and names nobody.
		const { board } = await services.rooms.read(olga, id);
		expect(board.title).toBe('What he wrote');
		expect(JSON.stringify(board)).not.toMatch(/Gustav|Guest/);
	});

	it('lasts as long as is configured', async () => {
		const world = await openTestWorld('sqlite', { guestRetentionDays: 3 });
		const { fay, id } = await world.room();
		world.pass(2);
		expect((await world.services.rooms.view(fay, id)).person.name).toBe('Fay');
		expect((await sweep(world.db, world.pass(1), () => {})).guests).toBe(1);
	});
});
