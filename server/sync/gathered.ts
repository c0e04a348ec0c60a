/**
 * Tells of changes that come in great number, such as answers in a round: of the first at once, then
 * of all that came meanwhile together, at most every `apartMs` in each room. Whoever makes a change
 * does not wait for it. After the last change it is told once more.
 */
import { setTimeout as pause } from 'node:timers/promises';

export interface GatheredOptions {
	apartMs: number;
	tell(roomId: string): Promise<void>;
	/** Called when that failed; the next change is told all the same. */
	onFailure(roomId: string, error: unknown): void;
}

/** A room that was told of a change less than `apartMs` ago. */
interface Recent {
	hasChanged: boolean;
	done: Promise<void>;
}

export class Gathered {
	readonly #options: GatheredOptions;
	readonly #recent = new Map<string, Recent>();
	readonly #closing = new AbortController();

	constructor(options: GatheredOptions) {
		this.#options = options;
	}

	/** Something has changed in a room. */
	note(roomId: string): void {
		if (this.#closing.signal.aborted) return;
		const recent = this.#recent.get(roomId);
		if (recent !== undefined) recent.hasChanged = true;
		else this.#begin(roomId);
	}

	/** Tells nothing any more; resolves when nothing is being told. */
	async close(): Promise<void> {
		this.#closing.abort();
		await Promise.all([...this.#recent.values()].map(({ done }) => done));
	}

	#begin(roomId: string): void {
		const recent: Recent = { hasChanged: true, done: Promise.resolve() };
		this.#recent.set(roomId, recent);
		recent.done = this.#run(roomId, recent);
	}

	/** Never rejects. */
	async #run(roomId: string, recent: Recent): Promise<void> {
		const { apartMs, tell, onFailure } = this.#options;
		const { signal } = this.#closing;
		while (recent.hasChanged && !signal.aborted) {
			recent.hasChanged = false;
			await tell(roomId).catch((error: unknown) => onFailure(roomId, error));
			await pause(apartMs, undefined, { signal }).catch(() => undefined);
		}
		this.#recent.delete(roomId);
	}
}
