/**
 * The stage: what everybody in a room looks at together. It is the server's own awareness state,
 * under a client id of its own, since it changes at other times than the directory of people.
 */
import type { RoundState } from '../rounds/round-state.ts';
import type { Step } from './show.ts';

/** Yjs draws client ids below 2^32: nobody has this one. */
export const STAGE_CLIENT_ID = 2 ** 32;

/** It signals, and stops nothing. */
export interface StageTimer {
	/** ISO time at which it is over; null while it is paused. */
	endsAt: string | null;
	/** What is left of it while it is paused, in milliseconds; null while it runs. */
	leftMs: number | null;
	/** How long it was set for, in milliseconds. */
	lengthMs: number;
}

export interface StageState {
	/** The workshop that is open. */
	workshop: { id: string; number: number; openedAt: string } | null;
	/**
	 * The workshop that was closed last, while none is open, on the day of its closing. `link` is the
	 * secret part of its report's link, where that is shared.
	 */
	closed: { id: string; number: number; openedAt: string; link: string | null } | null;
	/** The step of the run of show that everybody is at, with its place from 0. */
	step: (Step & { place: number; count: number }) | null;
	/** Rises with each change of the run of show, so that who leads by it looks again. */
	showVersion: number;
	/** Id of the card that everybody is to look at. */
	spotlight: string | null;
	timer: StageTimer | null;
	/** Nobody but facilitators moves cards. */
	isLocked: boolean;
	/** Nobody is shown what the others point at and work on. */
	isQuiet: boolean;
	/** What facilitators tell everybody. */
	message: string | null;
	/** ISO time at which everybody was called to the spotlight last. */
	gatheredAt: string | null;
	/** Counts up whenever all raised hands are lowered. */
	handsDown: number;
	/** The blind round that is open or shown. */
	round: RoundState | null;
}

export const EMPTY_STAGE: StageState = {
	workshop: null,
	closed: null,
	step: null,
	showVersion: 0,
	spotlight: null,
	timer: null,
	isLocked: false,
	isQuiet: false,
	message: null,
	gatheredAt: null,
	handsDown: 0,
	round: null
};

/** Whether there is anything on it to show beside the board; a blind round shows itself. */
export function isSet({ workshop, closed, spotlight, timer, isLocked, message }: StageState) {
	return [workshop, closed, spotlight, timer, message].some((each) => each !== null) || isLocked;
}
