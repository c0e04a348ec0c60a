/** Why a card was moved, given afterwards by whoever moved it, once. */
import { readUrl } from '#board/values.ts';
import { SOURCE_LENGTH } from '#board/limits.ts';
import { cleanLine } from '../clean-line.ts';
import type { Database } from '../database/database.ts';
import { Refusal } from '../refusal.ts';

/** In UTF-16 code units. */
export const REASON_LENGTH = 280;

export interface Reason {
	reason: string;
	/** An address, or words; '' for none. */
	source: string;
}

/** Which move: by its row, or the last one of a card, which went into `column`. */
export type Move = { seq: number } | { card: string; column: string };

/** Throws `reason-missing`, `reason-too-long` or `source-too-long`. */
export function readReason(given: Reason): { reason: string; source: string | null } {
	const reason = cleanLine(given.reason);
	const source = cleanLine(given.source);
	if (reason === '') throw new Refusal('reason-missing');
	if (reason.length > REASON_LENGTH) throw new Refusal('reason-too-long');
	const address = readUrl(source);
	if (address === undefined && source.length > SOURCE_LENGTH) throw new Refusal('source-too-long');
	return { reason, source: address ?? (source === '' ? null : source) };
}

/** Throws `no-such-move` when it is not theirs or not stored, `reason-given` when it has one. */
export async function storeReason(
	db: Database,
	{ roomId, personId, move }: { roomId: string; personId: string; move: Move },
	given: ReturnType<typeof readReason>
): Promise<void> {
	const found = await findMove(db, roomId, personId, move);
	if (found === undefined) throw new Refusal('no-such-move');
	const { numUpdatedRows } = await db
		.updateTable('history')
		.set(given)
		.where('seq', '=', found.seq)
		.where('reason', 'is', null)
		.executeTakeFirst();
	if (numUpdatedRows === 0n) throw new Refusal('reason-given');
}

async function findMove(db: Database, roomId: string, personId: string, move: Move) {
	const own = db
		.selectFrom('history')
		.select(['seq', 'became'])
		.where('room_id', '=', roomId)
		.where('kind', '=', 'card.moved')
		.where('person_id', '=', personId);
	if ('seq' in move) return own.where('seq', '=', move.seq).executeTakeFirst();
	const last = await own
		.where('subject_id', '=', move.card)
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	const { column } = JSON.parse(last?.became ?? '{}') as { column?: string };
	return column === move.column ? last : undefined;
}
