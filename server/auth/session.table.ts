import type { Insertable, Selectable } from 'kysely';

/** A browser in which somebody is signed in, known by a cookie whose SHA-256 is kept here. */
export interface SessionTable {
	/** SHA-256 of the session's id, hex. */
	id_hash: string;
	user_id: string;
	/** Such as "Firefox on Windows", so that people know their own. */
	device: string;
	created_at: string;
	/** When it was last used, to the hour. */
	used_at: string;
	expires_at: string;
}

export type StoredSession = Selectable<SessionTable>;
export type NewSession = Insertable<SessionTable>;
