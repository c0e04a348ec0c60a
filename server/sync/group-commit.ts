/**
 * The one writer of the log. Whatever rooms hand in while a commit runs goes into the next
 * transaction together; `append` resolves when its rows are committed, and never before.
 *
 *   append -> queue -> one transaction -> resolve
 *                          | fails: `storing` is false; the same again after 100 ms ... 2 s
 *                          | one room's rows are impossible: each room by itself; that one rejects
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../database/database.ts';
import type { Limits } from './limits.ts';
import { NO_FIGURES, type SyncFigures } from './sync-figures.ts';
import { appendUpdates, type LogEntry } from './update-log.ts';
import { insertHistory } from '../history/history.repository.ts';
import type { NewHistoryRow } from '../history/history.table.ts';

/** The database will never take this room's rows: deleted room, or another writer's numbers. */
export class ImpossibleAppend extends Error {
	override readonly name = 'ImpossibleAppend';
	readonly roomIsGone: boolean;

	constructor(roomIsGone: boolean, cause: unknown) {
		super(roomIsGone ? 'the room is gone' : 'the room has another writer', { cause });
		this.roomIsGone = roomIsGone;
	}
}

interface Append {
	entries: LogEntry[];
	history: NewHistoryRow[];
	resolve(): void;
	reject(error: unknown): void;
}

export class GroupCommit {
	readonly #db: Database;
	readonly #log: Logger;
	readonly #limits: Limits;
	readonly #figures: SyncFigures;
	readonly #listeners = new Set<(storing: boolean) => void>();
	readonly #stopped = new AbortController();
	#queue: Append[] = [];
	#running = false;
	#storing = true;
	#heldBytes = 0;

	constructor(db: Database, log: Logger, limits: Limits, figures = NO_FIGURES) {
		this.#db = db;
		this.#log = log;
		this.#limits = limits;
		this.#figures = figures;
	}

	/** Whether the last try to commit succeeded. */
	get storing(): boolean {
		return this.#storing;
	}

	/** Calls back when `storing` has changed. Returns how to end that. */
	onStoring(listener: (storing: boolean) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Reserves memory for received bytes until `release`; false when there is no more. */
	hold(bytes: number): boolean {
		if (this.#heldBytes + bytes > this.#limits.maxUnstoredBytes) return false;
		this.#heldBytes += bytes;
		return true;
	}

	release(bytes: number): void {
		this.#heldBytes -= bytes;
	}

	/**
	 * Appends updates and what is recorded of them. Resolves after the commit; rejects with
	 * `ImpossibleAppend`, or when stopped before it.
	 */
	append(entries: LogEntry[], history: NewHistoryRow[] = []): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#queue.push({ entries, history, resolve, reject });
			if (!this.#running) void this.#run();
		});
	}

	/** Gives up what could not be stored: their appends reject. */
	stop(): void {
		this.#stopped.abort();
	}

	/** Never rejects: every failure goes to the appends it concerns. */
	async #run(): Promise<void> {
		this.#running = true;
		// All rooms of a turn hand in before it goes on.
		await undefined;
		while (this.#queue.length > 0) {
			const batch = this.#queue;
			this.#queue = [];
			await this.#commit(batch);
		}
		this.#running = false;
	}

	async #commit(batch: Append[]): Promise<void> {
		const entries = batch.flatMap((append) => append.entries);
		const history = batch.flatMap((append) => append.history);
		for (let wait = this.#limits.retryMs; ; wait = Math.min(2 * wait, this.#limits.maxRetryMs)) {
			const started = performance.now();
			try {
				await this.#store(entries, history);
				this.#figures.committed(entries.length, (performance.now() - started) / 1000);
				this.#setStoring(true);
				for (const append of batch) append.resolve();
				return;
			} catch (error) {
				const broken = brokenConstraint(error);
				if (broken !== null && batch.length > 1) return this.#commitSingly(batch);
				if (broken !== null) return batch[0]?.reject(new ImpossibleAppend(broken === 'key', error));
				this.#log.error({ err: error, rows: entries.length }, 'cannot store updates');
				this.#setStoring(false);
			}
			try {
				await pause(wait, undefined, { signal: this.#stopped.signal });
			} catch (error) {
				for (const append of batch) append.reject(error);
				return;
			}
		}
	}

	async #store(entries: LogEntry[], history: NewHistoryRow[]): Promise<void> {
		// Most commits are of words, of which nothing is recorded: one statement.
		if (history.length === 0) return appendUpdates(this.#db, entries);
		await this.#db.transaction().execute(async (trx) => {
			await appendUpdates(trx, entries);
			await insertHistory(trx, history);
		});
	}

	async #commitSingly(batch: Append[]): Promise<void> {
		for (const append of batch) await this.#commit([append]);
	}

	#setStoring(storing: boolean): void {
		if (this.#storing === storing) return;
		this.#storing = storing;
		if (storing) this.#log.info('storing updates again');
		for (const listener of this.#listeners) listener(storing);
	}
}

/** Result codes: SQLite's 19 (787 for a foreign key), PostgreSQL's class 23 (23503). */
function brokenConstraint(error: unknown): 'key' | 'other' | null {
	if (!(error instanceof Error)) return null;
	const { errcode, code } = error as { errcode?: unknown; code?: unknown };
	if (typeof errcode === 'number') {
		if ((errcode & 0xff) !== 19) return null;
		return errcode === 787 ? 'key' : 'other';
	}
	if (typeof code !== 'string' || !code.startsWith('23')) return null;
	return code === '23503' ? 'key' : 'other';
}
