/** `npm run dev`: the same app on Vite's server, websocket included. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { CLOSE } from '../../src/lib/sync/close-codes.ts';
import { Client } from './run-server.ts';

const ROOT = new URL('../..', import.meta.url);

async function runDev() {
	const folder = temporaryFolder();
	const child = spawn(process.execPath, ['tests/contract/dev-server.mjs'], {
		cwd: ROOT,
		env: {
			PATH: process.env.PATH,
			DATA_DIR: folder,
			CACHE_DIR: `${folder}/vite`,
			LOG_LEVEL: 'warn'
		},
		stdio: ['pipe', 'pipe', 'inherit']
	});
	const ended = once(child, 'close');
	onTestFinished(async () => {
		child.kill('SIGKILL');
		await ended;
	});
	const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
	const listening = async () => {
		const { value = '' } = await lines.next();
		return { address: String(value).replace('listening on ', '') };
	};
	const restart = () => {
		child.stdin.write('\n');
		return listening();
	};
	const end = async () => {
		child.stdin.end();
		return (await ended)[0] as number | null;
	};
	return { server: await listening(), restart, end };
}

/** A socket that has got its first message. */
async function join(address: string, room: string, cookie = ''): Promise<WebSocket> {
	const headers = { cookie, origin: address };
	const socket = new WebSocket(`${address.replace('http', 'ws')}/sync/${room}`, { headers });
	await once(socket, 'message');
	return socket;
}

it(
	'serves pages, programs and websockets, also after it has restarted itself',
	{ timeout: 120_000 },
	async () => {
		const { server, restart, end } = await runDev();
		const ann = new Client(server);
		const { id } = (await ann.post('/api/rooms', { template: 'blank', title: 'In work' })).json;
		expect((await ann.get(`/rooms/${id}`)).text).toContain('In work');
		const socket = await join(server.address, id, ann.cookie);

		const closed = once(socket, 'close');
		const again = await restart();
		expect((await closed)[0]).toBe(CLOSE.restarting);
		const back = new Client(again, ann.cookie);
		expect((await back.get(`/api/rooms/${id}`)).json.title).toBe('In work');
		await join(again.address, id, ann.cookie);
		expect(await end()).toBe(0);
	}
);

it('says in a sentence why it cannot start', () => {
	const options = {
		cwd: ROOT,
		encoding: 'utf8',
		env: { PATH: process.env.PATH, DATA_DIR: temporaryFolder(), PORT: 'x' },
		timeout: 60_000
	} as const;
	const args = ['node_modules/vite/bin/vite.js', 'dev'];
	const { status, stderr } = spawnSync(process.execPath, args, options);
	expect(stderr).toContain('PORT is "x", but must be a whole number from 0 to 65535.');
	expect(stderr).not.toContain('    at ');
	expect(status).toBe(1);
}, 60_000);
