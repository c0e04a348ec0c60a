/**
 * The message types on the wire: a varUint at the start of each binary frame. 0 to 3 are
 * y-websocket's; the rest are ours and go only to connections that asked for them (`?ack=1`).
 */
export const MESSAGE = {
	sync: 0,
	awareness: 1,
	auth: 2,
	queryAwareness: 3,
	/**
	 * Server to client: varUint `n`, the number of document messages (sync step 2 and sync update)
	 * of this connection, counted from its start, that are stored for good. TCP keeps their order,
	 * so a count says which; unlike a state vector it covers deletions.
	 */
	stored: 100,
	/** Server to client: varUint 0 while the server can store, 1 while it cannot. */
	storage: 101,
	/**
	 * Server to client: varUint index in `ROLES`, varUint `n`. What this connection may do, first
	 * when it joins and again whenever that changes; the role holds for its document messages after
	 * the n-th. Those of a viewer are dropped.
	 */
	role: 102
} as const;

/** Kinds of a sync message: the second varUint of a frame of type `MESSAGE.sync`. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;
