/** One flipped byte in the database of a running server, as its visitors and its log see it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { CLOSE } from '../../src/lib/sync/close-codes.ts';
import { Client, runServer, type ServerProcess } from './run-server.ts';

vi.setConfig({ testTimeout: 30_000 });

const SENTENCE =
	'This board is damaged and was set aside; whoever runs this server can restore it. Other boards are not affected.';

function flipFirstUpdate(dataDir: string, room: string): void {
	const file = new DatabaseSync(join(dataDir, 'detente.sqlite'));
	const { data } = file.prepare('select data from updates where room_id = ?').get(room) as {
		data: Uint8Array;
	};
	data[data.length >> 1]! ^= 1;
	file.prepare('update updates set data = ? where room_id = ?').run(data, room);
	file.close();
}

function closeCode(server: ServerProcess, room: string, { cookie = '' }: Client): Promise<number> {
	const socket = new WebSocket(`${server.address.replace('http', 'ws')}/sync/${room}`, {
		headers: { cookie }
	});
	return new Promise((resolve) => socket.once('close', resolve));
}

it('[L1] a damaged room is set aside alone, says so everywhere, and is back once it is restored', async () => {
	const dataDir = temporaryFolder();
	const server = await runServer({ DATA_DIR: dataDir });
	const ann = new Client(server);
	const open = async () =>
		(await ann.post('/api/rooms', { template: 'blank', name: 'Ann' })).json.id as string;
	const [hurt, well] = [await open(), await open()];
	flipFirstUpdate(dataDir, hurt);

	for (const path of [`/api/rooms/${hurt}`, `/api/rooms/${hurt}/reading`]) {
		const answer = await ann.get(path);
		expect(answer.status).toBe(503);
		expect(answer.json).toEqual({ error: { code: 'room-damaged', message: SENTENCE } });
	}
	const page = await ann.get(`/rooms/${hurt}`, { accept: 'text/html' });
	expect(page.status).toBe(503);
	expect(page.text).toContain(SENTENCE);
	expect(await closeCode(server, hurt, ann)).toBe(CLOSE.roomDamaged);
	expect(await closeCode(server, hurt, ann)).toBe(CLOSE.roomDamaged);
	expect((await new Client(server).get(`/api/rooms/${hurt}`)).status).toBe(401);

	expect((await ann.get(`/api/rooms/${well}`)).status).toBe(200);
	expect((await ann.get(`/rooms/${well}`, { accept: 'text/html' })).status).toBe(200);
	expect((await ann.get('/healthz')).status).toBe(200);

	const lines = server.errors.trim().split('\n');
	expect(lines).toHaveLength(1);
	expect(JSON.parse(lines[0]!)).toMatchObject({
		room: hurt,
		msg: `a room is damaged and set aside; run: npm run rooms -- restore ${hurt}`
	});

	const { stdout } = await promisify(execFile)(
		process.execPath,
		['tools/rooms.ts', 'restore', hurt],
		{ cwd: join(import.meta.dirname, '../..'), env: { PATH: process.env.PATH, DATA_DIR: dataDir } }
	);
	expect(stdout).toMatch(/^Room .+ is restored and can be opened\. Nothing of it can be read/);
	expect((await ann.get(`/api/rooms/${hurt}`)).status).toBe(200);
	expect((await ann.get(`/rooms/${hurt}`, { accept: 'text/html' })).status).toBe(200);
});
