/**
 * Who is here. The server says so: its own awareness state carries a directory from client id to
 * person, so that nobody can speak as another. Everything else in awareness is what a client says
 * of its own doing (cursor, the card it edits or drags).
 */

/** Roles in a room, the highest first; each may do what the next may. */
export const ROLES = ['owner', 'facilitator', 'editor', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** A person as others may see them. */
export interface PublicPerson {
	id: string;
	name: string;
	/** Hue in degrees, 0 to 359; the tokens make the colour of it. */
	colour: number;
	role: Role;
}

/**
 * The awareness client id of the server in every room. Yjs draws ids at random; the server takes
 * no state and no update under this one from anybody, so what stands under it is the server's.
 */
export const SERVER_CLIENT_ID = 0;

/** The checkpoint that the set hand points at. */
export interface SetHand {
	name: string;
	/** ISO time. */
	at: string;
	/** The reading then; null when nothing counted. */
	value: number | null;
}

/** The server's own awareness state. */
export interface ServerState {
	/** By Yjs client id, as a decimal string. */
	people: Record<string, PublicPerson>;
	/** How many guests wait to be let in. */
	waiting: number;
	/** Rises whenever somebody's role, name or place changes, or a door: what a page lists is stale. */
	changes: number;
	/** Null while there is no checkpoint. */
	hand: SetHand | null;
}
