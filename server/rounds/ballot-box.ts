/**
 * Takes answers in: those that come within a turn share one commit, so that a hall which answers all
 * at once does not wait for the disk once for each. A quiet one waits for no turn. An answer counts
 * as given when it is stored, and not before.
 */
import type { Database } from '../database/database.ts';
import { isStorageFailure } from '../storage-failure.ts';
import { LIMITS } from '../sync/limits.ts';
import { Turns } from '../sync/turns.ts';
import { storePlacement, type Ballot } from './round.repository.ts';

/** In one transaction, during which nothing else is done: some 20 ms. */
const AT_ONCE_MAX = 100;

interface Waiting {
	ballot: Ballot;
	resolve(isTaken: boolean): void;
	reject(error: unknown): void;
}

export class BallotBox {
	readonly #db: Database;
	readonly #turns = new Turns(LIMITS);
	#waiting: Waiting[] = [];
	#isEmptying = false;

	constructor(db: Database) {
		this.#db = db;
	}

	/** Answers whether it was taken, once it is stored: not after the end of its round. */
	put(ballot: Ballot): Promise<boolean> {
		const { promise, resolve, reject } = Promise.withResolvers<boolean>();
		this.#waiting.push({ ballot, resolve, reject });
		if (!this.#isEmptying) void this.#empty();
		return promise;
	}

	/** Never rejects. */
	async #empty(): Promise<void> {
		this.#isEmptying = true;
		while (this.#waiting.length > 0) {
			await this.#turns.next();
			await this.#store(this.#waiting.splice(0, AT_ONCE_MAX));
			this.#turns.finished();
		}
		this.#isEmptying = false;
	}

	async #store(together: readonly Waiting[]): Promise<void> {
		try {
			const taken = await this.#db.transaction().execute(async (trx) => {
				const taken: boolean[] = [];
				for (const { ballot } of together) taken.push(await storePlacement(trx, ballot));
				return taken;
			});
			for (const [index, { resolve }] of together.entries()) resolve(taken[index]!);
		} catch (error) {
			// One that cannot be stored at all does not take the others with it.
			if (together.length > 1 && !isStorageFailure(error)) {
				for (const each of together) await this.#store([each]);
			} else for (const { reject } of together) reject(error);
		}
	}
}
