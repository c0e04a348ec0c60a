import type { CloseCode } from '#sync/close-codes.ts';

/** Who wants to know how the live rooms are doing. Called for a commit and a closing, not an edit. */
export interface SyncFigures {
	/** Stored that many updates in one commit. */
	committed(updates: number, seconds: number): void;
	/** The server closed a connection. */
	closed(code: CloseCode): void;
}

export const NO_FIGURES: SyncFigures = {
	committed: () => undefined,
	closed: () => undefined
};
