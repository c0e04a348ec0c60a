/**
 * Whether this page is connected and whether what was done here is stored. It claims no more than
 * it knows: "saved" means that the server has said so for everything done here. What this person may
 * do is what the server said last.
 */
import { createSubscriber } from 'svelte/reactivity';
import type * as Y from 'yjs';
import { CLOSE } from '#sync/close-codes.ts';
import type { Role } from '#sync/people.ts';
import { DeviceStore } from './device-store.ts';
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

/** Refusals after which nothing of the room may stay on the device. */
const ROOM_IS_OVER: ReadonlySet<number> = new Set([
	CLOSE.notAllowed,
	CLOSE.removed,
	CLOSE.closedForGuests,
	CLOSE.noSuchRoom,
	CLOSE.roomGone
]);

/** How long a first connection may take before the page says that it is offline, in ms. */
const PATIENCE_MS = 6_000;

interface RoomKey {
	id: string;
	epoch: number;
}

export class Connection {
	readonly #room: RoomKey;
	readonly #doc: Y.Doc;
	readonly #provider: RoomProvider;
	readonly #subscribe: () => void;
	#changed: (() => void) | undefined;
	#store: DeviceStore | null = null;
	#patience: ReturnType<typeof setTimeout> | undefined;
	/** Has been connected, or has waited long enough to say that it is not. */
	#mayBeOffline = false;
	#unsent = 0;
	#refusal: number | null = null;
	#isSetAside = false;
	#role: Role;
	#isAstray = false;
	#isOver = false;

	/** `onRole` is called when the server gives this person another role than before. */
	constructor(
		origin: string,
		room: RoomKey,
		doc: Y.Doc,
		{ role, onRole }: { role: Role; onRole: (before: Role) => void }
	) {
		this.#room = room;
		this.#doc = doc;
		this.#role = role;
		this.#provider = new RoomProvider(
			origin,
			room,
			doc,
			() => this.#onCounts(),
			(told, after) => {
				const before = this.#role;
				this.#take(told, after);
				if (told !== before) onRole(before);
			}
		);
		this.#subscribe = createSubscriber((update) => {
			this.#changed = update;
			return () => (this.#changed = undefined);
		});
		this.#provider.on('status', ({ status }) => {
			if (status === 'disconnected') this.#keepUnstored();
			this.#changed?.();
		});
		this.#provider.on('sync', (synced) => {
			this.#mayBeOffline ||= synced;
			if (synced) this.#isSetAside = false;
			this.#changed?.();
		});
		this.#provider.on('connection-close', (event) => {
			// A connection that was never made says nothing of the room.
			if (event?.code === CLOSE.roomDamaged) this.#setAside();
		});
		this.#provider.on('closed', ({ code }) => void this.#onRefused(code));
		doc.on('update', this.#onUpdate);
	}

	get awareness() {
		return this.#provider.awareness;
	}

	get state(): SaveState {
		this.#subscribe();
		if (this.#refusal !== null) return 'refused';
		// It is about to start anew.
		if (this.#isAstray) return 'connecting';
		if (!this.#provider.synced) return this.#mayBeOffline ? 'offline' : 'connecting';
		const { sent, stored, failing } = this.#provider.counts;
		if (failing) return 'not-saved';
		return stored >= sent ? 'saved' : 'saving';
	}

	/** What this person may do, as the server said last. */
	get role(): Role {
		this.#subscribe();
		return this.#role;
	}

	/**
	 * This page shows something that the server will not take, since this person may only look by
	 * now: what it has is to be thrown away and asked for anew.
	 */
	get isAstray(): boolean {
		this.#subscribe();
		return this.#isAstray;
	}

	/** Changes that the server is not known to have stored, once the connection is lost. */
	get unsent(): number {
		this.#subscribe();
		return this.#unsent;
	}

	/** Whether unsent changes survive the closing of the page. */
	get keepsChanges(): boolean {
		this.#subscribe();
		return this.#store !== null;
	}

	/** The close code of a final refusal. */
	get refusal(): number | null {
		this.#subscribe();
		return this.#refusal;
	}

	/** The server has the room set aside as damaged; the page comes back by itself once it is restored. */
	get isSetAside(): boolean {
		this.#subscribe();
		return this.#isSetAside;
	}

	/** Closing the page now would lose something. */
	get wouldLoseWork(): boolean {
		if (this.#store !== null || this.#refusal !== null) return false;
		if (this.#role === 'viewer') return false;
		const { sent, stored } = this.#provider.counts;
		return this.#unsent > 0 || (this.#provider.wsconnected && sent > stored);
	}

	/** Takes in what the device has kept, then connects: what is missing on either side follows. */
	async connect(): Promise<void> {
		addEventListener('offline', this.#tryAnew);
		addEventListener('online', this.#tryAnew);
		this.#patience = setTimeout(() => {
			this.#mayBeOffline = true;
			this.#changed?.();
		}, PATIENCE_MS);
		const store = await DeviceStore.open(this.#room.id, this.#room.epoch, this.#doc);
		if (this.#isOver) return;
		this.#store = store;
		this.#unsent += (await store?.unsent()) ?? 0;
		this.#changed?.();
		this.#provider.connect();
	}

	/** Removes what the device has kept of the room; for a page that is astray, before it starts anew. */
	async forget(): Promise<void> {
		this.#provider.disconnect();
		await this.#store?.erase();
		this.#store = null;
	}

	destroy(): void {
		this.#isOver = true;
		clearTimeout(this.#patience);
		removeEventListener('offline', this.#tryAnew);
		removeEventListener('online', this.#tryAnew);
		this.#doc.off('update', this.#onUpdate);
		this.#provider.destroy();
	}

	readonly #onUpdate = (_: Uint8Array, origin: unknown): void => {
		const isOwn = origin !== this.#provider && !DeviceStore.isOrigin(origin);
		if (!isOwn) return;
		if (this.#role === 'viewer') this.#goAstray();
		else if (!this.#provider.wsconnected) this.#setUnsent(this.#unsent + 1);
	};

	#take(role: Role, after: number): void {
		this.#role = role;
		const isUntaken = this.#unsent > 0 || this.#provider.counts.sent > after;
		if (role === 'viewer' && isUntaken) this.#goAstray();
		this.#changed?.();
	}

	#goAstray(): void {
		this.#isAstray = true;
		this.#changed?.();
	}

	/** What was sent and not confirmed may not have arrived. */
	#keepUnstored(): void {
		const { unstoredChanges } = this.#provider;
		if (unstoredChanges > 0) this.#setUnsent(this.#unsent + unstoredChanges);
	}

	#onCounts(): void {
		const { sent, stored } = this.#provider.counts;
		if (this.#unsent > 0 && this.#provider.synced && stored >= sent) this.#setUnsent(0);
		this.#changed?.();
	}

	#setUnsent(count: number): void {
		this.#unsent = count;
		// Only the figure is lost if the browser cannot write it; the changes are kept by themselves.
		this.#store?.setUnsent(count).catch(() => undefined);
		this.#changed?.();
	}

	#setAside(): void {
		this.#isSetAside = true;
		this.#mayBeOffline = true;
		this.#changed?.();
	}

	async #onRefused(code: number): Promise<void> {
		this.#refusal = code;
		this.#changed?.();
		if (ROOM_IS_OVER.has(code)) await this.#store?.erase();
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
