/**
 * An edit that the server makes itself. It goes the way of everybody's, through the inbox, the log
 * and the gate, so that live people receive it once it is stored.
 */
import * as Y from 'yjs';
import type { RoomEvent } from '#history/board-event.ts';
import type { Sender } from './apply.ts';

/** An update that changes nothing. */
export const NOTHING = Uint8Array.of(0, 0);

export interface EditedFor {
	/** Id of the person who is recorded as its author. */
	personId?: string | undefined;
	/** To be recorded after it, in the same transaction, also where nothing changed. */
	note?: RoomEvent | undefined;
}

export class OwnEdit implements Sender {
	/** Who had the server do it; null when that is nobody. */
	readonly personId: string | null;
	/** Only facilitators have the server edit for them. */
	readonly isAboveLock = true;
	hasLeftOut = false;
	readonly #stored = Promise.withResolvers<void>();

	constructor(personId: string | null = null) {
		this.personId = personId;
	}

	/** Resolves when it is stored; rejects when that is not known. */
	get stored(): Promise<void> {
		return this.#stored.promise;
	}

	acknowledge(): void {
		this.#stored.resolve();
	}

	fail(reason: unknown): void {
		this.#stored.reject(reason);
	}

	close(code: number, reason = ''): void {
		this.fail(new Error(`an edit of the server's own was refused: ${code} ${reason}`));
	}

	stopWaiting(): void {}
}

/** What `change` does to a document, as an update; null when that is nothing. `doc` stays as it is. */
export function updateBy(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array | null {
	const copy = new Y.Doc();
	try {
		Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
		let made: Uint8Array | null = null;
		copy.on('update', (update: Uint8Array) => (made = update));
		copy.transact(() => change(copy));
		return made;
	} finally {
		copy.destroy();
	}
}
