import type { RoundState } from '#rounds/round-state.ts';
import type { Database } from '../database/database.ts';
import { findCurrent, stateOf } from './round.repository.ts';

/** What everybody in a room is told of its round: the one that is open or shown, if any. */
export async function currentRound(db: Database, roomId: string): Promise<RoundState | null> {
	const round = await findCurrent(db, roomId);
	return round === undefined ? null : stateOf(db, round);
}
