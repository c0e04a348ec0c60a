/**
 * Looks something up once for all who ask within a turn. What somebody gets was looked up after they
 * asked, so it is as new as if they had looked alone; under load many share one look, and a quiet
 * server waits for no turn.
 */
import { LIMITS } from './sync/limits.ts';
import { Turns } from './sync/turns.ts';

export class SharedLook<T> {
	readonly #turns = new Turns(LIMITS);
	readonly #next = new Map<string, Promise<T>>();
	readonly #lookUp: (key: string) => Promise<T>;

	constructor(lookUp: (key: string) => Promise<T>) {
		this.#lookUp = lookUp;
	}

	/** Rejects with what the look-up throws. The value is shared: nobody may change it. */
	of(key: string): Promise<T> {
		const next = this.#next.get(key) ?? this.#look(key);
		this.#next.set(key, next);
		return next;
	}

	async #look(key: string): Promise<T> {
		await this.#turns.next();
		this.#next.delete(key);
		return this.#lookUp(key);
	}
}
