/**
 * Why the server closed a connection, as websocket close codes. y-websocket takes 4400-4499 as
 * final and does not reconnect, 4500-4599 as passing; each of these has its own message on the page.
 */
export const CLOSE = {
	/** Broken frame, unknown message, or an update that does not decode. */
	badFrame: 4400,
	/** No session and no guest cookie that the server knows. */
	notSignedIn: 4401,
	/** Known, but not a member of this room. */
	notAllowed: 4403,
	/** A facilitator has removed this person from the room. */
	removed: 4406,
	/** The room was closed for the guests who came by this door. */
	closedForGuests: 4407,
	/** No such room. */
	noSuchRoom: 4404,
	/** The room was deleted or reset since this copy was made. */
	roomGone: 4410,
	/** The room is in the trash. It may be restored, so a device keeps its copy. */
	inTrash: 4423,
	/** A frame over the size limit. */
	tooLarge: 4413,
	/** Too many frames, connections or bytes. */
	tooMuch: 4429,
	/** This server is stopping or restarting: come back (RFC 6455 registry). Not final. */
	restarting: 1012,
	/** This room cannot be served at the moment: come back later. Not final. */
	tryLater: 1013,
	/** What is stored of this room is damaged: come back once it is restored. Not final. */
	roomDamaged: 4503
} as const;

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];
