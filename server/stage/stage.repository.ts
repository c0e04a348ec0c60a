/** What is set of the stage of a room, as it is stored. */
import type { Database } from '../database/database.ts';
import type { NewStageRow, StageRow } from './stage.table.ts';

export async function findStageRow(db: Database, roomId: string): Promise<StageRow | undefined> {
	return db.selectFrom('stages').selectAll().where('room_id', '=', roomId).executeTakeFirst();
}

export type StageSet = Partial<Omit<NewStageRow, 'room_id'>>;

/** Sets these fields of it, and leaves the others. */
export async function setStage(trx: Database, roomId: string, set: StageSet): Promise<void> {
	await trx
		.insertInto('stages')
		.values({ room_id: roomId, ...set })
		.onConflict((conflict) => conflict.column('room_id').doUpdateSet(set))
		.execute();
}
