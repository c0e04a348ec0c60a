/** The page's own provider against the real server: what it claims about saving, and what it sends. */
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { RoomProvider } from '../../src/lib/room/provider.ts';
import { FIRST_WAIT_MS, LONGEST_WAIT_MS } from '../../src/lib/room/reconnect-waits.ts';
import { MESSAGE } from '#sync/messages.ts';
import { ROOM, setUp, storedDocument, until, type Setup } from './sync-fixture.ts';

function open({ server }: Setup, person: string): RoomProvider {
	const origin = `http://127.0.0.1:${server.port}`;
	const provider = new RoomProvider(origin, { id: ROOM, epoch: 1 }, new Y.Doc(), () => {});
	provider.params = { ...provider.params, person };
	onTestFinished(() => provider.destroy());
	provider.connect();
	return provider;
}

const isSaved = ({ synced, counts }: RoomProvider) => synced && counts.stored === counts.sent;

/** Counts the frames of a type that the provider sends from now on. */
function countSent(provider: RoomProvider, type: number): () => number {
	let count = 0;
	const { ws } = provider;
	const send = ws!.send.bind(ws);
	ws!.send = (data) => {
		if (data instanceof Uint8Array && data[0] === type) count += 1;
		send(data);
	};
	return () => count;
}

describe('the page’s provider', () => {
	it('says saved when the server has stored what was typed and what was deleted', async () => {
		const setup = await setUp();
		const provider = open(setup, 'ann');
		await until(() => isSaved(provider));
		const text = provider.doc.getText('t');
		const before = provider.counts.sent;
		text.insert(0, 'hello');
		expect(provider.counts).toMatchObject({ sent: before + 1, stored: before });
		expect(provider.unstoredChanges).toBe(1);
		await until(() => isSaved(provider));
		text.delete(0, 4);
		expect(isSaved(provider)).toBe(false);
		await until(() => isSaved(provider));
		expect(provider.unstoredChanges).toBe(0);
		expect((await storedDocument(setup.db)).getText('t').toString()).toBe('o');
	});

	it('says that storing fails while the database is locked, and saved afterwards', async () => {
		const setup = await setUp();
		const provider = open(setup, 'ann');
		await until(() => isSaved(provider));
		const files = await sql<{ file: string }>`pragma database_list`.execute(setup.db);
		const other = new DatabaseSync(files.rows[0]?.file ?? '');
		other.exec('begin immediate');
		provider.doc.getText('t').insert(0, 'kept');
		await until(() => provider.counts.failing);
		expect(isSaved(provider)).toBe(false);
		expect(provider.unstoredChanges).toBe(1);
		other.exec('rollback');
		other.close();
		await until(() => !provider.counts.failing && isSaved(provider));
		expect((await storedDocument(setup.db)).getText('t').toString()).toBe('kept');
	});

	it('sends its own state and never what others say of themselves', async () => {
		const setup = await setUp();
		const ann = open(setup, 'ann');
		const bob = open(setup, 'bob');
		await until(() => isSaved(ann) && isSaved(bob));
		const sentByAnn = countSent(ann, MESSAGE.awareness);
		bob.awareness.setLocalState({ editing: 'a' });
		await until(() => ann.awareness.getStates().get(bob.doc.clientID)?.editing === 'a');
		expect(sentByAnn()).toBe(0);
		ann.awareness.setLocalState({ editing: 'b' });
		await until(() => bob.awareness.getStates().get(ann.doc.clientID)?.editing === 'b');
		expect(sentByAnn()).toBe(1);
	});

	it('shows the others again as soon as a lost connection is back', async () => {
		const setup = await setUp();
		const ann = open(setup, 'ann');
		const bob = open(setup, 'bob');
		bob.awareness.setLocalState({ editing: 'a' });
		const seesBob = () => ann.awareness.getStates().get(bob.doc.clientID)?.editing === 'a';
		await until(seesBob);
		ann.disconnect();
		expect(seesBob()).toBe(false);
		ann.connect();
		await until(seesBob);
	});

	it('merges what was done without a connection and starts its count anew', async () => {
		const setup = await setUp();
		const ann = open(setup, 'ann');
		await until(() => isSaved(ann));
		ann.disconnect();
		ann.doc.getText('t').insert(0, 'offline');
		expect(ann.synced).toBe(false);
		ann.connect();
		await until(() => isSaved(ann));
		expect(ann.counts.sent).toBe(1);
		expect((await storedDocument(setup.db)).getText('t').toString()).toBe('offline');
	});

	it('waits a random while before it comes back, longer each time', async () => {
		const setup = await setUp();
		const ann = open(setup, 'ann');
		await until(() => isSaved(ann));
		const waits: number[] = [];
		ann.on('connection-close', () => waits.push(ann.maxBackoffTime));
		for (let times = 0; times < 200; times += 1) ann.emit('connection-close', [null, ann]);
		expect(Math.max(...waits)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
		expect(waits[0]).toBeLessThanOrEqual(FIRST_WAIT_MS);
		const late = waits.slice(20);
		expect(Math.min(...late)).toBeLessThan(5_000);
		expect(Math.max(...late)).toBeGreaterThan(10_000);
	});
});
