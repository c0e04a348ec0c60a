/**
 * Counts wrong passwords for each account, and puts the counts into the audit trail a little later:
 * so that neither the time of an answer tells that there is an account, nor a flood of guesses
 * becomes a flood of rows. What a crash takes is the last seconds' count.
 */
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { addFailures } from './audit.repository.ts';

const FLUSH_AFTER_MS = 5_000;

export class FailedSignIns {
	readonly #db: Database;
	readonly #log: Log;
	readonly #now: () => Date;
	#counts = new Map<string, { name: string; count: number }>();
	#timer: NodeJS.Timeout | undefined;

	constructor(db: Database, log: Log, now: () => Date = () => new Date()) {
		this.#db = db;
		this.#log = log;
		this.#now = now;
	}

	note({ id, name }: { id: string; name: string }): void {
		const counted = this.#counts.get(id);
		this.#counts.set(id, { name, count: (counted?.count ?? 0) + 1 });
		this.#timer ??= setTimeout(() => void this.flush(), FLUSH_AFTER_MS).unref();
	}

	/** Stores what was counted. Never rejects: what cannot be stored is logged and given up. */
	async flush(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const counts = this.#counts;
		this.#counts = new Map();
		try {
			for (const [id, { name, count }] of counts) {
				await addFailures(this.#db, { id, name }, count, this.#now());
			}
		} catch (err) {
			this.#log.error({ err }, 'cannot note failed sign-ins');
		}
	}
}
