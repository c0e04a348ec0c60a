import type { ColumnType, Insertable, Selectable } from 'kysely';

/** A key that a person signs in with; its private half never leaves their device. */
export interface PasskeyTable {
	/** The credential's id, base64url. */
	id: string;
	user_id: string;
	/** So that people know their own, such as "Work laptop". */
	name: string;
	/** COSE. */
	public_key: Uint8Array<ArrayBuffer>;
	/** How often it has signed, as it says itself; many always say 0. PostgreSQL returns text. */
	counter: ColumnType<number | string, number, number>;
	/** How a browser reaches it, such as "internal,hybrid". */
	transports: string;
	created_at: string;
	used_at: string | null;
}

export type StoredPasskey = Selectable<PasskeyTable>;
export type NewPasskey = Insertable<PasskeyTable>;

/** What a browser was asked to sign, known by the SHA-256 of a cookie of that browser. */
export interface PasskeyChallengeTable {
	browser_hash: string;
	challenge: string;
	purpose: PasskeyPurpose;
	/** Whose it is; null while that is to be found out. */
	user_id: string | null;
	expires_at: string;
}

export type PasskeyPurpose =
	/** Sign in with a passkey. */
	| 'sign-in'
	/** Take up a new passkey. */
	| 'add'
	/** Show once more that it is the person who is signed in. */
	| 'confirm';
