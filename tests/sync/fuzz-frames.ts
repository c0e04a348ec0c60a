/**
 * Mutated frames by the thousand from people who may edit, beside honest ones. Those must never be
 * cut, lose nothing, and keep a room that a newcomer can load; the event loop must not stand still.
 */
import assert from 'node:assert/strict';
import { setImmediate as afterReading } from 'node:timers/promises';
import { pino } from 'pino';
import * as Y from 'yjs';
import { openDatabase, type Database } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import { encodeStep1, encodeUpdate } from '../../server/sync/protocol.ts';
import { editAtRandom } from './edits.ts';
import { eventually, storedDocument, temporaryFolder, verifySame } from './fuzz-checks.ts';
import { wireUp } from './fuzz-peer.ts';
import { broken, honestFrames } from './broken-frames.ts';
import { distorted } from './distorted-updates.ts';
import { seededRandom, type Random } from './random.ts';
import { Stalls } from './stalls.ts';
import { contains, type SyncClient } from './sync-client.ts';
import { addRoom, createSyncServer, type PortlessServer } from './sync-server.ts';
import type { Wire } from './wire.ts';

const FRAMES_PER_ROOM = 2_000;
/** Frames between two edits of honest people, and between two looks of the hostile at the board. */
const EDIT_EVERY = 10;
const LOOK_EVERY = 50;

export interface FramesReport {
	frames: number;
	/** Connections that were closed for what they sent. */
	refused: number;
	rooms: number;
	/** The longest time that the event loop stood still, the test's own work included. */
	maxStallMs: number;
	/** The same, counting only the time in which this process computed. */
	maxOwnStallMs: number;
	/** What went wrong in a room, with its seed: `seed`, then `seed + 1`, ... */
	failures: string[];
}

export async function fuzzFrames(
	{ seed, frames }: { seed: number; frames: number },
	onProgress: (report: FramesReport) => void = () => undefined
): Promise<FramesReport> {
	const folder = temporaryFolder();
	const complaints: string[] = [];
	const log = pino({ level: 'error' }, { write: (line) => void complaints.push(line) });
	const db = openDatabase(folder.path);
	await migrate(db);
	const server = createSyncServer(db, { log });
	const stalls = new Stalls();
	const report: FramesReport = {
		frames: 0,
		refused: 0,
		rooms: 0,
		maxStallMs: 0,
		maxOwnStallMs: 0,
		failures: []
	};
	try {
		while (report.frames < frames) {
			const count = Math.min(FRAMES_PER_ROOM, frames - report.frames);
			const roomSeed = seed + report.rooms;
			try {
				report.refused += await attackRoom(server, db, roomSeed, count);
				assert.deepEqual(complaints, []);
			} catch (cause) {
				const said = complaints.splice(0).map((line) => `\n${line}`);
				report.failures.push(`frames, seed ${roomSeed}: ${String(cause)}${said.join('')}`);
			}
			report.frames += count;
			report.rooms += 1;
			report.maxStallMs = stalls.maxMs;
			report.maxOwnStallMs = stalls.maxCpuMs;
			onProgress(report);
		}
	} finally {
		stalls.end();
		await server.stop();
		await db.destroy();
		folder.remove();
	}
	return report;
}

/** Returns how many hostile connections were closed. */
async function attackRoom(
	server: PortlessServer,
	db: Database,
	seed: number,
	frames: number
): Promise<number> {
	const random = seededRandom(seed);
	const room = `room-${seed}`;
	await addRoom(db, room);
	const honest = await Promise.all(
		['ann', 'bob'].map((person) => wireUp(server, `${room}?person=${person}&ack=1`))
	);
	const [ann, bob] = honest.map(({ client }) => client) as [SyncClient, SyncClient];
	for (const client of [ann, bob]) {
		client.doc.clientID = 1 + random.below(2 ** 31);
		client.sendState(client.doc.clientID, 1, {});
	}
	const eve = new Attacker(server, room, random, [ann.doc, bob.doc]);
	for (let sent = 0; sent < frames; sent++) {
		if (sent % LOOK_EVERY === 0) eve.look();
		if (sent % EDIT_EVERY === 0) editAtRandom(random.pick([ann, bob]).doc, random);
		await eve.attack();
	}
	eve.leave();
	for (const { doc } of [ann, bob]) for (let left = 5; left > 0; left--) editAtRandom(doc, random);
	await eventually('the honest are saved', () => {
		assert.deepEqual([ann.closeCode, bob.closeCode], [undefined, undefined], 'the honest are cut');
		return [ann, bob].every((each) => each.isSynchronised && each.isSaved);
	});
	const fresh = await wireUp(server, `${room}?person=fresh`);
	await eventually('a newcomer has the board', async () => {
		assert(fresh.client.isSynchronised, 'it is not synchronised');
		const stored = await storedDocument(db, room);
		const all = { ann, bob, 'a newcomer': fresh.client };
		for (const [who, { doc }] of Object.entries(all)) verifySame(doc, stored, who);
		for (const { witness } of [ann, bob]) assert(contains(stored, witness), 'something is lost');
	});
	for (const { wire } of [...honest, fresh]) wire.cut();
	return eve.refused;
}

/** Somebody who may edit, and comes back whenever the server closes the connection. */
class Attacker {
	readonly #server: PortlessServer;
	readonly #room: string;
	readonly #random: Random;
	readonly #victims: readonly Y.Doc[];
	readonly #other: readonly Uint8Array[];
	/** Client ids that mean something in the room. */
	readonly #ids: number[] = [];
	/** Of edits that fit the board as it was at the last look. */
	#updates: Uint8Array[] = [];
	#now: { client: SyncClient; wire: Wire } | undefined;
	refused = 0;

	constructor(server: PortlessServer, room: string, random: Random, victims: readonly Y.Doc[]) {
		this.#server = server;
		this.#room = room;
		this.#random = random;
		this.#victims = victims;
		this.#other = honestFrames(random);
	}

	/** Takes the board as it is, and thinks of edits. */
	look(): void {
		const victim = this.#random.pick(this.#victims);
		const doc = new Y.Doc();
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(victim));
		// Now and then the id of who is there already.
		if (this.#random.chance(0.8)) doc.clientID = 1 + this.#random.below(2 ** 31);
		else doc.clientID = victim.clientID;
		this.#updates = [];
		doc.on('update', (update: Uint8Array) => this.#updates.push(update));
		for (let left = 8; left > 0; left--) editAtRandom(doc, this.#random);
		editEveryKind(doc, this.#random);
		this.#updates.push(Y.encodeStateAsUpdate(doc));
		this.#ids.splice(
			0,
			Infinity,
			0,
			doc.clientID,
			...Y.decodeStateVector(Y.encodeStateVector(doc)).keys()
		);
		doc.destroy();
	}

	/** Sends one frame and waits until it has been read. */
	async attack(): Promise<void> {
		if (this.#now === undefined || this.#now.wire.isClosing || !this.#now.client.isOpen) {
			if (this.#now !== undefined) this.refused += 1;
			this.leave();
			this.#now = await wireUp(this.#server, `${this.#room}?person=eve`);
		}
		this.#now.client.socket.send(this.#frame());
		await afterReading();
		await afterReading();
	}

	leave(): void {
		this.#now?.wire.cut();
		this.#now = undefined;
	}

	#frame(): Uint8Array {
		const random = this.#random;
		const update = random.pick(this.#updates);
		switch (random.below(10)) {
			case 0:
				return broken(this.#other, random);
			case 1:
			case 2:
				return broken(this.#updates.map(encodeUpdate), random);
			case 3:
			case 4:
				// The frame is sound: only the update in it is not.
				return encodeUpdate(broken(this.#updates, random));
			case 5:
				return encodeStep1(broken([Y.encodeStateVectorFromUpdate(update)], random));
			default:
				return encodeUpdate(distorted(update, this.#ids, random));
		}
	}
}

/** Edits with content that no board has, so that all kinds are mutated. */
function editEveryKind(doc: Y.Doc, random: Random): void {
	const list = doc.getArray('list');
	list.push([random.below(9), 'text', null, 1.5, new Uint8Array(3), { a: [true] }]);
	list.insert(random.below(list.length), [new Y.Map(), new Y.Array(), new Y.XmlElement('b')]);
	if (list.length > 20) list.delete(random.below(10), 5);
	const text = doc.getText('text');
	text.insert(0, 'formatted', { bold: true });
	text.insertEmbed(0, { image: 'x' });
	text.format(0, 5, { bold: null });
}
