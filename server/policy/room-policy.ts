/**
 * May X do Y in room Z: the one answer for pages, endpoints and the websocket. A right belongs to a
 * role and all above it; what role somebody has in a room is `roleIn`'s to say (`rooms/access.ts`).
 */
import { ROLES, type Role } from '#sync/people.ts';

/** For each thing that may be done in a room, the lowest role that may. */
const LOWEST = {
	/** See the board, its reading and who is here. */
	'room.read': 'viewer',
	/** Take a copy of the board along as a file or a new room of one's own. */
	'room.copy': 'viewer',
	/** Change the board. */
	'board.edit': 'editor',
	/** Say in a blind round where a card stands. */
	'rounds.place': 'editor',
	/** See the open codes and pass them on. */
	'guests.invite': 'editor',
	/** Open the room for guests, and close it. */
	'guests.open': 'facilitator',
	/** Name readings as checkpoints, and choose the one to compare with. */
	'history.mark': 'facilitator',
	/** Open a blind round, reveal it, and decide what becomes of its cards. */
	'rounds.lead': 'facilitator',
	/** Set what everybody looks at together, lock the board, and lead through a run of show. */
	'stage.lead': 'facilitator',
	/** Write into the report of a workshop what is to be done. */
	'report.write': 'facilitator',
	/** Let anybody who has the link read the report of a workshop. */
	'report.share': 'facilitator',
	/** Let in who waits in the lobby. */
	'guests.admit': 'facilitator',
	/** Rename or remove people, and change what they are, as far as `mayChangeRole` goes. */
	'people.manage': 'facilitator',
	/** Put it aside, and take it back. */
	'room.archive': 'facilitator',
	/** Move it to the trash, restore it from there, decide what the team's members are in it. */
	'room.govern': 'owner',
	/** Read who came, went and was given which role. */
	'audit.read': 'owner'
} as const satisfies Record<string, Role>;

export type RoomAction = keyof typeof LOWEST;
export const ROOM_ACTIONS = Object.keys(LOWEST) as RoomAction[];

/** Whether somebody with this role, or a stranger to the room (`null`), may. */
export function may(role: Role | null, action: RoomAction): boolean {
	return role !== null && isAtLeast(role, LOWEST[action]);
}

/** Whether somebody may make another, who has the role `from` (null: none), one with `to`. */
export function mayChangeRole(actor: Role | null, from: Role | null, to: Role | null): boolean {
	if (!may(actor, 'people.manage') || actor === null) return false;
	// Nobody reaches above themselves, neither down to others nor up.
	return [from, to].every((role) => role === null || isAtLeast(actor, role));
}

export function isAtLeast(role: Role, least: Role): boolean {
	return ROLES.indexOf(role) <= ROLES.indexOf(least);
}
