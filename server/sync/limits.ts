/**
 * Every bound of the live rooms, with its unit. Tests pass their own; nothing reads the environment.
 */
const KIB = 1024;
const MIB = 1024 * KIB;

export const LIMITS = {
	/** One websocket frame, in bytes: above it the connection is closed with `tooLarge`. */
	maxFrameBytes: 4 * MIB,
	/** Fragments that one message may come in, and pieces that wait for the rest of their frame. */
	maxFragments: 1_024,
	maxBufferedChunks: 16_384,
	/**
	 * A room's stored document, in bytes: what would make it larger is refused. With `maxQueueBytes`
	 * this bounds what one socket is ever owed: a full queue, one document after it.
	 */
	maxDocumentBytes: 4 * MIB,
	/** Levels of shared types within each other; a board has three. */
	maxTypeDepth: 16,
	/** What a repaired room may keep that waits for content that was lost, in bytes. */
	maxPendingBytes: 256 * KIB,
	/** Open sockets in one room. */
	maxConnectionsPerRoom: 600,
	/** Of these, of one person. */
	maxConnectionsPerPerson: 20,
	/** Pings of one connection that are answered in a `heartbeatMs`. */
	maxPingsPerHeartbeat: 40,
	/** One client's own awareness state as JSON, in bytes. */
	maxAwarenessBytes: 8 * KIB,
	/** The clock that a client begins with; a page that changes 20 times a second takes years. */
	maxAwarenessClock: 2 ** 31,
	/** By how much that clock may rise from one state to the next. */
	maxAwarenessRise: 10_000,
	/** Client ids of people gone that are remembered in one room; the longest gone go first. */
	maxReservedIds: 1_000,
	/** Unsent bytes to one client, above which awareness is left out. */
	maxAwarenessQueueBytes: 256 * KIB,
	/** Unsent bytes to one client, above which updates are left out and made good later at once. */
	maxQueueBytes: 3 * MIB,
	/** Received bytes, in all rooms, that are not stored yet: above it, clients keep their edits. */
	maxUnstoredBytes: 64 * MIB,
	/** The same of one connection: above it, it is not read until they are stored. */
	maxWaitingBytesPerConnection: 256 * KIB,
	/** How long an edit may take under load, on average, until it is sent. In milliseconds. */
	turnDelayMs: 22,
	/** The least and the most time from one turn, in which edits are stored and sent, to the next. */
	minTurnMs: 20,
	maxTurnMs: 42,
	/** Updates that one room applies at a time. */
	maxBatchUpdates: 500,
	/** Requests for the document or for everybody's states by one connection in a `heartbeatMs`. */
	maxQuestionsPerHeartbeat: 40,
	/** Awareness frames of one connection in a `heartbeatMs`: 200 a second; a page sends up to 20. */
	maxAwarenessFramesPerHeartbeat: 4_000,
	/** Sockets whose right to be here is still being looked up. */
	maxWaitingSockets: 200,
	/** Time for that look-up, in milliseconds. */
	authorizeMs: 5_000,
	/** Time for a client to answer the closing of its socket, in milliseconds. */
	closeMs: 4_000,
	/** Between two pings; a socket that misses one whole interval is cut. In milliseconds. */
	heartbeatMs: 20_000,
	/** Awareness changes are gathered this long into one frame. In milliseconds. */
	awarenessTickMs: 50,
	/** How far a round is is told at most this often in each room. In milliseconds. */
	progressMs: 250,
	/**
	 * The server's own state, which names everybody, is sent at most this often for each person in
	 * the room: with 500 of them once a second. In milliseconds.
	 */
	directoryMsPerPerson: 2,
	/** The server's own awareness state is renewed this often; clients wait 30 s. In milliseconds. */
	awarenessRenewMs: 15_000,
	/** A client id stays reserved for the person who had it. In milliseconds. */
	awarenessReserveMs: 60_000,
	/** A room that nobody is in stays in memory this long. In milliseconds. */
	roomIdleMs: 60_000,
	/** Rows in the log after the snapshot, above which it is compacted. */
	compactAfterUpdates: 1_000,
	/** Bytes in the log after the snapshot, above which it is compacted. */
	compactAfterBytes: MIB,
	/** Rows in the log after the snapshot that are worth a snapshot when the room leaves memory. */
	compactAtUnloadUpdates: 20,
	/** Rows of a room's record that are kept one by one. */
	maxHistoryRows: 50_000,
	/** Rows after which it is looked whether there are more. */
	trimHistoryAfter: 2_000,
	/** First pause after a failed commit; doubles. In milliseconds. */
	retryMs: 100,
	/** Longest pause between two tries to commit. In milliseconds. */
	maxRetryMs: 2_000,
	/** Time to store what came in when the server stops. In milliseconds. */
	drainMs: 8_000
};

export type Limits = Readonly<typeof LIMITS>;
