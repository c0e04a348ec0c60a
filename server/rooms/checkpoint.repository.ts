import type { Reading } from '#barometer/reading.ts';
import type { Database } from '../database/database.ts';
import { randomId } from '../random-id.ts';
import type { Checkpoint } from './checkpoint.table.ts';

/** Keeps a reading under a name. */
export async function insertCheckpoint(
	db: Database,
	roomId: string,
	name: string,
	reading: Reading
): Promise<void> {
	const { at, formula, value, low, high, word, coverage } = reading;
	await db
		.insertInto('checkpoints')
		.values({
			id: randomId(),
			room_id: roomId,
			name,
			at,
			formula,
			value,
			low,
			high,
			word,
			coverage
		})
		.execute();
}

export async function findNewestCheckpoint(
	db: Database,
	roomId: string
): Promise<Checkpoint | undefined> {
	return db
		.selectFrom('checkpoints')
		.selectAll()
		.where('room_id', '=', roomId)
		.orderBy('at', 'desc')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
}
