/** How the server starts and ends as a process. */
import { createServer, type AddressInfo } from 'node:net';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { databaseFile } from '../../server/database/database.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { CLOSE } from '../../src/lib/sync/close-codes.ts';
import { Client, runServer, spawnServer } from './run-server.ts';

vi.setConfig({ testTimeout: 30_000 });

describe('a start that cannot work', () => {
	async function sentenceOf(env: Record<string, string>): Promise<string> {
		const server = spawnServer({ PORT: '0', DATA_DIR: temporaryFolder(), ...env });
		expect(await server.ended).toEqual({ code: 1, signal: null });
		return server.errors;
	}

	it('says in one sentence each which variables make no sense', async () => {
		expect(await sentenceOf({ PORT: 'x', LOG_LEVEL: 'loud' })).toBe(
			'PORT is "x", but must be a whole number from 0 to 65535.\n' +
				'LOG_LEVEL is "loud", but must be one of trace, debug, info, warn, error, fatal, silent.\n'
		);
	});

	it('says that the port is taken', async () => {
		const other = createServer();
		onTestFinished(() => void other.close());
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		const { port } = other.address() as AddressInfo;
		const sentence = await sentenceOf({ PORT: String(port) });
		expect(sentence).toMatch(new RegExp(`^PORT is ${port}, but another program .+\\.\n$`));
	});

	it('says that the address is not this machine’s', async () => {
		expect(await sentenceOf({ HOST: '192.0.2.1' })).toMatch(/^HOST is "192\.0\.2\.1", but .+\.\n$/);
	});

	it('says that the data folder cannot be used', async () => {
		const file = join(temporaryFolder(), 'file');
		writeFileSync(file, 'no folder');
		// In /proc nobody can make a folder.
		for (const unusable of [file, join(file, 'data'), '/proc/nowhere']) {
			expect(await sentenceOf({ DATA_DIR: unusable })).toMatch(
				/^DATA_DIR is .+, but must be .+\.\n$/
			);
		}
	});

	it('says that the database cannot be read', async () => {
		const folder = temporaryFolder();
		writeFileSync(databaseFile(folder), 'no database, whatever its name says. '.repeat(9));
		const sentence = /^The database ".+" cannot be read: .+\. Put a backup .+\.\n$/;
		expect(await sentenceOf({ DATA_DIR: folder })).toMatch(sentence);

		const damaged = await usedFolder();
		const file = openSync(databaseFile(damaged), 'r+');
		// Everything but the header, which says that it is a database.
		writeSync(file, Buffer.alloc(40_000, 0xa5), 0, 40_000, 4096);
		closeSync(file);
		expect(await sentenceOf({ DATA_DIR: damaged })).toMatch(sentence);
	});

	it('says that the database is of a newer version, or another program’s', async () => {
		const newer = await usedFolder();
		withDatabase(newer, `insert into kysely_migration values ('9999-later', '2099-01-01')`);
		expect(await sentenceOf({ DATA_DIR: newer })).toMatch(
			/^The database was made by a newer version .+\.\n$/
		);

		const foreign = temporaryFolder();
		withDatabase(foreign, 'create table rooms (number integer)');
		expect(await sentenceOf({ DATA_DIR: foreign })).toMatch(
			/^The database ".+" cannot be brought up to date: table "rooms" already exists\. .+\.\n$/
		);
	});

	it('says that another server is running on the data folder', async () => {
		const folder = temporaryFolder();
		const first = await runServer({ DATA_DIR: folder });
		expect(await sentenceOf({ DATA_DIR: folder })).toMatch(
			/^DATA_DIR is .+, but another Détente Board is running on that folder\. .+\.\n$/
		);
		expect((await new Client(first).get('/healthz')).status).toBe(200);
		await first.stop('SIGKILL');
		await runServer({ DATA_DIR: folder });
	});

	/** A data folder that a server has been on. */
	async function usedFolder(): Promise<string> {
		const folder = temporaryFolder();
		const server = await runServer({ DATA_DIR: folder });
		await server.stop();
		return folder;
	}

	function withDatabase(folder: string, sql: string): void {
		const database = new DatabaseSync(databaseFile(folder));
		database.exec(sql);
		database.close();
	}
});

describe('an end', () => {
	it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
		'by %s, even twice, is clean: sockets are told to come back, everything is stored',
		async (signal) => {
			const dataDir = temporaryFolder();
			const server = await runServer({ DATA_DIR: dataDir });
			const ann = new Client(server);
			const { id } = (await ann.post('/api/rooms', { template: 'blank', title: 'Kept' })).json;
			const socket = new WebSocket(`${server.address.replace('http', 'ws')}/sync/${id}`, {
				headers: { cookie: ann.cookie ?? '' }
			});
			await new Promise((resolve) => socket.once('message', resolve));
			const closed = new Promise((resolve) => socket.once('close', resolve));

			const started = performance.now();
			server.child.kill(signal);
			server.child.kill(signal);
			expect(await server.ended).toEqual({ code: 0, signal: null });
			expect(performance.now() - started).toBeLessThan(10_000);
			expect(await closed).toBe(CLOSE.restarting);
			expect(server.errors).toBe('');

			const again = await runServer({ DATA_DIR: dataDir });
			const back = new Client(again, ann.cookie);
			expect((await back.get(`/api/rooms/${id}`)).json.title).toBe('Kept');
		}
	);
});
