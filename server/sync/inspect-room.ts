/**
 * What is stored of a room, piece by piece, and what can be read of it. Yjs takes updates in any
 * order and any number of times, so the best document that can be recovered is all readable pieces
 * together: no choice between snapshots is needed, and what stands after a hole waits in the
 * document for what is missing.
 */
import * as Y from 'yjs';
import type { Database } from '../database/database.ts';
import { encodeVerified } from './compaction.ts';
import { isWhole } from './update-log.ts';

export interface Piece {
	kind: 'snapshot' | 'update';
	/** Of a snapshot: the last update that it contains. */
	seq: number;
	data: Uint8Array;
	/** What is wrong with it, as the end of a sentence; null when nothing is. */
	fault: string | null;
}

/** Numbers of updates, both ends included. */
export interface Range {
	from: number;
	to: number;
}

export interface Inspection {
	/** By number, a snapshot after the update that it ends with. */
	pieces: Piece[];
	/** The last stored update, 0 when there is none. */
	seq: number;
	/** Whether the room can be loaded as it is: newest snapshot and all that follows are whole. */
	opens: boolean;
	/** Updates that are in no readable piece. */
	missing: Range[];
	/** All that can be read. The caller destroys it. */
	doc: Y.Doc;
}

/** Give it a transaction, so that all pieces are of one moment. */
export async function inspectRoom(trx: Database, roomId: string): Promise<Inspection> {
	const pieces = await readPieces(trx, roomId);
	const doc = mergeReadable(pieces);
	const seq = pieces.at(-1)?.seq ?? 0;
	const newest = newestSnapshot(pieces);
	const newestReadable = newestSnapshot(pieces.filter(isReadable));
	return {
		pieces,
		seq,
		opens: newest === newestReadable && missingAfter(pieces, newest?.seq ?? 0, seq).length === 0,
		missing: missingAfter(pieces, newestReadable?.seq ?? 0, seq),
		doc
	};
}

const isReadable = (piece: Piece): boolean => piece.fault === null;

function newestSnapshot(pieces: readonly Piece[]): Piece | undefined {
	return pieces.findLast(({ kind }) => kind === 'snapshot');
}

async function readPieces(trx: Database, roomId: string): Promise<Piece[]> {
	const pieces: Piece[] = [];
	for (const [table, kind] of [
		['updates', 'update'],
		['snapshots', 'snapshot']
	] as const) {
		const rows = await trx
			.selectFrom(table)
			.select(['seq', 'data', 'checksum'])
			.where('room_id', '=', roomId)
			.orderBy('seq')
			.execute();
		for (const row of rows) {
			const fault = isWhole(row) ? null : 'fails its checksum';
			pieces.push({ kind, seq: row.seq, data: row.data, fault });
		}
	}
	// The sort is stable: a snapshot stays after the update with its number.
	return pieces.sort((one, other) => one.seq - other.seq);
}

/** Which numbers after `seq` up to `last` are in no readable update. */
function missingAfter(pieces: readonly Piece[], seq: number, last: number): Range[] {
	const there = new Set<number>();
	for (const piece of pieces) {
		if (piece.kind === 'update' && isReadable(piece)) there.add(piece.seq);
	}
	const ranges: Range[] = [];
	for (let number = seq + 1; number <= last; number++) {
		if (there.has(number)) continue;
		const range = ranges.at(-1);
		if (range?.to === number - 1) range.to = number;
		else ranges.push({ from: number, to: number });
	}
	return ranges;
}

/** Marks the pieces that Yjs cannot take, or after which the document cannot be written and read. */
function mergeReadable(pieces: readonly Piece[]): Y.Doc {
	for (;;) {
		const doc = merge(pieces, 'apply');
		if (doc === null) continue;
		if (isWritable(doc)) return doc;
		doc.destroy();
		// Slow, so only now: writing the document after each piece shows which one it is.
		const written = merge(pieces, 'apply-and-write');
		if (written !== null) return written;
	}
}

/** Null when one more piece is marked: what was merged until then cannot be used. */
function merge(pieces: readonly Piece[], how: 'apply' | 'apply-and-write'): Y.Doc | null {
	const doc = new Y.Doc();
	// The newest snapshot first: most of the rest is then known and costs little.
	const readable = pieces.filter(isReadable);
	const newest = newestSnapshot(readable);
	const rest = readable.filter((piece) => piece !== newest);
	for (const piece of newest === undefined ? rest : [newest, ...rest]) {
		try {
			Y.applyUpdate(doc, piece.data);
			if (how === 'apply-and-write') encodeVerified(doc);
		} catch (error) {
			piece.fault = `cannot be read (${error instanceof Error ? error.message : String(error)})`;
			doc.destroy();
			return null;
		}
	}
	return doc;
}

/** A poisoned document may be written all the same, but not read by anybody. */
function isWritable(doc: Y.Doc): boolean {
	try {
		encodeVerified(doc);
		return true;
	} catch {
		return false;
	}
}
