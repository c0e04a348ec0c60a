import type { Insertable, Selectable } from 'kysely';

/** A person without an account, known by a cookie whose SHA-256 is kept here. */
export interface GuestTable {
	id: string;
	name: string;
	/** Hue in degrees, 0 to 359. */
	colour: number;
	/** SHA-256 of the cookie's token, hex. */
	token_hash: string;
	created_at: string;
	expires_at: string;
}

export type Guest = Selectable<GuestTable>;
export type NewGuest = Insertable<GuestTable>;
