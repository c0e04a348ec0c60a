/** Checkpoints: rows of the record that give a reading a name, to compare with later. */
import type { Database } from '../database/database.ts';
import type { HistoryRow } from './history.table.ts';

/** A named reading; the chosen one is what the brass set hand points at. */
export interface Checkpoint extends Pick<
	HistoryRow,
	'seq' | 'at' | 'formula' | 'value' | 'low' | 'high' | 'word' | 'coverage'
> {
	name: string;
}

/** The newest first. */
export async function findCheckpoints(db: Database, roomId: string): Promise<Checkpoint[]> {
	const rows = await checkpointsOf(db, roomId).orderBy('seq', 'desc').execute();
	return rows.map(checkpointOf);
}

export async function findCheckpoint(
	db: Database,
	roomId: string,
	seq: number
): Promise<Checkpoint | null> {
	const row = await checkpointsOf(db, roomId).where('seq', '=', seq).executeTakeFirst();
	return row === undefined ? null : checkpointOf(row);
}

/** The one that the hand was turned to last; whoever sets one turns the hand to it. */
export async function findChosenCheckpoint(
	db: Database,
	roomId: string
): Promise<Checkpoint | null> {
	const last = await db
		.selectFrom('history')
		.select(['seq', 'kind', 'became'])
		.where('room_id', '=', roomId)
		.where('kind', 'in', ['checkpoint', 'hand'])
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	if (last === undefined) return null;
	if (last.kind === 'checkpoint') return findCheckpoint(db, roomId, last.seq);
	const { checkpoint } = JSON.parse(last.became ?? '{}') as { checkpoint: number };
	return findCheckpoint(db, roomId, checkpoint);
}

function checkpointsOf(db: Database, roomId: string) {
	return db
		.selectFrom('history')
		.select(['seq', 'became', 'at', 'formula', 'value', 'low', 'high', 'word', 'coverage'])
		.where('room_id', '=', roomId)
		.where('kind', '=', 'checkpoint');
}

function checkpointOf({
	became,
	...row
}: Pick<HistoryRow, 'became'> & Omit<Checkpoint, 'name'>): Checkpoint {
	const { name } = JSON.parse(became ?? '{}') as { name: string };
	// PostgreSQL returns a bigint as text.
	return { ...row, seq: Number(row.seq), name };
}
