/** What happens to people who are in a room while it, or their place in its team, ends. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '../../src/lib/sync/close-codes.ts';
import { runServer, type ServerProcess } from './run-server.ts';
import { invite, makeTeam, memberIds, openRoom, signUp, type Browser } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Somebody in a room: how their socket stands now. */
async function enter(server: ServerProcess, who: Browser, room: string, query = '') {
	const address = `${server.address.replace('http', 'ws')}/sync/${room.split('/').at(-1)}${query}`;
	const socket = new WebSocket(address, { headers: { cookie: who.cookie ?? '' } });
	onTestFinished(() => socket.terminate());
	const live: { closedWith: number | null; leftAt: number } = { closedWith: null, leftAt: 0 };
	socket.on('close', (code) => Object.assign(live, { closedWith: code, leftAt: Date.now() }));
	await new Promise((resolve, reject) => {
		socket.once('message', resolve);
		socket.once('close', resolve);
		socket.once('error', reject);
	});
	return live;
}

async function open() {
	const server = await runServer();
	const [ana, ben] = [await signUp(server, 'Ana'), await signUp(server, 'Ben')];
	const team = await makeTeam(ana, 'Live');
	await ben.submit(await invite(ana, team));
	const room = await openRoom(ana, team, 'Room');
	return { server, ana, ben, team, room };
}

/** Each is closed with `code`, within a second of `since`. */
async function expectClosed(
	since: number,
	code: number,
	...people: Awaited<ReturnType<typeof enter>>[]
) {
	for (const person of people) {
		await vi.waitFor(() => expect(person.closedWith).toBe(code), { timeout: 1_000 });
		expect(person.leftAt - since).toBeLessThan(1_000);
	}
}

it('a room that goes to the trash sends everybody out with its own code, and opens when restored', async () => {
	const { server, ana, ben, room } = await open();
	const live = [await enter(server, ana, room), await enter(server, ben, room)];
	const since = Date.now();
	await ana.submit(`${room}/settings?/trash`, { to: '/' });
	await expectClosed(since, CLOSE.inTrash, ...live);
	expect(await enter(server, ben, room)).toMatchObject({ closedWith: CLOSE.inTrash });
	expect((await ben.get(`/api${room}`)).json.error.code).toBe('room-in-trash');
	await ana.submit(`${room}/settings?/restore`, { to: '/' });
	// The epoch is the same: what a device had kept is taken.
	expect(await enter(server, ben, room, '?epoch=1')).toMatchObject({ closedWith: null });
});

it('a deleted team sends everybody out of its rooms for good', async () => {
	const { server, ana, ben, team, room } = await open();
	const live = [await enter(server, ana, room), await enter(server, ben, room)];
	const since = Date.now();
	await ana.submit(`${team}/settings?/erase`, { name: 'Live' });
	await expectClosed(since, CLOSE.roomGone, ...live);
	expect(await enter(server, ana, room)).toMatchObject({ closedWith: CLOSE.noSuchRoom });
});

it('whoever is removed or leaves is sent out of the team’s rooms, and nobody else', async () => {
	const { server, ana, ben, team, room } = await open();
	const cleo = await signUp(server, 'Cleo');
	await cleo.submit(await invite(ana, team));
	const other = await openRoom(ana, team, 'Other');
	const own = await openRoom(ben, await makeTeam(ben, 'Of Ben'), 'Elsewhere');
	const staying = [await enter(server, ana, room), await enter(server, ben, own)];
	const leaving = [await enter(server, ben, room), await enter(server, ben, other)];
	const [benId = ''] = await memberIds(ana, team);
	let since = Date.now();
	await ana.submit(`${team}/people?/remove`, { person: benId });
	await expectClosed(since, CLOSE.removed, ...leaving);
	expect(await enter(server, ben, room)).toMatchObject({ closedWith: CLOSE.removed });

	const cleos = await enter(server, cleo, room);
	since = Date.now();
	await cleo.submit(`${team}/people?/leave`);
	await expectClosed(since, CLOSE.notAllowed, cleos);
	for (const person of staying) expect(person.closedWith).toBeNull();
});
