/** A blind round over real requests and sockets: what a participant can get before the reveal. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { STAGE_CLIENT_ID, type StageState } from '../../src/lib/stage/stage-state.ts';
import { openDatabase } from '../../server/database/database.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { SyncClient } from '../sync/sync-client.ts';
import { everyRoute } from './routes.ts';
import { Client, runServer, type ServerProcess } from './run-server.ts';

vi.setConfig({ testTimeout: 120_000 });

const REASON = 'because the hotline was silent';

async function open(env: Record<string, string> = {}) {
	const dataDir = temporaryFolder();
	const server = await runServer({ DATA_DIR: dataDir, ...env });
	const fay = new Client(server);
	const made = await fay.post('/api/rooms', { template: 'us-russia-cyber-detente', name: 'Fay' });
	const { id, code } = made.json as { id: string; code: string };
	const people: Client[] = [];
	for (const name of ['Ana', 'Ben', 'Cem', 'Eve']) {
		const client = new Client(server);
		expect((await client.post('/api/join', { code, name })).status).toBe(200);
		people.push(client);
	}
	const { cards, columns } = (await fay.get(`/api/rooms/${id}`)).json as {
		cards: { id: string; column: string }[];
		columns: { id: string }[];
	};
	return {
		dataDir,
		server,
		fay,
		people,
		id,
		code,
		card: cards[0]!.id,
		columns,
		rounds: `/api/rooms/${id}/rounds`
	};
}

function connect(server: ServerProcess, { cookie }: Client, id: string) {
	const address = `${server.address.replace('http', 'ws')}/sync/${id}?ack=1`;
	const socket = new WebSocket(address, { headers: { cookie: cookie ?? '' } });
	const frames: Buffer[] = [];
	socket.on('message', (data) => frames.push(data as Buffer));
	const client = new SyncClient(socket);
	onTestFinished(() => client.close());
	const stage = () => client.heard.get(STAGE_CLIENT_ID)?.state as StageState | undefined;
	return { frames, stage };
}

/**
 * What differs by when it was asked is put aside: nonces, times, how old evidence is, and what the
 * dial's range grows by in a second, which has shown in its third decimal.
 */
const steady = (text: string) =>
	text
		.replace(/nonce="[^"]*"|nonce-[^']*/g, '')
		.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '')
		.replace(/__sveltekit_\w+|age:[\d.e-]+|"age":[\d.e-]+/g, '')
		.replace(/(\.\d)\d+/g, '$1');

it('holds no trace of anybody’s answer, in any frame and at any address, before the reveal', async () => {
	const { server, fay, people, id, code, card, columns, rounds } = await open();
	const [ana, ben, cem, eve] = people as [Client, Client, Client, Client];
	const { id: round } = (await fay.post(rounds, { cards: [card] })).json as { id: string };
	const live = connect(server, eve, id);
	const { stage } = live;
	await vi.waitFor(() => expect(stage()?.round?.state).toBe('open'));
	const place = (who: Client, column: number, reason = REASON) =>
		who.post(`${rounds}/${round}/placements`, {
			...{ card, column: columns[column]!.id, confidence: 'high', reason }
		});
	await place(ben, 1);
	await place(cem, 3);

	const addresses = everyRoute()
		.map(({ path }) => path.replaceAll(`/rooms/${'A'.repeat(22)}`, `/rooms/${id}`))
		.map((path) => path.replace(`/rounds/${'A'.repeat(22)}`, `/rounds/${round}`))
		.map((path) => path.replace('/j/ABCDEFGH', `/j/${code}`));
	expect(addresses).toContain(`/api/rooms/${id}/rounds/${round}`);
	const everything = async () => {
		const texts: Record<string, string> = {};
		for (const path of addresses) texts[path] = steady((await eve.get(path)).text);
		return texts;
	};
	expect((await place(ana, 0)).status).toBe(200);
	await vi.waitFor(() => expect(stage()?.round?.cards[0]?.placed).toBe(3));
	const before = { texts: await everything(), stage: stage() };
	// Whatever Ana answers instead, all that Eve can get stays the same, to the letter.
	expect((await place(ana, 4, 'quite another reason')).status).toBe(200);
	expect(await everything()).toEqual(before.texts);
	expect(stage()).toEqual(before.stage);
	expect(before.stage?.round?.cards[0]).toEqual({
		...{ id: card, placed: 3, outcome: null, decision: null, column: null }
	});
	for (const bytes of [...live.frames, Buffer.from(JSON.stringify(before))]) {
		const text = Buffer.from(bytes).toString('latin1');
		expect(text).not.toContain('hotline was silent');
		expect(text).not.toContain('another reason');
	}

	expect((await eve.post(`${rounds}/${round}/reveal`, {})).status).toBe(403);
	expect((await fay.post(`${rounds}/${round}/reveal`, {})).status).toBe(200);
	await vi.waitFor(() =>
		expect(stage()?.round?.cards[0]?.outcome).toMatchObject({ counts: [0, 1, 0, 1, 1] })
	);
	const { reasons } = (await eve.get(`${rounds}/${round}`)).json as { reasons: object[] };
	expect(reasons).toHaveLength(3);
	expect(JSON.stringify(reasons)).not.toMatch(/Ana|Ben|Cem/);
});

it('goes on over a restart in the middle, its answers kept, and ends at its time', async () => {
	const { dataDir, server, fay, people, id, card, columns, rounds } = await open();
	const body = { cards: [card], ends: 'time', minutes: 0.1 };
	const { id: round } = (await fay.post(rounds, body)).json as { id: string };
	for (const [n, who] of people.entries()) {
		const answer = { card, column: columns[n % 2]!.id };
		expect((await who.post(`${rounds}/${round}/placements`, answer)).status).toBe(200);
	}
	await server.stop('SIGKILL');
	const again = await runServer({ DATA_DIR: dataDir });
	const { stage } = connect(again, people[3]!, id);
	await vi.waitFor(() => expect(stage()?.round?.cards[0]?.placed).toBe(4), { timeout: 10_000 });
	await vi.waitFor(
		() => expect(stage()?.round?.cards[0]?.outcome).toMatchObject({ counts: [2, 2, 0, 0, 0] }),
		{ timeout: 20_000 }
	);
	const late = await new Client(again, people[0]!.cookie).post(`${rounds}/${round}/placements`, {
		...{ card, column: columns[0]!.id }
	});
	expect([late.status, (late.json as { error: { code: string } }).error.code]).toEqual([
		409,
		'round-over'
	]);
	const db = openDatabase(dataDir);
	onTestFinished(() => db.destroy());
	expect(await db.selectFrom('placements').selectAll().execute()).toHaveLength(4);
});
