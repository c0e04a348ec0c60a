/**
 * A client that does as the y-websocket protocol says and keeps account: what it sent, what the
 * server says is stored, and a witness document of all that it may rely on (whatever it received,
 * and its own edits once they were acknowledged).
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { ROLES, SERVER_CLIENT_ID, type Role, type ServerState } from '#sync/people.ts';
import { MESSAGE, SYNC } from '#sync/messages.ts';

export interface HeardState {
	clock: number;
	state: Record<string, unknown> | null;
}

export class SyncClient {
	readonly doc: Y.Doc;
	readonly witness = new Y.Doc();
	readonly socket: WebSocket;
	/** Payloads of the document messages, in order. */
	readonly sent: Uint8Array[] = [];
	readonly storage: number[] = [];
	/** What the server said of this connection's role, and from after which document message on. */
	readonly roles: { role: Role | undefined; after: number }[] = [];
	readonly heard = new Map<number, HeardState>();
	/** Types of all messages, in order. */
	readonly types: number[] = [];
	/** Own updates that wait for `sendHeld`, while `holdsBack`. */
	readonly held: Uint8Array[] = [];
	holdsBack = false;
	/** Does not answer step 1 until `sendStep2`. */
	holdsStep2 = false;
	#heldVector: Uint8Array | undefined;
	stored = 0;
	isSynchronised = false;
	closeCode: number | undefined;

	constructor(server: string | WebSocket, doc: Y.Doc = new Y.Doc()) {
		this.doc = doc;
		this.socket = typeof server === 'string' ? new WebSocket(server) : server;
		this.socket.binaryType = 'nodebuffer';
		this.socket.on('open', () => {
			this.sendSync(SYNC.step1, Y.encodeStateVector(doc));
			doc.on('update', this.#onUpdate);
		});
		this.socket.on('message', (data) => this.#receive(data as Buffer));
		this.socket.on('error', () => (this.closeCode ??= 0));
		this.socket.on('close', (code) => {
			doc.off('update', this.#onUpdate);
			this.closeCode ||= code;
		});
	}

	get isOpen(): boolean {
		return this.socket.readyState === WebSocket.OPEN;
	}

	/** Everything it sent is acknowledged. Only with `?ack=1`. */
	get isSaved(): boolean {
		return this.stored === this.sent.length;
	}

	sendSync(kind: number, payload: Uint8Array): void {
		if (!this.isOpen) return;
		if (kind !== SYNC.step1) this.sent.push(payload);
		this.socket.send(
			encoding.encode((encoder) => {
				encoding.writeVarUint(encoder, MESSAGE.sync);
				encoding.writeVarUint(encoder, kind);
				encoding.writeVarUint8Array(encoder, payload);
			})
		);
	}

	/** What the server lacked when it asked. */
	sendStep2(): void {
		this.sendSync(SYNC.step2, Y.encodeStateAsUpdate(this.doc, this.#heldVector));
	}

	/** Sends what was held back, in the order that `arrange` gives. */
	sendHeld(arrange: (updates: Uint8Array[]) => Uint8Array[]): void {
		for (const update of arrange(this.held.splice(0))) this.sendSync(SYNC.update, update);
	}

	sendState(clientId: number, clock: number, state: unknown): void {
		this.socket.send(
			encoding.encode((encoder) => {
				encoding.writeVarUint(encoder, MESSAGE.awareness);
				const inner = encoding.createEncoder();
				encoding.writeVarUint(inner, 1);
				encoding.writeVarUint(inner, clientId);
				encoding.writeVarUint(inner, clock);
				encoding.writeVarString(inner, JSON.stringify(state));
				encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
			})
		);
	}

	/** The server's own state, once it was heard. */
	get server(): ServerState | undefined {
		return this.heard.get(SERVER_CLIENT_ID)?.state as ServerState | undefined;
	}

	/** Its directory of people. */
	get people(): ServerState['people'] | undefined {
		return this.server?.people;
	}

	close(): void {
		this.socket.terminate();
	}

	readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
		if (origin === this) return;
		if (this.holdsBack) this.held.push(update);
		else this.sendSync(SYNC.update, update);
	};

	#receive(frame: Buffer): void {
		const decoder = decoding.createDecoder(frame);
		const type = decoding.readVarUint(decoder);
		this.types.push(type);
		if (type === MESSAGE.sync) this.#receiveSync(decoder);
		if (type === MESSAGE.stored) this.#acknowledge(decoding.readVarUint(decoder));
		if (type === MESSAGE.storage) this.storage.push(decoding.readVarUint(decoder));
		if (type === MESSAGE.role) {
			const role = ROLES[decoding.readVarUint(decoder)];
			this.roles.push({ role, after: decoding.readVarUint(decoder) });
		}
		if (type === MESSAGE.awareness) {
			this.#hear(decoding.createDecoder(decoding.readVarUint8Array(decoder)));
		}
	}

	#receiveSync(decoder: decoding.Decoder): void {
		const kind = decoding.readVarUint(decoder);
		const payload = decoding.readVarUint8Array(decoder);
		if (kind === SYNC.step1) {
			this.#heldVector = payload;
			return this.holdsStep2 ? undefined : this.sendStep2();
		}
		Y.applyUpdate(this.witness, payload);
		Y.applyUpdate(this.doc, payload, this);
		if (kind === SYNC.step2) this.isSynchronised = true;
	}

	#acknowledge(count: number): void {
		for (const update of this.sent.slice(this.stored, count)) Y.applyUpdate(this.witness, update);
		this.stored = count;
	}

	#hear(decoder: decoding.Decoder): void {
		for (let left = decoding.readVarUint(decoder); left > 0; left--) {
			const id = decoding.readVarUint(decoder);
			const clock = decoding.readVarUint(decoder);
			const state = JSON.parse(decoding.readVarString(decoder)) as HeardState['state'];
			if (clock > (this.heard.get(id)?.clock ?? -1)) this.heard.set(id, { clock, state });
		}
	}
}

/** Whether `doc` has everything, deletions too, that is in `part`. */
export function contains(doc: Y.Doc, part: Y.Doc): boolean {
	const copy = new Y.Doc();
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
	let changed = false;
	copy.on('update', () => (changed = true));
	Y.applyUpdate(copy, Y.encodeStateAsUpdate(part));
	return !changed;
}
