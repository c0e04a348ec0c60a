/**
 * One seeded run: two to six people, some of them viewers, edit, lose their connection, come back,
 * repeat themselves, send out of order, read slowly; the server restarts, crashes, cannot store. In
 * the end all documents, what is stored and a fresh joiner are the same, and nothing that anybody
 * had received or was acknowledged is missing.
 *
 * The server is the real one on a real database file; only the network is a `Wire`. What happens is
 * drawn from the seed alone. Timers and the threads of Node are real, so that a seed repeats a
 * failure nearly always, not by proof.
 */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as afterReading, setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { pino } from 'pino';
import * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import { openDatabase, type Database } from '../../server/database/database.ts';
import { migrate } from '../../server/database/migrate.ts';
import type { Limits } from '../../server/sync/limits.ts';
import {
	eventually,
	storedDocument,
	temporaryFolder,
	verifyRecord,
	verifySame,
	verifyHolds,
	verifyWhole
} from './fuzz-checks.ts';
import { FuzzPeer, wireUp } from './fuzz-peer.ts';
import { seededRandom, type Random } from './random.ts';
import { contains } from './sync-client.ts';
import { addRoom, createSyncServer, type PortlessServer } from './sync-server.ts';

const ROOM = 'room-1';
const FILE = 'detente.sqlite';

type Folder = ReturnType<typeof temporaryFolder>;
/** Runs seeds on copies of one migrated database file. End it with `close`. */
export class Fuzzer {
	readonly #template: Folder;
	/** Servers that crashed: what is left of them tries in vain to store until it gives up. */
	readonly #dying = new Set<Promise<void>>();

	private constructor(template: Folder) {
		this.#template = template;
	}

	static async open(): Promise<Fuzzer> {
		const folder = temporaryFolder();
		const db = openDatabase(folder.path);
		await migrate(db);
		await addRoom(db, ROOM);
		await db.destroy();
		return new Fuzzer(folder);
	}

	/** Rejects with an error that names the seed. */
	async run(seed: number, steps: number): Promise<void> {
		const folder = temporaryFolder();
		copyFileSync(join(this.#template.path, FILE), join(folder.path, FILE));
		const room = new FuzzedRoom(folder.path, seededRandom(seed), (server) => this.#abandon(server));
		try {
			for (let step = 0; step < steps; step++) await room.step();
			await room.settle();
		} catch (cause) {
			throw new Error(`seed ${seed}, ${steps} steps: ${String(cause)}`, { cause });
		} finally {
			await room.end();
			folder.remove();
		}
	}

	async close(): Promise<void> {
		await Promise.all(this.#dying);
		this.#template.remove();
	}

	#abandon(server: PortlessServer): void {
		const dying = server.stop().finally(() => this.#dying.delete(dying));
		this.#dying.add(dying);
	}
}

class FuzzedRoom {
	readonly #folder: string;
	readonly #random: Random;
	readonly #peers: FuzzPeer[];
	readonly #limits: Partial<Limits>;
	/** What the servers complained of although nothing was wrong with their database. */
	readonly #complaints: string[] = [];
	readonly #abandon: (server: PortlessServer) => void;
	#db: Database;
	#server: PortlessServer;
	#canStore = true;

	/** `abandon` takes a server whose database is gone. */
	constructor(folder: string, random: Random, abandon: (server: PortlessServer) => void) {
		this.#folder = folder;
		this.#abandon = abandon;
		this.#random = random;
		this.#limits = limitsFor(random);
		this.#peers = peersFor(random);
		this.#db = openDatabase(folder);
		this.#server = this.#start();
	}

	async step(): Promise<void> {
		const random = this.#random;
		const peer = random.pick(this.#peers);
		const event = random.below(1_000);
		if (event < 420) peer.edit();
		else if (event < 750) this.#deliver(peer);
		else if (event < 800) peer.repeat();
		else if (event < 840) peer.sendHeld();
		else if (event < 870) peer.sayWhereItIs();
		else if (event < 895) peer.leave();
		else if (event < 915) peer.cut();
		else if (event < 970) await this.#enter(peer);
		else if (event < 975) await this.#emptyTheRoom();
		else if (event < 985) await this.#setStoring(!this.#canStore);
		else if (event < 993) await this.#restart();
		else await this.#crash();
		for (let left = random.below(4); left > 0; left--) await afterReading();
	}

	/** Everybody comes back, or stays. Throws unless all is the same then. */
	async settle(): Promise<void> {
		await this.#setStoring(true);
		for (const peer of this.#peers) {
			if (this.#random.chance(0.5)) peer.cut();
			for (const wire of peer.wires) wire.beAutomatic();
			await pause(1);
			if (!peer.isOnline) await this.#comeBack(peer);
			peer.sendHeld();
		}
		await eventually('everybody is synchronised', async () => {
			// What was sent out of order may have closed it only now.
			for (const peer of this.#peers) if (!peer.isOnline) await this.#comeBack(peer);
			const late = this.#peers.filter((peer) => !peer.isSettled).map((peer) => peer.state);
			assert.deepEqual(late, []);
		});
		const fresh = await wireUp(this.#server, `${ROOM}?person=fresh`);
		await eventually('a joiner is synchronised', () => fresh.client.isSynchronised);
		await eventually('all documents are what is stored', async () => {
			this.#verify(fresh.client.doc, await storedDocument(this.#db, ROOM));
		});
		fresh.wire.cut();
		for (const peer of this.#peers) peer.cut();
		await this.#server.stop();
		const stored = await storedDocument(this.#db, ROOM);
		this.#verify(fresh.client.doc, stored);
		await verifyRecord(this.#db, ROOM, stored);
		assert.deepEqual(this.#complaints, []);
	}

	async end(): Promise<void> {
		for (const peer of this.#peers) peer.cut();
		await this.#server.stop();
		await this.#db.destroy();
	}

	async #comeBack(peer: FuzzPeer): Promise<void> {
		peer.cut();
		await peer.enter(this.#server, ROOM);
		peer.client!.holdsBack = false;
		for (const wire of peer.wires) wire.beAutomatic();
	}

	#start(): PortlessServer {
		let isDead = false;
		const db = this.#db;
		const write = (line: string) => {
			if (isDead || this.#db !== db) return void (isDead = true);
			if (this.#canStore) this.#complaints.push(line);
		};
		return createSyncServer(db, { limits: this.#limits, log: pino({ level: 'error' }, { write }) });
	}

	/** A few pieces of one direction; now and then only a part of one. */
	#deliver(peer: FuzzPeer): void {
		if (peer.wires.length === 0) return;
		const wire = this.#random.pick(peer.wires);
		const from = this.#random.chance(0.5) ? 'client' : 'server';
		if (this.#random.chance(0.1)) wire.split(from, this.#random.below(100) / 100);
		wire.deliver(from, 1 + this.#random.below(8));
	}

	/** The old connection may still be open for the server. */
	async #enter(peer: FuzzPeer): Promise<void> {
		if (peer.isOnline) return;
		if (peer.wires.length > 3) peer.cut();
		await peer.enter(this.#server, ROOM);
		peer.wires.at(-1)!.beManual();
	}

	/** Long enough for the room to leave memory, or to be about to. */
	async #emptyTheRoom(): Promise<void> {
		for (const peer of this.#peers) peer.cut();
		await pause(this.#limits.roomIdleMs! + this.#random.below(3));
	}

	/** SQLite refuses to write, as it does on a full disk. */
	async #setStoring(canStore: boolean): Promise<void> {
		this.#canStore = false;
		await sql.raw(`pragma query_only = ${canStore ? 'off' : 'on'}`).execute(this.#db);
		if (!canStore) return;
		await eventually('the server stores again', () => this.#server.liveRooms.storing);
		this.#canStore = true;
	}

	/** In order; people edit while it stops, and may lose their connection first. */
	async #restart(): Promise<void> {
		await this.#setStoring(true);
		const stopping = this.#server.stop();
		for (const peer of this.#peers) {
			peer.edit();
			if (this.#random.chance(0.5)) peer.cut();
			else for (const wire of peer.wires) wire.beAutomatic();
		}
		await stopping;
		for (const peer of this.#peers) peer.cut();
		await this.#verifyNothingLost();
		this.#server = this.#start();
	}

	/** Within whatever it is doing, perhaps a transaction: what is not committed by then is lost. */
	async #crash(): Promise<void> {
		for (const peer of this.#peers) this.#deliver(peer);
		for (let left = this.#random.below(3); left > 0; left--) await afterReading();
		for (let left = this.#random.below(60); left > 0; left--) await undefined;
		for (const peer of this.#peers) peer.cut();
		const [server, db] = [this.#server, this.#db];
		this.#db = openDatabase(this.#folder);
		await db.destroy();
		await this.#verifyNothingLost();
		this.#abandon(server);
		this.#canStore = true;
		this.#server = this.#start();
	}

	/** Before anybody comes back with it: what was received or acknowledged is stored. */
	async #verifyNothingLost(): Promise<void> {
		const stored = await storedDocument(this.#db, ROOM);
		await verifyRecord(this.#db, ROOM, stored);
		for (const { id, clients } of this.#peers) {
			for (const { witness } of clients) verifyHolds(stored, witness, id);
		}
	}

	#verify(fresh: Y.Doc, stored: Y.Doc): void {
		verifyWhole(stored);
		verifySame(fresh, stored, 'a fresh joiner');
		for (const { id, doc, isViewer, isUnruly, clients } of this.#peers) {
			if (!isViewer) verifySame(doc, stored, id);
			if (isViewer) assert(contains(doc, stored), `${id} lacks something`);
			if (isViewer) assert(!Y.decodeStateVector(Y.encodeStateVector(stored)).has(doc.clientID));
			for (const { witness, closeCode } of clients) {
				verifyHolds(stored, witness, id);
				// Whose types come before what they lie in is told to synchronise anew (V8).
				const isHonest = HONEST.has(closeCode) || (isUnruly && closeCode === CLOSE.tryLater);
				assert(isHonest, `${id} was closed with ${closeCode}`);
			}
		}
	}
}

/** How a connection may end that did nothing wrong: not yet, lost, the server restarts. */
const HONEST = new Set([undefined, 1006, CLOSE.restarting]);

function limitsFor(random: Random): Partial<Limits> {
	return {
		compactAfterUpdates: random.pick([3, 15, 1_000]),
		compactAtUnloadUpdates: random.pick([1, 3, 1_000]),
		roomIdleMs: random.pick([1, 3]),
		minTurnMs: 0,
		maxTurnMs: random.pick([0, 0, 1]),
		maxBatchUpdates: random.pick([2, 500]),
		maxAwarenessQueueBytes: random.pick([400, 100_000]),
		maxQueueBytes: random.pick([1_500, 100_000]),
		awarenessTickMs: 1,
		retryMs: 1,
		maxRetryMs: 50,
		drainMs: 1_000
	};
}

/** Two to six, an editor at least; a third of the editors are unruly. */
function peersFor(random: Random): FuzzPeer[] {
	const count = 2 + random.below(5);
	return Array.from({ length: count }, (_, index) => {
		const isViewer = index > 0 && random.chance(0.25);
		return new FuzzPeer(`p${index}`, random, { isViewer, isUnruly: random.chance(0.3) });
	});
}
