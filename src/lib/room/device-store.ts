/**
 * What this device keeps of a room, so that nothing done offline is lost when the page closes. It is
 * kept under the room's epoch: what belongs to an epoch that is over never comes back.
 *
 * Without storage (private windows, no room left) the room works all the same, and says so.
 */
import { clearDocument, IndexeddbPersistence, storeState } from 'y-indexeddb';
import type * as Y from 'yjs';

/** How long to wait for the browser's database before going on without, in milliseconds. */
const OPEN_TIMEOUT_MS = 3_000;
/** Stored updates above which they are merged into one when the room opens. */
const MERGE_ABOVE = 50;
/** The cache of the service worker that holds pages. */
const PAGES = 'pages';
const UNSENT = 'unsent';

const prefixOf = (roomId: string) => `detente-room:${roomId}:`;

export class DeviceStore {
	readonly #roomId: string;
	readonly #persistence: IndexeddbPersistence;

	private constructor(roomId: string, persistence: IndexeddbPersistence) {
		this.#roomId = roomId;
		this.#persistence = persistence;
	}

	/** Brings what is kept into `doc` and keeps what changes from now on. Null where it can't. */
	static async open(roomId: string, epoch: number, doc: Y.Doc): Promise<DeviceStore | null> {
		if (typeof indexedDB === 'undefined') return null;
		const name = `${prefixOf(roomId)}${epoch}`;
		const persistence = new IndexeddbPersistence(name, doc);
		const opened = await Promise.race([
			persistence.whenSynced.then(() => true),
			persistence._db.then(
				() => new Promise<false>(() => undefined),
				() => false as const
			),
			new Promise<false>((resolve) => setTimeout(() => resolve(false), OPEN_TIMEOUT_MS))
		]);
		if (!opened) return null;
		if (persistence._dbsize > MERGE_ABOVE) void storeState(persistence);
		await forget(roomId, name);
		return new DeviceStore(roomId, persistence);
	}

	/** Whether a change of the document came out of a store, not from the person. */
	static isOrigin(origin: unknown): boolean {
		return origin instanceof IndexeddbPersistence;
	}

	/** Changes that were kept here and that no server is known to have stored. */
	async unsent(): Promise<number> {
		const count: unknown = await this.#persistence.get(UNSENT);
		return typeof count === 'number' ? count : 0;
	}

	async setUnsent(count: number): Promise<void> {
		await this.#persistence.set(UNSENT, count);
	}

	/** The room is over for this person: nothing of it stays on the device. */
	async erase(): Promise<void> {
		await this.#persistence.destroy();
		await forget(this.#roomId);
		const pages = await globalThis.caches?.open(PAGES);
		await pages?.delete(`/rooms/${this.#roomId}`);
	}
}

/** Removes every copy of the room but `kept`. */
async function forget(roomId: string, kept?: string): Promise<void> {
	const databases = (await indexedDB.databases?.()) ?? [];
	const others = databases
		.map(({ name }) => name)
		.filter((name) => name?.startsWith(prefixOf(roomId)) && name !== kept);
	await Promise.all(others.map((name) => clearDocument(name ?? '')));
}
