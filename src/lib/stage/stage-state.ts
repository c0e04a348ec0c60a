/**
 * The stage: what everybody in a room looks at together. It is the server's own awareness state,
 * under a client id of its own, since it changes at other times than the directory of people.
 */
import type { RoundState } from '../rounds/round-state.ts';

/** Yjs draws client ids below 2^32: nobody has this one. */
export const STAGE_CLIENT_ID = 2 ** 32;

export interface StageState {
	/** The blind round that is open or shown. */
	round: RoundState | null;
}
