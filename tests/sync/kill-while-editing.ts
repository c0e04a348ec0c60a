import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { openDatabase } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { temporaryFolder } from '../../server/database/open-test-databases.ts';
import { editAtRandom } from './edits.ts';
import { verifyRecord } from './fuzz-checks.ts';
import { seededRandom } from './random.ts';
import { contains, type SyncClient } from './sync-client.ts';
import { connectTo, equalState, ROOM, storedDocument, until } from './sync-fixture.ts';
import { addRoom } from './sync-server.ts';

const SCRIPT = fileURLToPath(new URL('./killable-server.ts', import.meta.url));
const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const CLIENTS = 4;

export interface HowToKill {
	kills: number;
	/** Edits between two kills; at least half of them are acknowledged by then. */
	edits: number;
	seed: number;
}

async function start(folder: string): Promise<{ child: ChildProcess; url: string }> {
	const child = spawn(
		process.versions.node.startsWith('24') ? process.execPath : NODE,
		[SCRIPT, folder, '0'],
		{ stdio: ['ignore', 'pipe', 'inherit'] }
	);
	onTestFinished(() => void child.kill('SIGKILL'));
	const [line] = (await once(child.stdout!, 'data')) as [Buffer];
	return { child, url: `ws://127.0.0.1:${line.toString().trim()}/sync` };
}

/**
 * Four people edit, deletions among it, and the server's process is killed in the midst of it, over
 * and over. What anybody had seen or was told is stored must be in the file each time. Returns how
 * many edits there were.
 */
export async function killWhileEditing({ kills, edits: wanted, seed }: HowToKill): Promise<number> {
	let total = 0;
	const folder = temporaryFolder();
	const db = openDatabase(folder);
	onTestFinished(() => db.destroy());
	await migrate(db);
	await addRoom(db, ROOM);
	const random = seededRandom(seed);
	const docs = Array.from({ length: CLIENTS }, () => new Y.Doc());
	const accounts: SyncClient[] = [];

	for (let round = 0; round < kills; round++) {
		const { child, url } = await start(folder);
		const clients = docs.map((doc, i) => connectTo(url, `person=p${i}&ack=1`, doc));
		accounts.push(...clients);
		await until(() => clients.every((each) => each.isSynchronised));
		let edits = 0;
		let stored = 0;
		while (edits < wanted || stored < wanted / 2) {
			for (const doc of docs) editAtRandom(doc, random);
			edits += CLIENTS;
			await new Promise((resolve) => setImmediate(resolve));
			stored = clients.reduce((sum, each) => sum + each.stored, 0);
		}
		total += edits;
		child.kill('SIGKILL');
		await until(() => clients.every((each) => each.closeCode !== undefined));
		const kept = await storedDocument(db);
		for (const { witness } of clients) expect(contains(kept, witness)).toBe(true);
		await verifyRecord(db, ROOM, kept);
	}
	const kept = await storedDocument(db);
	for (const { witness } of accounts) expect(contains(kept, witness)).toBe(true);

	const { url } = await start(folder);
	const clients = docs.map((doc, i) => connectTo(url, `person=p${i}&ack=1`, doc));
	await until(() => clients.every((each) => each.isSynchronised && each.isSaved));
	await until(() => docs.every((doc) => equalState(doc, docs[0]!)));
	const fresh = connectTo(url, 'person=fresh');
	await until(() => fresh.isSynchronised);
	for (const doc of docs) expect(contains(fresh.doc, doc)).toBe(true);
	expect(docs.map((doc) => doc.getMap('cards').toJSON())).toEqual(
		docs.map(() => fresh.doc.getMap('cards').toJSON())
	);
	return total;
}
