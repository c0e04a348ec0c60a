/** What facilitators ask for of the stage, as it comes in. */
import type { StageTimer } from '#stage/stage-state.ts';
import { leftOf } from '#stage/timer.ts';
import { cleanLine } from '../clean-line.ts';
import { Refusal } from '../refusal.ts';

/** In UTF-16 code units. */
export const MESSAGE_LENGTH = 240;
const MINUTES_MAX = 24 * 60;
const MINUTE_MS = 60_000;

/** What a timer is told to do. */
export const TIMER_COMMANDS = ['start', 'pause', 'resume', 'add', 'clear'] as const;
export type TimerCommand = (typeof TIMER_COMMANDS)[number];

/** What is left out stays as it is. */
export interface StageWish {
	/** Id of a card on the board; empty for none. */
	spotlight?: string | undefined;
	isLocked?: boolean | undefined;
	isQuiet?: boolean | undefined;
	/** In a line; empty for none. */
	message?: string | undefined;
	/** One of `TIMER_COMMANDS`. */
	timer?: string | undefined;
	/** For `start` and `add`. */
	minutes?: number | undefined;
	/** Calls everybody to the spotlight. */
	gather?: boolean | undefined;
	/** Lowers all raised hands. */
	handsDown?: boolean | undefined;
}

/** Throws `message-too-long`. */
export function readMessage(text: string): string | null {
	const message = cleanLine(text);
	if (message.length > MESSAGE_LENGTH) throw new Refusal('message-too-long');
	return message === '' ? null : message;
}

/** The timer after a command at `now`, in milliseconds. Throws `unknown-choice` or `minutes-out-of-range`. */
export function timerAfter(
	timer: StageTimer | null,
	command: string,
	minutes: number | undefined,
	now: number
): StageTimer | null {
	switch (TIMER_COMMANDS.find((each) => each === command)) {
		case 'start':
			return startTimer(minutes, now);
		case 'add':
			return timer === null ? startTimer(minutes, now) : lengthened(timer, minutes, now);
		case 'pause':
			return timer?.endsAt ? { ...timer, endsAt: null, leftMs: leftOf(timer, now) } : timer;
		case 'resume':
			if (timer === null || timer.leftMs === null) return timer;
			return { ...timer, ...running(timer.leftMs, now) };
		case 'clear':
			return null;
		case undefined:
			throw new Refusal('unknown-choice');
	}
}

/** Throws `minutes-out-of-range`. */
export function startTimer(minutes: number | undefined, now: number): StageTimer {
	const lengthMs = readMinutes(minutes);
	return { lengthMs, ...running(lengthMs, now) };
}

/** More time counts from now where it was over. */
function lengthened(timer: StageTimer, minutes: number | undefined, now: number): StageTimer {
	const more = readMinutes(minutes);
	const lengthMs = timer.lengthMs + more;
	if (timer.leftMs !== null) return { ...timer, lengthMs, leftMs: timer.leftMs + more };
	return { lengthMs, ...running(leftOf(timer, now) + more, now) };
}

function running(leftMs: number, now: number): Pick<StageTimer, 'endsAt' | 'leftMs'> {
	return { endsAt: new Date(now + leftMs).toISOString(), leftMs: null };
}

function readMinutes(minutes: number | undefined): number {
	if (minutes === undefined || !(minutes > 0 && minutes <= MINUTES_MAX)) {
		throw new Refusal('minutes-out-of-range');
	}
	return Math.round(minutes * MINUTE_MS);
}
