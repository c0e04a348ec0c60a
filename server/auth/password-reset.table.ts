import type { Insertable, Selectable } from 'kysely';

/** A link to set a new password, known by its token's SHA-256. */
export interface PasswordResetTable {
	/** SHA-256 of the token, hex. */
	token_hash: string;
	user_id: string;
	created_at: string;
	expires_at: string;
	/** A used one is kept until a day after its end, so that whoever comes again is told. */
	used_at: string | null;
}

export type PasswordReset = Selectable<PasswordResetTable>;
export type NewPasswordReset = Insertable<PasswordResetTable>;
