/**
 * Asking for the password once more before something that a stranger at an open screen must not be
 * able to do. Guesses are limited by account, so that a stolen session does not give the password.
 */
import type { Database } from '../database/database.ts';
import { createLimiter, take } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import { checkPassword } from './passwords.ts';
import { findUser } from './user.repository.ts';

const GUESSES = { points: 10, seconds: 15 * 60 };

/** Throws `wrong-password` or `too-many-attempts` unless the password is the user's. */
export type ProvePassword = (userId: string, password: string) => Promise<void>;

export function createPasswordProof(db: Database): ProvePassword {
	const guesses = createLimiter(GUESSES);
	return async (userId, password) => {
		await take(guesses, userId);
		const user = await findUser(db, userId);
		if (!(await checkPassword(user?.password_hash ?? null, password))) {
			throw new Refusal('wrong-password');
		}
		await guesses.delete(userId);
	};
}
