/**
 * The connection of one page to its room: y-websocket's provider with these changes.
 *
 * - It sends only its own awareness state; the stock provider echoes every state it receives.
 * - It counts what it sent and what the server says is stored (`?ack=1`), so that "Saved" is true,
 *   and hears what it may do.
 * - It comes back after a random while: hundreds of pages do not return to a restarted server at once.
 * - People that were here before a lost connection show again as soon as it is back.
 */
import { createDecoder, readVarUint } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding';
import { encodeAwarenessUpdate } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import type * as Y from 'yjs';
import { MESSAGE, SYNC } from '#sync/messages.ts';
import { ROLES, type Role } from '#sync/people.ts';
import { drawWait } from './reconnect-waits.ts';

export interface SaveCounts {
	/** Document messages sent on this connection. */
	sent: number;
	/** Of these, changes made since it was there; the others bring what the server lacked before. */
	changes: number;
	/** How many document messages the server has stored. */
	stored: number;
	/** Whether the server says that it cannot store at the moment. */
	failing: boolean;
}

const NOTHING_SENT: SaveCounts = { sent: 0, changes: 0, stored: 0, failing: false };

type AwarenessChange = { added: number[]; updated: number[]; removed: number[] };

export class RoomProvider extends WebsocketProvider {
	#attempts = 0;
	#counts: SaveCounts = NOTHING_SENT;
	readonly #onCounts: () => void;
	readonly #onRole: (role: Role, after: number) => void;
	readonly #sendOwnAwareness: (change: AwarenessChange) => void;

	/**
	 * `onCounts` is called whenever `counts` has changed, `onRole` with each role, which holds for
	 * what is sent after that many document messages.
	 */
	constructor(
		origin: string,
		room: { id: string; epoch: number },
		doc: Y.Doc,
		onCounts: () => void,
		onRole: (role: Role, after: number) => void = () => undefined
	) {
		super(`${origin.replace(/^http/, 'ws')}/sync`, room.id, doc, {
			connect: false,
			disableBc: true,
			params: { ack: '1', epoch: String(room.epoch) },
			WebSocketPolyfill: countingSocket((kind) => this.#sentOne(kind))
		});
		this.#onCounts = onCounts;
		this.#onRole = onRole;
		this.#sendOwnAwareness = (change) => this.#shareOwnState(change);

		this.awareness.off('update', this._awarenessUpdateHandler);
		this.awareness.on('update', this.#sendOwnAwareness);
		this.messageHandlers[MESSAGE.stored] = (_, decoder) => {
			this.#setCounts({ ...this.#counts, stored: readVarUint(decoder) });
		};
		this.messageHandlers[MESSAGE.storage] = (_, decoder) => {
			this.#setCounts({ ...this.#counts, failing: readVarUint(decoder) !== 0 });
		};
		this.messageHandlers[MESSAGE.role] = (_, decoder) => {
			const role = ROLES[readVarUint(decoder)];
			const after = readVarUint(decoder);
			if (role !== undefined) this.#onRole(role, after);
		};
		this.on('connection-close', () => this.#drawWait());
		this.on('sync', (synced) => {
			if (synced) this.#attempts = 0;
		});
		this.on('status', ({ status }) => {
			if (status === 'disconnected') this.#forgetOthers();
			if (status === 'connecting') this.#setCounts(NOTHING_SENT);
		});
	}

	get counts(): SaveCounts {
		return this.#counts;
	}

	/** Changes sent on this connection that the server is not known to have stored. */
	get unstoredChanges(): number {
		const { sent, changes, stored } = this.#counts;
		return Math.max(0, Math.min(sent - stored, changes));
	}

	override destroy(): void {
		this.awareness.off('update', this.#sendOwnAwareness);
		super.destroy();
	}

	/**
	 * The provider waits for the lesser of its own back-off, which is put out of the way, and
	 * `maxBackoffTime`.
	 */
	#drawWait(): void {
		this.maxBackoffTime = drawWait(this.#attempts);
		this.#attempts += 1;
		this.wsUnsuccessfulReconnects = 30;
	}

	#setCounts(counts: SaveCounts): void {
		this.#counts = counts;
		this.#onCounts();
	}

	#sentOne(kind: number): void {
		const { sent, changes } = this.#counts;
		const isChange = kind === SYNC.update;
		this.#setCounts({ ...this.#counts, sent: sent + 1, changes: changes + (isChange ? 1 : 0) });
	}

	#shareOwnState({ added, updated, removed }: AwarenessChange): void {
		const own = this.doc.clientID;
		if (!added.includes(own) && !updated.includes(own) && !removed.includes(own)) return;
		if (!this.wsconnected || this.ws === null) return;
		const encoder = createEncoder();
		writeVarUint(encoder, MESSAGE.awareness);
		writeVarUint8Array(encoder, encodeAwarenessUpdate(this.awareness, [own]));
		this.ws.send(toUint8Array(encoder));
	}

	/** Awareness remembers the clocks of people gone and would ignore their unchanged states. */
	#forgetOthers(): void {
		for (const client of this.awareness.meta.keys()) {
			if (client !== this.doc.clientID) this.awareness.meta.delete(client);
		}
	}
}

/** A WebSocket that reports the kind of each document message that it sends, whoever sent it. */
function countingSocket(onDocumentMessage: (kind: number) => void): typeof WebSocket {
	return class extends WebSocket {
		override send(data: Parameters<WebSocket['send']>[0]): void {
			super.send(data);
			const kind = data instanceof Uint8Array ? kindOfDocumentMessage(data) : undefined;
			if (kind !== undefined) onDocumentMessage(kind);
		}
	};
}

function kindOfDocumentMessage(frame: Uint8Array): number | undefined {
	const decoder = createDecoder(frame);
	if (readVarUint(decoder) !== MESSAGE.sync) return undefined;
	const kind = readVarUint(decoder);
	return kind === SYNC.step2 || kind === SYNC.update ? kind : undefined;
}
