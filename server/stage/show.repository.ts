/** The run of show of a room as it is stored. */
import type { ShowStep } from '#stage/show.ts';
import type { Database } from '../database/database.ts';

export interface Show {
	/** 0 for one that was never written. */
	version: number;
	steps: ShowStep[];
}

export async function findShow(db: Database, roomId: string): Promise<Show> {
	const row = await db
		.selectFrom('shows')
		.select(['version', 'steps'])
		.where('room_id', '=', roomId)
		.executeTakeFirst();
	if (row === undefined) return { version: 0, steps: [] };
	return { version: row.version, steps: JSON.parse(row.steps) as ShowStep[] };
}

/** Answers whether it was still at version `from`, and so is written. */
export async function writeShow(
	trx: Database,
	roomId: string,
	from: number,
	steps: readonly ShowStep[]
): Promise<boolean> {
	const set = { version: from + 1, steps: JSON.stringify(steps) };
	if (from === 0) {
		const { numInsertedOrUpdatedRows } = await trx
			.insertInto('shows')
			.values({ room_id: roomId, ...set })
			.onConflict((conflict) => conflict.column('room_id').doNothing())
			.executeTakeFirst();
		return numInsertedOrUpdatedRows !== 0n;
	}
	const { numUpdatedRows } = await trx
		.updateTable('shows')
		.set(set)
		.where('room_id', '=', roomId)
		.where('version', '=', from)
		.executeTakeFirst();
	return numUpdatedRows !== 0n;
}
