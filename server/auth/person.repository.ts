/** People by their id, with an account or without. */
import type { Database } from '../database/database.ts';
import type { Person } from '../services.ts';

/** Null for nobody, and for a guest whose time is over at `at`. */
export async function findPersonById(db: Database, id: string, at: Date): Promise<Person | null> {
	const [person] = await findPeople(db, [id], at);
	return person ?? null;
}

/** Those of them that there are, in no order. */
export async function findPeople(
	db: Database,
	ids: readonly string[],
	at: Date
): Promise<Person[]> {
	if (ids.length === 0) return [];
	const columns = ['id', 'name', 'colour'] as const;
	const users = await db.selectFrom('users').select(columns).where('id', 'in', ids).execute();
	const guests = await db
		.selectFrom('guests')
		.select(columns)
		.where('id', 'in', ids)
		.where('expires_at', '>', at.toISOString())
		.execute();
	return [
		...users.map((user) => ({ ...user, isUser: true })),
		...guests.map((guest) => ({ ...guest, isUser: false }))
	];
}
