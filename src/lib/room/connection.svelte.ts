/**
 * Whether this page is connected and whether what was done here is stored. It claims no more than
 * it knows: "saved" means that the server has said so for everything done here.
 */
import type * as Y from 'yjs';
import { createSubscriber } from 'svelte/reactivity';
import { RoomProvider } from './provider.ts';

export type SaveState =
	/** Everything done here is stored. */
	| 'saved'
	/** Sent, not yet confirmed. */
	| 'saving'
	/** No connection yet, since the page opened. */
	| 'connecting'
	/** The connection is lost; the page tries again by itself. */
	| 'offline'
	/** Connected, but the server cannot write. */
	| 'not-saved'
	/** The server has refused this page for good: see `refusal`. */
	| 'refused';

export class Connection {
	readonly #provider: RoomProvider;
	readonly #subscribe: () => void;
	#changed: (() => void) | undefined;
	#everSynced = false;
	#unsent = 0;
	#refusal: number | null = null;

	constructor(origin: string, room: { id: string; epoch: number }, doc: Y.Doc) {
		this.#provider = new RoomProvider(origin, room, doc, () => this.#changed?.());
		this.#subscribe = createSubscriber((update) => {
			this.#changed = update;
			return () => (this.#changed = undefined);
		});
		this.#provider.on('status', () => this.#changed?.());
		this.#provider.on('sync', (synced) => {
			this.#everSynced ||= synced;
			if (synced) this.#unsent = 0;
			this.#changed?.();
		});
		this.#provider.on('closed', ({ code }) => {
			this.#refusal = code;
			this.#changed?.();
		});
		doc.on('update', (_: Uint8Array, origin: unknown) => {
			if (origin === this.#provider || this.#provider.wsconnected) return;
			this.#unsent += 1;
			this.#changed?.();
		});
	}

	get awareness() {
		return this.#provider.awareness;
	}

	get state(): SaveState {
		this.#subscribe();
		if (this.#refusal !== null) return 'refused';
		if (!this.#provider.synced) return this.#everSynced ? 'offline' : 'connecting';
		const { sent, stored, failing } = this.#provider.counts;
		if (failing) return 'not-saved';
		return stored >= sent ? 'saved' : 'saving';
	}

	/** Changes made while there was no connection, not yet sent. */
	get unsent(): number {
		this.#subscribe();
		return this.#unsent;
	}

	/** The close code of a final refusal. */
	get refusal(): number | null {
		this.#subscribe();
		return this.#refusal;
	}

	/** Something done here is not known to be stored. */
	get hasUnsavedWork(): boolean {
		if (this.#unsent > 0) return true;
		const { sent, stored } = this.#provider.counts;
		return this.#provider.wsconnected && sent > stored;
	}

	connect(): void {
		addEventListener('offline', this.#tryAnew);
		addEventListener('online', this.#tryAnew);
		this.#provider.connect();
	}

	destroy(): void {
		removeEventListener('offline', this.#tryAnew);
		removeEventListener('online', this.#tryAnew);
		this.#provider.destroy();
	}

	/**
	 * When the network comes or goes, a new connection tells at once what the old one would notice
	 * late, and a server on the same machine is still there.
	 */
	readonly #tryAnew = (): void => {
		if (this.#refusal !== null) return;
		this.#provider.disconnect();
		this.#provider.connect();
	};
}
