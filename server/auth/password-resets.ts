/**
 * Links to set a new password: one use, one hour, and the newest alone. Whoever makes one hands it
 * on: the operator's command line, an owner of a team, or the mail to the account's own address.
 *
 * - The token has 256 random bits; the database holds its SHA-256.
 * - A person has one open link at most: a new one, a new password or a new e-mail address ends the
 *   older ones.
 * - Using it ends every session of the person, so that whoever knew the old password is out.
 */
import type { Database } from '../database/database.ts';
import { createToken, hashToken } from '../secret-token.ts';
import { Sessions } from './sessions.ts';
import { updateUser } from './user.repository.ts';

export const RESET_MINUTES = 60;

export interface ResetLink {
	token: string;
	/** To put after the server's public address. */
	path: string;
	expires: Date;
}

export type ResetState = 'open' | 'expired' | 'used' | 'unknown';

/**
 * Makes a link for a user, and ends the older ones. It is handed out once, here.
 *
 * ```ts
 * const { path, expires } = await createResetLink(db, user.id, new Date());
 * ```
 */
export async function createResetLink(db: Database, userId: string, at: Date): Promise<ResetLink> {
	const token = createToken();
	const expires = new Date(at.getTime() + RESET_MINUTES * 60_000);
	await db.transaction().execute(async (trx) => {
		await endResetLinks(trx, userId);
		await trx
			.insertInto('password_resets')
			.values({
				token_hash: hashToken(token) ?? '',
				user_id: userId,
				created_at: at.toISOString(),
				expires_at: expires.toISOString(),
				used_at: null
			})
			.execute();
	});
	return { token, path: `/reset/${token}`, expires };
}

/** What has become of a link, and whose it is. Any text may be asked for. */
export async function findResetLink(
	db: Database,
	token: string,
	at: Date
): Promise<{ state: ResetState; userId: string | null }> {
	const hash = hashToken(token);
	const reset =
		hash === null
			? undefined
			: await db
					.selectFrom('password_resets')
					.selectAll()
					.where('token_hash', '=', hash)
					.executeTakeFirst();
	if (reset === undefined) return { state: 'unknown', userId: null };
	const userId = reset.user_id;
	if (reset.used_at !== null) return { state: 'used', userId };
	return { state: reset.expires_at > at.toISOString() ? 'open' : 'expired', userId };
}

/**
 * Sets the password and ends every session and open link of the person. Answers who that is; null,
 * with nothing changed, unless the link is open. Of two at once, one succeeds.
 */
export async function useResetLink(
	db: Database,
	token: string,
	passwordHash: string,
	at: Date
): Promise<string | null> {
	const hash = hashToken(token);
	if (hash === null) return null;
	return db.transaction().execute(async (trx) => {
		const used = await trx
			.updateTable('password_resets')
			.set({ used_at: at.toISOString() })
			.where('token_hash', '=', hash)
			.where('used_at', 'is', null)
			.where('expires_at', '>', at.toISOString())
			.returning('user_id')
			.executeTakeFirst();
		if (used === undefined) return null;
		await updateUser(trx, used.user_id, { password_hash: passwordHash });
		await endResetLinks(trx, used.user_id);
		await new Sessions(trx).endAll(used.user_id);
		return used.user_id;
	});
}

/** Ends the open links of a person. */
export async function endResetLinks(db: Database, userId: string): Promise<void> {
	await db
		.deleteFrom('password_resets')
		.where('user_id', '=', userId)
		.where('used_at', 'is', null)
		.execute();
}

/** Erases links that had been expired for a day, so that whoever is late is still told. */
export async function eraseOldResetLinks(db: Database, at: Date): Promise<void> {
	const dayBefore = new Date(at.getTime() - 86_400_000).toISOString();
	await db.deleteFrom('password_resets').where('expires_at', '<=', dayBefore).execute();
}
