/**
 * Bounds a room's record. What is oldest becomes one row, the board as it was by then; checkpoints,
 * workshops, rounds, and moves that somebody argued, stay. Folding begins at the last row with a whole board, so that
 * it gives the same as before.
 */
import { fold } from '#history/fold.ts';
import type { Database } from '../database/database.ts';
import { findEvents } from './history.repository.ts';

/** Keeps the newest `keep` rows as they are. */
export async function trimHistory(db: Database, roomId: string, keep: number): Promise<void> {
	await db.transaction().execute(async (trx) => {
		const last = await trx
			.selectFrom('history')
			.select('seq')
			.where('room_id', '=', roomId)
			.orderBy('seq', 'desc')
			.offset(keep)
			.limit(1)
			.executeTakeFirst();
		if (last === undefined) return;
		const became = fold(await findEvents(trx, roomId, last.seq));
		await trx
			.deleteFrom('history')
			.where('room_id', '=', roomId)
			.where('seq', '<=', last.seq)
			.where('kind', 'not in', ['checkpoint', 'hand', 'workshop', 'step', 'round', 'round.decided'])
			.where('reason', 'is', null)
			.where('seq', '!=', last.seq)
			.execute();
		const board = { kind: 'board', subject_id: null, person_id: null, was: null } as const;
		await trx
			.updateTable('history')
			.set({ ...board, reason: null, source: null, became: JSON.stringify(became) })
			.where('seq', '=', last.seq)
			.execute();
	});
}
