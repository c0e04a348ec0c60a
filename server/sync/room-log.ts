/**
 * One live room's end of the log: numbers its rows and replaces them by a snapshot now and then.
 * Compaction never holds up an edit: the snapshot is made in one go while the document is exactly
 * what is stored, and written beside the commits that follow; it trims only what is in it.
 */
import type { Logger } from 'pino';
import type * as Y from 'yjs';
import { historyRow, type Recorded } from '../history/history.repository.ts';
import { encodeVerified } from './compaction.ts';
import type { GroupCommit } from './group-commit.ts';
import type { Limits } from './limits.ts';
import type { LogEntry, StoredRoom } from './update-log.ts';

export interface RoomLogContext {
	writer: GroupCommit;
	log: Logger;
	limits: Limits;
	writeSnapshot(entry: LogEntry): Promise<void>;
	/** Bounds the room's record. */
	trimHistory(): Promise<void>;
}

export class RoomLog {
	readonly #roomId: string;
	readonly #context: RoomLogContext;
	#seq: number;
	/** Since the last snapshot or the last try to make one. */
	#updates: number;
	#bytes: number;
	#documentBytes: number;
	/** Of the record, since it was last looked whether it is too long. */
	#rows = 0;
	#trimming: Promise<void> | undefined;
	#compacting: Promise<void> | undefined;

	constructor(roomId: string, stored: StoredRoom, context: RoomLogContext) {
		this.#roomId = roomId;
		this.#context = context;
		this.#seq = stored.seq;
		this.#updates = stored.logUpdates;
		this.#bytes = stored.logBytes;
		this.#documentBytes = stored.bytes;
	}

	/** What the document takes at most, encoded; exact after a compaction. */
	get documentBytes(): number {
		return this.#documentBytes;
	}

	/** Resolves when all are committed. See `GroupCommit.append`. */
	async append(updates: readonly Uint8Array[], recorded: readonly Recorded[]): Promise<void> {
		const entries = updates.map((data, index) => ({
			roomId: this.#roomId,
			seq: this.#seq + 1 + index,
			data
		}));
		const history = recorded.map((each) => historyRow(this.#roomId, each));
		await this.#context.writer.append(entries, history);
		this.#seq += entries.length;
		this.#updates += entries.length;
		this.#rows += history.length;
		if (this.#rows >= this.#context.limits.trimHistoryAfter) this.#trimming ??= this.#trim();
		const bytes = updates.reduce((sum, { byteLength }) => sum + byteLength, 0);
		this.#bytes += bytes;
		this.#documentBytes += bytes;
	}

	/** Call it only while `doc` is exactly what is stored. */
	compactWhenLong(doc: Y.Doc): void {
		const { compactAfterUpdates, compactAfterBytes } = this.#context.limits;
		if (this.#compacting !== undefined) return;
		if (this.#updates < compactAfterUpdates && this.#bytes < compactAfterBytes) return;
		this.#compacting = this.#compact(doc);
	}

	/** The last chance for a snapshot before the room leaves memory. */
	async finish(doc: Y.Doc): Promise<void> {
		await this.#compacting;
		await this.#trimming;
		if (this.#rows > 0) await this.#trim();
		if (this.#updates >= this.#context.limits.compactAtUnloadUpdates) await this.#compact(doc);
	}

	/** Never rejects: the record is longer then. */
	async #trim(): Promise<void> {
		this.#rows = 0;
		try {
			await this.#context.trimHistory();
		} catch (error) {
			this.#context.log.error({ err: error, room: this.#roomId }, 'cannot bound a record');
		}
		this.#trimming = undefined;
	}

	/** Never rejects: without the snapshot there is still the log. */
	async #compact(doc: Y.Doc): Promise<void> {
		const bytesBefore = this.#documentBytes;
		this.#updates = 0;
		this.#bytes = 0;
		try {
			const data = encodeVerified(doc);
			await this.#context.writeSnapshot({ roomId: this.#roomId, seq: this.#seq, data });
			this.#documentBytes += data.byteLength - bytesBefore;
		} catch (error) {
			this.#context.log.error({ err: error, room: this.#roomId }, 'cannot compact; the log stays');
		}
		this.#compacting = undefined;
	}
}
