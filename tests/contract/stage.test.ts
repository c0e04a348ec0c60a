/**
 * The stage, the run of show and workshops over real requests and sockets: who may do what, what
 * everybody is told, what nobody but facilitators gets, and what a crash leaves.
 */
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { archiveCard, moveCard, restoreCard } from '../../src/lib/board/cards.ts';
import { STAGE_CLIENT_ID, type StageState } from '../../src/lib/stage/stage-state.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { SyncClient } from '../sync/sync-client.ts';
import { everyRoute } from './routes.ts';
import { Client, runServer, type Answer, type ServerProcess } from './run-server.ts';

vi.setConfig({ testTimeout: 120_000 });
const WAIT = { timeout: 20_000, interval: 20 };

const NOTES = 'Ask the ambassador about Vienna';
const STEPS = [
	{ kind: 'welcome', title: 'Hello', minutes: 5, notes: NOTES },
	{ kind: 'board', title: 'Where we stand', minutes: 10, notes: `${NOTES} again` },
	{ kind: 'close', title: 'Goodbye' }
];

/** A room with its facilitator, an editor and a viewer. */
async function open(dataDir = temporaryFolder()) {
	const server = await runServer({ DATA_DIR: dataDir });
	const fay = new Client(server);
	const made = await fay.post('/api/rooms', { template: 'us-russia-cyber-detente', name: 'Fay' });
	const { id, code } = made.json as { id: string; code: string };
	const [ana, vic] = [new Client(server), new Client(server)];
	for (const [client, name] of [
		[ana, 'Ana'],
		[vic, 'Vic']
	] as const) {
		expect((await client.post('/api/join', { code, name })).status).toBe(200);
	}
	const { cards } = (await fay.get(`/api/rooms/${id}`)).json as {
		cards: { id: string; column: string }[];
	};
	const room = { dataDir, server, fay, ana, vic, id, code, cards, at: `/api/rooms/${id}` };
	await setRole(room, fay, 'Vic', 'viewer');
	return room;
}
type Room = Awaited<ReturnType<typeof open>>;

/** By the form on the page of the room's people. */
async function setRole(
	{ server, fay, id }: Pick<Room, 'server' | 'fay' | 'id'>,
	by: Client,
	name: string,
	role: string
): Promise<void> {
	const { people } = (await fay.get(`/api/rooms/${id}/people`)).json as {
		people: { id: string; name: string }[];
	};
	const person = people.find((each) => each.name === name)?.id ?? '';
	const answer = await by.send(`/rooms/${id}/people?/role`, {
		method: 'POST',
		headers: {
			...{ origin: server.address, accept: 'text/html' },
			'content-type': 'application/x-www-form-urlencoded'
		},
		body: new URLSearchParams({ person, role }).toString()
	});
	expect(answer.status).toBe(200);
}

function put(client: Client, path: string, value: unknown): Promise<Answer> {
	return client.send(path, {
		method: 'PUT',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(value)
	});
}

function connect(server: ServerProcess, { cookie }: Client, id: string) {
	const address = `${server.address.replace('http', 'ws')}/sync/${id}?ack=1`;
	const socket = new WebSocket(address, { headers: { cookie: cookie ?? '' } });
	const frames: Buffer[] = [];
	socket.on('message', (data) => frames.push(data as Buffer));
	const client = new SyncClient(socket);
	onTestFinished(() => client.close());
	const stage = () => client.heard.get(STAGE_CLIENT_ID)?.state as StageState | undefined;
	const sees = (part: object) => vi.waitFor(() => expect(stage()).toMatchObject(part), WAIT);
	return { client, frames, stage, sees };
}

const failed = ({ status, json }: Answer) => [
	status,
	(json as { error?: { code: string } }).error?.code
];

it('strangers are told to join, others to ask, participants that it is not for their role', async () => {
	const room = await open();
	const { server, fay, ana, vic, at } = room;
	const mal = new Client(server);
	await mal.post('/api/rooms', { template: 'blank', name: 'Mal' });
	expect((await put(fay, `${at}/show`, { from: 0, steps: STEPS })).json).toEqual({ version: 1 });
	const { id: workshop } = (await fay.post(`${at}/workshops`, {})).json as { id: string };
	const before = (await ana.get(`${at}/stage`)).json as StageState;
	const doors: Record<string, (client: Client) => Promise<Answer>> = {
		'read the stage': (client) => client.get(`${at}/stage`),
		'set the stage': (client) => client.post(`${at}/stage`, { message: 'Boo', locked: true }),
		'read the run of show': (client) => client.get(`${at}/show`),
		'write the run of show': (client) => put(client, `${at}/show`, { from: 1, steps: [] }),
		'go on': (client) => client.post(`${at}/show/step`, { from: null, to: 0 }),
		'open a workshop': (client) => client.post(`${at}/workshops`, {}),
		'close the workshop': (client) => client.post(`${at}/workshops/${workshop}/close`, {})
	};
	for (const [door, knock] of Object.entries(doors)) {
		const refused = await knock(new Client(server));
		expect(failed(refused), door).toEqual([401, 'not-signed-in']);
		expect(failed(await knock(mal)), door).toEqual([403, 'not-allowed']);
		if (door === 'read the stage') continue;
		for (const client of [ana, vic]) {
			expect(failed(await knock(client)), door).toEqual([403, 'role-too-low']);
		}
	}
	expect((await vic.get(`${at}/stage`)).json).toEqual(before);
	expect((await fay.get(`${at}/show`)).json).toMatchObject({ version: 1, steps: STEPS });
});

it('what makes no sense is refused with what is wrong about it, and changes nothing', async () => {
	const { fay, ana, at, id } = await open();
	const stage = (body: unknown) => fay.post(`${at}/stage`, body);
	const show = (body: unknown) => put(fay, `${at}/show`, body);
	const step = (fields: object) =>
		show({ from: 0, steps: [{ kind: 'board', title: 'One', ...fields }] });
	const before = (await ana.get(`${at}/stage`)).json as StageState;
	for (const [answer, expected] of [
		[stage({ spotlight: 7 }), [400, 'wrong-field']],
		[stage({ locked: 'yes' }), [400, 'wrong-field']],
		[stage({ quiet: 1 }), [400, 'wrong-field']],
		[stage({ message: ['Boo'] }), [400, 'wrong-field']],
		[stage({ timer: {}, minutes: 5 }), [400, 'wrong-field']],
		[stage({ timer: 'start', minutes: '5' }), [400, 'wrong-field']],
		[stage({ gather: 'now' }), [400, 'wrong-field']],
		[stage([]), [400, 'not-an-object']],
		[stage(null), [400, 'not-an-object']],
		[stage({ spotlight: 'nothing', locked: true }), [409, 'no-such-card']],
		[stage({ message: 'x'.repeat(241), locked: true }), [422, 'message-too-long']],
		[stage({ timer: 'explode', locked: true }), [422, 'unknown-choice']],
		[stage({ timer: 'start', minutes: 0, locked: true }), [422, expect.any(String)]],
		[stage({ timer: 'start', minutes: 1e300, locked: true }), [422, expect.any(String)]],
		[show({ steps: [] }), [400, 'wrong-field']],
		[show({ from: 0 }), [400, 'wrong-field']],
		[show({ from: '0', steps: [] }), [400, 'wrong-field']],
		[show({ from: 0, steps: {} }), [400, 'wrong-field']],
		[show({ from: 0, steps: ['One'] }), [400, 'wrong-field']],
		[step({ kind: undefined }), [400, 'wrong-field']],
		[step({ title: 5 }), [400, 'wrong-field']],
		[step({ minutes: '5' }), [400, 'wrong-field']],
		[step({ card: {} }), [400, 'wrong-field']],
		[step({ asks: 'yes' }), [400, 'wrong-field']],
		[step({ notes: [] }), [400, 'wrong-field']],
		[step({ kind: 'dance' }), [422, 'unknown-choice']],
		[step({ title: ' \n' }), [422, 'step-title-missing']],
		[step({ title: 'x'.repeat(121) }), [422, 'step-title-too-long']],
		[step({ notes: 'x'.repeat(1_001) }), [422, 'notes-too-long']],
		[step({ minutes: -1 }), [422, expect.any(String)]],
		[show({ from: 0, steps: Array(61).fill(STEPS[0]) }), [422, 'too-many-steps']],
		[show({ from: 7, steps: STEPS }), [409, 'changed-meanwhile']],
		[show({ from: 0.5, steps: STEPS }), [409, 'changed-meanwhile']],
		[show({ from: -1, steps: STEPS }), [409, 'changed-meanwhile']],
		[
			show({ from: 0, steps: Array(60).fill({ ...STEPS[0], notes: 'x'.repeat(9_999) }) }),
			[413, 'body-too-large']
		],
		[fay.post(`${at}/show/step`, { from: null, to: 0 }), [404, 'no-such-step']],
		[fay.post(`${at}/show/step`, { from: null, to: -1 }), [404, 'no-such-step']],
		[fay.post(`${at}/show/step`, { from: null, to: 0.5 }), [404, 'no-such-step']],
		[fay.post(`${at}/show/step`, { from: null, to: 'length' }), [400, 'wrong-field']],
		[fay.post(`${at}/workshops/${'A'.repeat(22)}/close`, {}), [404, 'no-such-workshop']],
		[fay.send(`${at}/stage`, { method: 'DELETE' }), [405, 'wrong-method']],
		[fay.send(`${at}/show`, { method: 'POST' }), [405, 'wrong-method']],
		[fay.get(`${at}/show/step`), [405, 'wrong-method']],
		[fay.get(`${at}/workshops`), [405, 'wrong-method']],
		[
			fay.send(`${at}/show`, { method: 'PUT', headers: { 'content-type': 'text/plain' } }),
			[415, 'wrong-content-type']
		],
		[
			fay.send(`${at}/stage`, {
				...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"locked":' }
			}),
			[400, 'malformed-json']
		],
		[fay.get(at.replace(id, 'A'.repeat(22)) + '/stage'), [404, 'no-such-room']]
	] as const) {
		const answered = await answer;
		expect(failed(answered), answered.text).toEqual(expected);
		expect((answered.json as { error: { message: string } }).error.message).toMatch(/\.$/);
	}
	expect((await ana.get(`${at}/stage`)).json).toEqual(before);
	expect((await fay.get(`${at}/show`)).json).toEqual({ version: 0, steps: [] });
});

it('every page is told of every change, whoever it belongs to', async () => {
	const { server, fay, ana, vic, at, id, cards } = await open();
	const pages = [fay, ana, vic].map((client) => connect(server, client, id));
	const all = (part: object) => Promise.all(pages.map(({ sees }) => sees(part)));
	const card = cards[0]!.id;
	await all({ workshop: null, step: null });
	const set = async (body: object, part: object) => {
		expect((await fay.post(`${at}/stage`, body)).status).toBe(200);
		await all(part);
	};
	await set({ spotlight: card }, { spotlight: card });
	await set({ gather: true }, { gatheredAt: expect.any(String) });
	await set({ handsDown: true }, { handsDown: 1 });
	await set({ locked: true }, { isLocked: true });
	await set({ quiet: true }, { isQuiet: true });
	await set({ message: 'Five minutes' }, { message: 'Five minutes' });
	await set(
		{ timer: 'start', minutes: 2 },
		{ timer: { lengthMs: 120_000, endsAt: expect.any(String), leftMs: null } }
	);
	await set({ timer: 'pause' }, { timer: { endsAt: null, leftMs: expect.any(Number) } });
	await set({ timer: 'clear' }, { timer: null });

	const steps = [...STEPS, { kind: 'card', title: 'Trust', card, asks: true }];
	await put(fay, `${at}/show`, { from: 0, steps });
	await fay.post(`${at}/show/step`, { from: null, to: 0 });
	await all({
		step: { kind: 'welcome', title: 'Hello', minutes: 5, place: 0, count: 4 },
		...{ workshop: { number: 1 }, message: null, spotlight: null }
	});
	// A step that everybody is at, and that is called otherwise now.
	await put(fay, `${at}/show`, {
		from: 1,
		steps: [{ ...steps[0], title: 'Hi' }, ...steps.slice(1)]
	});
	await all({ step: { title: 'Hi', place: 0 } });
	await fay.post(`${at}/show/step`, { from: 0, to: 3 });
	await all({ step: { place: 3 }, spotlight: card, round: { state: 'open' } });
	expect(failed(await fay.post(`${at}/show/step`, { from: 3, to: 2 }))).toEqual([
		...[409, 'round-open']
	]);
	const { workshop, round } = pages[1]!.stage() ?? {};
	const close = () => fay.post(`${at}/workshops/${workshop?.id}/close`, {});
	expect(failed(await close())).toEqual([409, 'round-open']);
	expect((await fay.post(`${at}/rounds/${round?.id}/reveal`, {})).status).toBe(200);
	await all({ round: { state: 'revealed' } });
	expect((await close()).status).toBe(200);
	await all({ workshop: null, step: null, round: null, isLocked: false, isQuiet: false });
	// Whoever comes now is told the same.
	await connect(server, ana, id).sees({ workshop: null, step: null, handsDown: 1 });
});

it('ten who press “next” at once go one step', async () => {
	const { fay, at } = await open();
	await put(fay, `${at}/show`, { from: 0, steps: STEPS });
	await fay.post(`${at}/show/step`, { from: null, to: 0 });
	const pressed = await Promise.all(
		Array.from({ length: 10 }, () => fay.post(`${at}/show/step`, { from: 0, to: 1 }))
	);
	expect(new Set(pressed.map(({ status }) => status))).toEqual(new Set([200]));
	expect((await fay.get(`${at}/stage`)).json).toMatchObject({ step: { place: 1 } });
	const { entries } = (await fay.get(`${at}/history`)).json as { entries: { kind: string }[] };
	expect(entries.filter(({ kind }) => kind === 'step')).toHaveLength(2);
});

it('goes on from the beginning when the step that everybody is at is taken out', async () => {
	const { server, fay, at, id } = await open();
	const { sees } = connect(server, fay, id);
	await put(fay, `${at}/show`, { from: 0, steps: STEPS });
	await fay.post(`${at}/show/step`, { from: null, to: 2 });
	await sees({ step: { place: 2 } });
	await put(fay, `${at}/show`, { from: 1, steps: STEPS.slice(0, 2) });
	await sees({ step: null });
	expect((await fay.post(`${at}/show/step`, { from: null, to: 0 })).status).toBe(200);
	await sees({ step: { place: 0, count: 2 } });
});

it('notes of the run of show are in no frame and at no address that a participant reaches', async () => {
	const { server, fay, ana, vic, at, id, code } = await open();
	const live = [ana, vic].map((client) => connect(server, client, id));
	await put(fay, `${at}/show`, { from: 0, steps: STEPS });
	const { id: workshop } = (await fay.post(`${at}/workshops`, {})).json as { id: string };
	for (const place of [0, 1, 2]) {
		await fay.post(`${at}/show/step`, { from: place === 0 ? null : place - 1, to: place });
		for (const { sees } of live) await sees({ step: { place } });
	}
	// What a facilitator gets has them, so that the search below would find them.
	expect((await fay.get(`/rooms/${id}/show`)).text).toContain(NOTES);
	const addresses = everyRoute()
		.map(({ path }) => path.replaceAll(`/rooms/${'A'.repeat(22)}`, `/rooms/${id}`))
		.map((path) => path.replace(`/workshops/${'A'.repeat(22)}`, `/workshops/${workshop}`))
		.map((path) => path.replace('/j/ABCDEFGH', `/j/${code}`))
		.flatMap((path) => [path, `${path.replace(/\/$/, '')}/__data.json`]);
	expect(addresses).toContain(`${at}/show`);
	expect(addresses).toContain(`/rooms/${id}/show/__data.json`);
	let reached = 0;
	for (const client of [ana, vic, new Client(server)]) {
		for (const path of addresses) {
			const answer = await client.get(path);
			if (answer.status === 200) reached++;
			expect(answer.text, path).not.toContain('Vienna');
			expect(JSON.stringify(answer.headers), path).not.toContain('Vienna');
		}
		expect(failed(await client.get(`${at}/show`))[0]).toBeGreaterThan(400);
		expect((await client.get(`/rooms/${id}/show`)).status).toBeGreaterThan(400);
	}
	expect(reached).toBeGreaterThan(20);
	for (const { frames } of live) {
		expect(frames.some((bytes) => bytes.includes('Where we stand'))).toBe(true);
		expect(frames.some((bytes) => bytes.includes('Vienna'))).toBe(false);
	}
});

it('is after a crash what it was before: spotlight, time, lock, message, step, open round', async () => {
	const { dataDir, server, fay, ana, at, id, cards } = await open();
	const steps = [...STEPS, { kind: 'card', title: 'Trust', card: cards[0]!.id, asks: true }];
	await put(fay, `${at}/show`, { from: 0, steps });
	await fay.post(`${at}/show/step`, { from: null, to: 3 });
	await fay.post(`${at}/stage`, {
		...{ spotlight: cards[1]!.id, locked: true, quiet: true, message: 'Five minutes' },
		...{ timer: 'start', minutes: 30, gather: true, handsDown: true }
	});
	const before = (await ana.get(`${at}/stage`)).json as StageState;
	expect(before).toMatchObject({
		workshop: { number: 1 },
		step: { title: 'Trust', place: 3, count: 4 },
		spotlight: cards[1]!.id,
		timer: { endsAt: expect.any(String), lengthMs: 30 * 60_000 },
		...{
			isLocked: true,
			isQuiet: true,
			message: 'Five minutes',
			gatheredAt: expect.any(String),
			handsDown: 1
		},
		round: { state: 'open' }
	});
	await server.stop('SIGKILL');

	const again = await runServer({ DATA_DIR: dataDir });
	const live = connect(again, ana, id);
	await live.sees({ message: 'Five minutes' });
	expect(live.stage()).toEqual(before);
	// The lock holds, too.
	await vi.waitFor(() => expect(live.client.isSynchronised).toBe(true), WAIT);
	const [card] = cards;
	const elsewhere = cards.find(({ column }) => column !== card!.column)!.column;
	moveCard(live.client.doc, card!.id, { column: elsewhere }, new Date());
	await vi.waitFor(() => expect(live.client.isSaved).toBe(true), WAIT);
	const { cards: now } = (await new Client(again, fay.cookie).get(at)).json as Room;
	expect(now.find(({ id }) => id === card!.id)?.column).toBe(card!.column);
	expect((await new Client(again, fay.cookie).get(`${at}/show`)).json).toMatchObject({
		...{ version: 1, steps }
	});
});

it('lets go of a card that somebody puts in the trash, also when it comes back', async () => {
	const { server, fay, ana, at, id, cards } = await open();
	const live = connect(server, ana, id);
	const card = cards[0]!.id;
	await fay.post(`${at}/stage`, { spotlight: card });
	await live.sees({ spotlight: card });
	await vi.waitFor(() => expect(live.client.isSynchronised).toBe(true), WAIT);
	archiveCard(live.client.doc, card);
	await live.sees({ spotlight: null });
	expect(failed(await fay.post(`${at}/stage`, { spotlight: card }))).toEqual([409, 'no-such-card']);
	restoreCard(live.client.doc, card);
	await vi.waitFor(() => expect(live.client.isSaved).toBe(true), WAIT);
	expect((await ana.get(`${at}/stage`)).json).toMatchObject({ spotlight: null });
	expect((await fay.post(`${at}/stage`, { spotlight: card })).status).toBe(200);
	await live.sees({ spotlight: card });
});

it('goes on as it is while the facilitator’s connection is lost, and when all are gone', async () => {
	const { server, fay, ana, at, id, cards } = await open();
	const own = connect(server, fay, id);
	const live = connect(server, ana, id);
	await put(fay, `${at}/show`, { from: 0, steps: STEPS });
	await fay.post(`${at}/show/step`, { from: null, to: 1 });
	await fay.post(`${at}/stage`, { spotlight: cards[0]!.id, locked: true });
	await live.sees({ isLocked: true, step: { place: 1 } });
	await own.sees({ isLocked: true, step: { place: 1 } });
	const before = live.stage();
	const here = () => Object.values(live.client.people ?? {}).map(({ name }) => name);
	// Whoever has no client id of their own is not in the directory: both say that they are here.
	own.client.sendState(own.client.doc.clientID, 1, {});
	live.client.sendState(live.client.doc.clientID, 1, {});
	await vi.waitFor(() => expect(here()).toContain('Fay'), WAIT);
	own.client.close();
	await vi.waitFor(() => expect(here()).not.toContain('Fay'), WAIT);
	expect(live.stage()).toEqual(before);
	live.client.close();
	expect((await ana.get(`${at}/stage`)).json).toEqual(before);
	await connect(server, fay, id).sees({ isLocked: true, step: { place: 1 } });
});

it('is handed over: another facilitator goes on, and whoever is none any more is refused', async () => {
	const room = await open();
	const { server, fay, ana, vic, at, id } = room;
	const watching = connect(server, vic, id);
	await put(fay, `${at}/show`, { from: 0, steps: STEPS });
	await fay.post(`${at}/show/step`, { from: null, to: 0 });
	await watching.sees({ step: { place: 0 } });
	expect(failed(await ana.post(`${at}/show/step`, { from: 0, to: 1 }))[1]).toBe('role-too-low');

	await setRole(room, fay, 'Ana', 'facilitator');
	expect((await ana.get(`${at}/show`)).json).toMatchObject({ steps: [{ notes: NOTES }, {}, {}] });
	expect((await ana.post(`${at}/show/step`, { from: 0, to: 1 })).status).toBe(200);
	await watching.sees({ step: { place: 1 } });

	await setRole(room, ana, 'Fay', 'editor');
	for (const refused of [
		await fay.get(`${at}/show`),
		await put(fay, `${at}/show`, { from: 1, steps: [] }),
		await fay.post(`${at}/show/step`, { from: 1, to: 2 }),
		await fay.post(`${at}/stage`, { message: 'Still me' }),
		await fay.post(`${at}/workshops/${watching.stage()?.workshop?.id}/close`, {})
	]) {
		expect(failed(refused)).toEqual([403, 'role-too-low']);
	}
	expect((await fay.get(`/rooms/${id}/show`)).text).not.toContain(NOTES);
	expect((await ana.post(`${at}/stage`, { message: 'I go on' })).status).toBe(200);
	await watching.sees({ step: { place: 1 }, message: 'I go on' });
});
