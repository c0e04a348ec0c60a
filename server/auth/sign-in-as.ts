/** What every way of signing in ends with: a session of its own, and what the guest had. */
import { recordOfAccount } from '../audit/audit.repository.ts';
import type { Database } from '../database/database.ts';
import type { Visitor } from './accounts.ts';
import { adoptGuest } from './adopt-guest.ts';
import { Sessions, type SessionPass } from './sessions.ts';
import { findUser } from './user.repository.ts';

/** Signs in whoever has just shown to be the user. Makes a new session, whatever cookie came. */
export async function signInAs(
	db: Database,
	userId: string,
	{ guest, device }: Visitor,
	at: Date
): Promise<SessionPass> {
	if (guest !== null) {
		await db.transaction().execute((trx) => adoptGuest(trx, guest.id, userId, at));
	}
	const pass = await new Sessions(db).start(userId, device);
	const user = await findUser(db, userId);
	if (user !== undefined) await recordOfAccount(db, 'sign-in.done', user, at);
	return pass;
}
