/**
 * Frames broken in every way, from people who come and go, while two others work: they are never
 * cut, whoever comes later gets the whole room, and the loop never stands still.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as afterReading, setTimeout as pause } from 'node:timers/promises';
import * as Y from 'yjs';
import { openDatabase } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { encodeStep1, encodeUpdate } from '../../server/sync/protocol.ts';
import { documentOf } from '../../server/sync/stored-room.ts';
import { loadRoom } from '../../server/sync/update-log.ts';
import { editAtRandom } from './edits.ts';
import { wireUp } from './fuzz-peer.ts';
import { seededRandom, type Random } from './random.ts';
import { contains, type SyncClient } from './sync-client.ts';
import { addRoom, createSyncServer } from './sync-server.ts';

const ROOM = 'room-1';
const FRAMES_A_VISIT = 20;

export interface Outcome {
	sent: number;
	/** How long the event loop stood still at most, in milliseconds. */
	longestStallMs: number;
}

/** Sends `count` of them. Throws when anybody honest lost anything. */
export async function sendBrokenFrames(count: number, seed: number): Promise<Outcome> {
	const folder = mkdtempSync(join(tmpdir(), 'detente-broken-'));
	const db = openDatabase(folder);
	await migrate(db);
	await addRoom(db, ROOM);
	const server = createSyncServer(db);
	const random = seededRandom(seed);
	const honest: SyncClient[] = [];
	for (const name of ['ann', 'bob']) {
		honest.push((await wireUp(server, `${ROOM}?person=${name}&ack=1`)).client);
	}
	await until(() => honest.every((each) => each.isSynchronised));
	const frames = honestFrames(random);
	const delay = monitorEventLoopDelay({ resolution: 10 });
	delay.enable();
	let sent = 0;
	for (let visit = 0; sent < count; visit++) {
		const { client, wire } = await wireUp(server, `${ROOM}?person=eve${visit}`);
		for (let left = FRAMES_A_VISIT; left > 0 && client.isOpen; left--, sent++) {
			client.socket.send(broken(frames, random));
		}
		await afterReading();
		wire.cut();
		if (visit % 10 === 0) editAtRandom(random.pick(honest).doc, random);
		if (visit % 500 === 0) await pause(5);
	}
	await until(() => honest.every((each) => each.isSaved));
	delay.disable();

	assert.deepEqual(
		honest.map(({ closeCode }) => closeCode),
		[undefined, undefined]
	);
	const fresh = (await wireUp(server, `${ROOM}?person=cyd`)).client;
	await until(() => fresh.isSynchronised && honest.every(({ doc }) => contains(fresh.doc, doc)));
	const stored = documentOf(ROOM, await loadRoom(db, ROOM));
	for (const { witness } of honest) assert(contains(stored, witness), 'something is lost');
	await server.stop();
	await db.destroy();
	rmSync(folder, { recursive: true, force: true });
	return { sent, longestStallMs: delay.max / 1e6 };
}

async function until(condition: () => boolean): Promise<void> {
	const end = performance.now() + 30_000;
	while (!condition()) {
		assert(performance.now() < end, 'not within 30 s');
		await pause(5);
	}
}

export function honestFrames(random: Random): Uint8Array[] {
	const doc = new Y.Doc();
	const frames: Uint8Array[] = [];
	doc.on('update', (update) => frames.push(encodeUpdate(update)));
	for (let i = 0; i < 60; i++) editAtRandom(doc, random);
	frames.push(encodeStep1(Y.encodeStateVector(doc)), encodeUpdate(Y.encodeStateAsUpdate(doc)));
	frames.push(Uint8Array.of(1, 9, 1, 5, 1, 5, ...Buffer.from('{"a"}')), Uint8Array.of(3));
	return frames;
}

/** One to three changes: bytes changed, inserted, removed, moved up, another frame's end. */
export function broken(frames: readonly Uint8Array[], random: Random): Uint8Array {
	const bytes = [...random.pick(frames)];
	for (let changes = 1 + random.below(3); changes > 0 && bytes.length > 0; changes--) {
		const at = random.below(bytes.length);
		switch (random.below(8)) {
			case 0:
				bytes.splice(at, 1);
				break;
			case 1:
				bytes.splice(at, 0, random.below(256));
				break;
			case 2:
				bytes.length = at;
				break;
			case 3:
				// A length, count, clock or client id that is far too large.
				bytes.splice(at, 1, 255, 255, 255, random.pick([127, 255]), 15);
				break;
			case 4:
				bytes[at] = 0;
				break;
			case 5:
				bytes.splice(at, bytes.length, ...random.pick(frames).slice(at));
				break;
			case 6:
				bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random.below(12)));
				break;
			default:
				bytes[at] = random.below(256);
		}
	}
	return Uint8Array.from(bytes);
}
