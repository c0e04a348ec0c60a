import type { Insertable, Selectable, Updateable } from 'kysely';

/** A person with an account. */
export interface UserTable {
	id: string;
	/** As `readEmail` makes it, so that one address has one account. */
	email: string;
	name: string;
	/** Hue in degrees, 0 to 359. */
	colour: number;
	/** Argon2id, in PHC form; null for one who signs in by passkey alone. */
	password_hash: string | null;
	created_at: string;
}

export type User = Selectable<UserTable>;
export type NewUser = Insertable<UserTable>;
export type UserUpdate = Updateable<UserTable>;
