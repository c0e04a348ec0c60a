/**
 * Restoring a damaged room, in one transaction: everything readable becomes its newest snapshot,
 * proven like any other; damaged pieces become files. Nothing else is lost by it, and nothing is
 * invented. The epoch stays: devices that still have a lost edit bring it back by synchronising.
 *
 * It may run beside the server, in another process. A room that is set aside is in no memory. One
 * that is in memory all the same finds its next number taken, and is loaded anew [S8].
 */
import { SqliteAdapter } from 'kysely';
import * as Y from 'yjs';
import { readBoard } from '#board/read-board.ts';
import type { Database } from '../database/database.ts';
import { boardAsFound, historyRow, insertHistory } from '../history/history.repository.ts';
import { pendingBytes } from './apply.ts';
import { encodeVerified } from './compaction.ts';
import { keepFile } from './damaged-files.ts';
import { inspectRoom, type Piece, type Range } from './inspect-room.ts';
import { LIMITS } from './limits.ts';
import { NOTHING } from './own-edit.ts';
import { addSnapshot, appendUpdates } from './update-log.ts';

export class UnknownRoom extends Error {
	override readonly name = 'UnknownRoom';
}

/** A room's health, and what is or would be recovered of it. */
export interface RoomHealth {
	/** Damaged pieces. */
	damaged: { kind: Piece['kind']; seq: number; fault: string }[];
	/** Whether the room can be loaded as it is. When it cannot, it is set aside. */
	opens: boolean;
	/** Updates that cannot be read, of `seq` in all. */
	missing: Range[];
	seq: number;
	/** Of what can be read: bytes that wait for what is missing. */
	waitingBytes: number;
	title: string;
	cards: number;
}

export interface Repair {
	/** As it was. What it says of the board holds after the repair too. */
	before: RoomHealth;
	/** Paths of the files that keep what was taken out. */
	kept: string[];
}

export const isHealthy = ({ damaged, opens }: Pick<RoomHealth, 'damaged' | 'opens'>): boolean =>
	opens && damaged.length === 0;

/** Reads only. Throws `UnknownRoom`. */
export function checkRoom(db: Database, roomId: string): Promise<RoomHealth> {
	return db.transaction().execute(async (trx) => {
		const room = trx.selectFrom('rooms').select('id').where('id', '=', roomId);
		if ((await room.executeTakeFirst()) === undefined) throw new UnknownRoom(roomId);
		const found = await inspectRoom(trx, roomId);
		try {
			return healthOf(found);
		} finally {
			found.doc.destroy();
		}
	});
}

/**
 * Restores a room and says what that meant; null when it is healthy. `keepIn` is the folder for what
 * is taken out. Throws `UnknownRoom`; after any failure the database is as it was.
 */
export function repairRoom(
	db: Database,
	roomId: string,
	{ keepIn, maxWaitingBytes = LIMITS.maxPendingBytes }: { keepIn: string; maxWaitingBytes?: number }
): Promise<Repair | null> {
	return db.transaction().execute(async (trx) => {
		if (!(await lockRoom(trx, roomId))) throw new UnknownRoom(roomId);
		const found = await inspectRoom(trx, roomId);
		try {
			const before = healthOf(found);
			if (isHealthy(before)) return null;
			const kept: string[] = [];
			if (before.waitingBytes > maxWaitingBytes) {
				// A live room that holds so much would give itself up at the next edit [V6].
				const waiting = takeWaiting(found.doc);
				kept.push(keepFile(keepIn, `${roomId}-waiting-${found.seq}`, waiting));
			}
			const data = encodeVerified(found.doc);
			for (const piece of found.pieces) {
				if (piece.fault === null) continue;
				kept.push(keepFile(keepIn, `${roomId}-${piece.kind}-${piece.seq}`, piece.data));
				await deletePiece(trx, roomId, piece);
			}
			await addSnapshot(trx, { roomId, seq: found.seq, data });
			await insertHistory(trx, [
				historyRow(roomId, boardAsFound(readBoard(found.doc), new Date()))
			]);
			if (!found.opens) {
				await appendUpdates(trx, [{ roomId, seq: found.seq + 1, data: NOTHING }]);
			}
			return { before, kept };
		} finally {
			found.doc.destroy();
		}
	});
}

function healthOf(found: Awaited<ReturnType<typeof inspectRoom>>): RoomHealth {
	const { title, cards } = readBoard(found.doc);
	return {
		damaged: found.pieces.flatMap(({ kind, seq, fault }) =>
			fault === null ? [] : [{ kind, seq, fault }]
		),
		opens: found.opens,
		missing: found.missing,
		seq: found.seq,
		waitingBytes: pendingBytes(found.doc),
		title,
		cards: cards.length
	};
}

/**
 * Keeps every other writer out until the transaction ends; false when there is no such room. On
 * SQLite any write does that, and coming first it never meets a state that has changed since. On
 * PostgreSQL the lock stops those who would add rows that refer to the room.
 */
async function lockRoom(trx: Database, roomId: string): Promise<boolean> {
	if (trx.getExecutor().adapter instanceof SqliteAdapter) {
		const { numUpdatedRows } = await trx
			.updateTable('rooms')
			.set(({ ref }) => ({ epoch: ref('epoch') }))
			.where('id', '=', roomId)
			.executeTakeFirst();
		return numUpdatedRows > 0n;
	}
	const room = trx.selectFrom('rooms').select('id').where('id', '=', roomId).forUpdate();
	return (await room.executeTakeFirst()) !== undefined;
}

/** Removes from a document what waits for missing content, and returns it as one update. */
function takeWaiting({ store }: Y.Doc): Uint8Array {
	const waiting = [store.pendingStructs?.update ?? null, store.pendingDs];
	store.pendingStructs = null;
	store.pendingDs = null;
	return Y.convertUpdateFormatV2ToV1(Y.mergeUpdatesV2(waiting.filter((part) => part !== null)));
}

async function deletePiece(trx: Database, roomId: string, { kind, seq }: Piece): Promise<void> {
	const table = kind === 'snapshot' ? 'snapshots' : 'updates';
	await trx.deleteFrom(table).where('room_id', '=', roomId).where('seq', '=', seq).execute();
}
