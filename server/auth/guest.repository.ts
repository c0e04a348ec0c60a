import type { Database } from '../database/database.ts';
import type { Guest, NewGuest } from './guest.table.ts';

export async function insertGuest(db: Database, guest: NewGuest): Promise<void> {
	await db.insertInto('guests').values(guest).execute();
}

/** The guest of a token's hash, unless it has expired at `at`. */
export async function findGuest(
	db: Database,
	tokenHash: string,
	at: Date
): Promise<Guest | undefined> {
	return db
		.selectFrom('guests')
		.selectAll()
		.where('token_hash', '=', tokenHash)
		.where('expires_at', '>', at.toISOString())
		.executeTakeFirst();
}

export async function renameGuest(db: Database, id: string, name: string): Promise<void> {
	await db.updateTable('guests').set({ name }).where('id', '=', id).execute();
}

/** Erases guests that had expired at `at`, and every tie of theirs to a room. Says how many. */
export async function eraseExpiredGuests(db: Database, at: Date): Promise<number> {
	return db.transaction().execute(async (trx) => {
		const expired = await trx
			.selectFrom('guests')
			.select('id')
			.where('expires_at', '<=', at.toISOString())
			.execute();
		for (const { id } of expired) await eraseGuest(trx, id);
		return expired.length;
	});
}

/** Erases a guest and every tie of theirs to a room; within the caller's transaction. */
export async function eraseGuest(trx: Database, id: string): Promise<void> {
	for (const table of ['members', 'waiting', 'removals'] as const) {
		await trx.deleteFrom(table).where('person_id', '=', id).execute();
	}
	await trx.deleteFrom('guests').where('id', '=', id).execute();
}
