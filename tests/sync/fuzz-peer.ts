/** One person of a fuzzed room: a document, what they wrote, and their connections over wires. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { SYNC } from '#sync/messages.ts';
import { editAtRandom } from './edits.ts';
import type { Random } from './random.ts';
import { SyncClient } from './sync-client.ts';
import type { PortlessServer } from './sync-server.ts';
import { Wire } from './wire.ts';

/** A client over a wire that is still automatic. */
export async function wireUp(
	{ http }: PortlessServer,
	path: string,
	doc?: Y.Doc
): Promise<{ client: SyncClient; wire: Wire }> {
	const wire = new Wire();
	http.emit('connection', wire.server);
	const socket = new WebSocket(`ws://wire/sync/${path}`, { createConnection: () => wire.client });
	const client = new SyncClient(socket, doc);
	await once(socket, 'open');
	return { client, wire };
}

export class FuzzPeer {
	readonly id: string;
	readonly isViewer: boolean;
	readonly doc = new Y.Doc();
	/** Own updates, in the order in which they were made. */
	readonly #written: Uint8Array[] = [];
	readonly #random: Random;
	/** Sends its updates late and in any order. */
	readonly isUnruly: boolean;
	#clock = 0;
	client: SyncClient | undefined;
	/** Every connection so far; what is on its way on an old one may still arrive. */
	readonly clients: SyncClient[] = [];
	wires: Wire[] = [];

	constructor(id: string, random: Random, kind: { isViewer: boolean; isUnruly: boolean }) {
		this.id = id;
		this.isViewer = kind.isViewer;
		this.isUnruly = kind.isUnruly;
		this.#random = random;
		this.doc.clientID = 1 + random.below(2 ** 31);
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (!(origin instanceof SyncClient)) this.#written.push(update);
		});
	}

	get isOnline(): boolean {
		return this.client?.isOpen ?? false;
	}

	get isSettled(): boolean {
		return this.client!.isSynchronised && (this.isViewer || this.client!.isSaved);
	}

	/** For a failure's message. */
	get state(): string {
		const { isSynchronised, stored, sent, closeCode } = this.client!;
		return `${this.id}: synchronised ${isSynchronised}, ${stored} of ${sent.length} stored, closed ${closeCode}`;
	}

	async enter(server: PortlessServer, room: string): Promise<void> {
		// `stored` tells a viewer that an edit is dealt with, not that it is kept (V3).
		const query = `person=${this.id}&role=${this.isViewer ? 'viewer' : 'editor&ack=1'}`;
		const { client, wire } = await wireUp(server, `${room}?${query}`, this.doc);
		client.holdsBack = this.isUnruly;
		this.client = client;
		this.clients.push(client);
		this.wires.push(wire);
	}

	edit(): void {
		editAtRandom(this.doc, this.#random);
	}

	/**
	 * Sends something of long ago, once or twice; only the unruly before the server has all that they
	 * wrote before it.
	 */
	repeat(): void {
		if (this.#written.length === 0 || !this.client) return;
		if (!this.isUnruly && !this.isSettled) return;
		const update = this.#random.pick(this.#written);
		for (let left = 1 + this.#random.below(2); left > 0; left--) {
			this.client?.sendSync(SYNC.update, update);
		}
	}

	sendHeld(): void {
		this.client?.sendHeld((updates) => shuffled(updates, this.#random));
	}

	sayWhereItIs(): void {
		if (this.isOnline) this.client!.sendState(this.doc.clientID, ++this.#clock, { card: 'c1' });
	}

	/** Loses its connection; the server hears of it once all that is on its way has arrived. */
	leave(): void {
		this.client?.close();
	}

	/** Everything on its way is lost, for both sides. */
	cut(): void {
		for (const wire of this.wires) wire.cut();
		this.wires = [];
	}
}

function shuffled<T>(from: readonly T[], random: Random): T[] {
	const rest = [...from];
	const result: T[] = [];
	while (rest.length > 0) result.push(...rest.splice(random.below(rest.length), 1));
	return result;
}
