/**
 * Keeps what each room's board says (`summary.table.ts`) some seconds behind the board, off the way
 * of its edits.
 *
 *   a change is stored -> the room is noted, with the time         nothing else on that way
 *   some seconds later -> one room after another is read and kept
 *   after each         -> a rest of 19 times what it took: never above a twentieth of the time
 *
 * What a crash leaves behind is found again at the next start, by the numbers of the updates.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { reading } from '#barometer/reading.ts';
import { readBoard } from '#board/read-board.ts';
import type { Database } from '../database/database.ts';
import { isStorageFailure } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { CorruptRoom } from '../sync/update-log.ts';
import { findStale, saveSummary, storedSeq, summaryOf } from './summary.repository.ts';

export interface SummariesOptions {
	db: Database;
	liveRooms: Pick<LiveRooms, 'read'>;
	log: Logger;
	/** From the first change to the summary of it, in milliseconds. */
	delayMs?: number;
}

const DELAY_MS = 4_000;
const REST_FACTOR = 19;
const REST_MAX_MS = 2_000;
/** What is left may take this long when the server stops, in milliseconds. */
const STOP_MS = 1_000;

interface Noted {
	/** Time of the newest change, and when the summary is due; both in milliseconds. */
	changedAt: number;
	dueAt: number;
}

export class Summaries {
	readonly #db: Database;
	readonly #liveRooms: Pick<LiveRooms, 'read'>;
	readonly #log: Logger;
	readonly #delayMs: number;
	/** In the order in which they are due. */
	readonly #noted = new Map<string, Noted>();
	readonly #stopped = new AbortController();
	#restUntil = 0;
	#running: Promise<void> | undefined;

	constructor({ db, liveRooms, log, delayMs = DELAY_MS }: SummariesOptions) {
		this.#db = db;
		this.#liveRooms = liveRooms;
		this.#log = log;
		this.#delayMs = delayMs;
	}

	/** A change of the room's document is stored. */
	note(roomId: string, changedAt = Date.now()): void {
		if (this.#stopped.signal.aborted) return;
		const noted = this.#noted.get(roomId);
		if (noted !== undefined) {
			noted.changedAt = changedAt;
			return;
		}
		this.#noted.set(roomId, { changedAt, dueAt: Date.now() + this.#delayMs });
		this.#running ??= this.#run();
	}

	/** Notes what changed before a crash, and what has no summary yet. */
	async start(): Promise<void> {
		for (const { roomId, created, isNew } of await findStale(this.#db)) {
			this.note(roomId, isNew ? Date.parse(created) : undefined);
		}
	}

	/** Makes a room's summary now. Throws `CorruptRoom`, or what the database says. */
	async refresh(roomId: string, changedAt = Date.now()): Promise<void> {
		// Read first: what comes between is in the document, and is noted anyway.
		const seq = await storedSeq(this.#db, roomId);
		if (seq === 0) return;
		const board = await this.#liveRooms.read(roomId, readBoard);
		const changed = new Date(changedAt).toISOString();
		const summary = summaryOf(roomId, board, reading(board, new Date()), {
			seq,
			changedAt: changed
		});
		await this.#db.transaction().execute(async (trx) => {
			// It may have been erased meanwhile.
			const room = await trx
				.selectFrom('rooms')
				.select('id')
				.where('id', '=', roomId)
				.executeTakeFirst();
			if (room !== undefined) await saveSummary(trx, summary);
		});
	}

	/** Makes what it can of what is left, for a second at most. */
	async stop(): Promise<void> {
		this.#stopped.abort();
		await this.#running;
		const rest = async (): Promise<void> => {
			for (let next = this.#first(); next !== undefined; next = this.#first()) {
				await this.#summarise(...next);
			}
		};
		await Promise.race([rest(), pause(STOP_MS, undefined, { ref: false })]);
		this.#noted.clear();
	}

	/** Never rejects. */
	async #run(): Promise<void> {
		const { signal } = this.#stopped;
		for (let next = this.#first(); next !== undefined; next = this.#first()) {
			const wait = Math.max(next[1].dueAt, this.#restUntil) - Date.now();
			if (wait > 0) await pause(wait, undefined, { signal, ref: false }).catch(() => undefined);
			if (signal.aborted) break;
			const begin = Date.now();
			await this.#summarise(...next);
			const took = Date.now() - begin;
			this.#restUntil = Date.now() + Math.min(REST_MAX_MS, took * REST_FACTOR);
		}
		this.#running = undefined;
	}

	#first(): [string, Noted] | undefined {
		const [first] = this.#noted;
		return first;
	}

	/** Never rejects: without a new summary there is still the old one. */
	async #summarise(roomId: string, { changedAt }: Noted): Promise<void> {
		this.#noted.delete(roomId);
		try {
			await this.refresh(roomId, changedAt);
		} catch (err) {
			// A damaged room is told of where it is loaded.
			if (err instanceof CorruptRoom) return;
			this.#log.error({ err, room: roomId }, 'cannot summarise a room');
			if (isStorageFailure(err)) this.note(roomId, changedAt);
		}
	}
}
