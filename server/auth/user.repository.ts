import type { Database } from '../database/database.ts';
import type { NewUser, User, UserUpdate } from './user.table.ts';

/** False when somebody has this e-mail address already; nothing changes then. */
export async function insertUser(db: Database, user: NewUser): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('users')
		.values(user)
		.onConflict((conflict) => conflict.column('email').doNothing())
		.executeTakeFirstOrThrow();
	return numInsertedOrUpdatedRows === 1n;
}

export async function findUser(db: Database, id: string): Promise<User | undefined> {
	return db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
}

export async function findUserByEmail(db: Database, email: string): Promise<User | undefined> {
	return db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst();
}

export async function updateUser(db: Database, id: string, change: UserUpdate): Promise<void> {
	await db.updateTable('users').set(change).where('id', '=', id).execute();
}

/** False when somebody else has this e-mail address; nothing changes then. */
export async function changeEmail(db: Database, id: string, email: string): Promise<boolean> {
	const holder = await findUserByEmail(db, email);
	if (holder !== undefined) return holder.id === id;
	await updateUser(db, id, { email });
	return true;
}
