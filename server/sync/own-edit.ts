/**
 * An edit that the server makes itself. It goes the way of everybody's, through the inbox, the log
 * and the gate, so that live people receive it once it is stored.
 */
import * as Y from 'yjs';
import type { Sender } from './apply.ts';

export class OwnEdit implements Sender {
	hasLeftOut = false;
	readonly #stored = Promise.withResolvers<void>();

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
