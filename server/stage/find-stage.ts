import type { StageState } from '#stage/stage-state.ts';
import type { Database } from '../database/database.ts';
import { currentRound } from '../rounds/current-round.ts';

/** The stage of a room as it is stored. */
export async function findStage(db: Database, roomId: string): Promise<StageState> {
	return { round: await currentRound(db, roomId) };
}
