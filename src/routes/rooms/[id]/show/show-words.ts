/** The steps of a run of show, in words. */
import type { StepKind } from '$lib/stage/show.ts';
import { minutesOf } from './draft-step.ts';

export interface KindWords {
	/** What everybody sees. */
	shows: string;
	/** The title that such a step has when nobody gives it another. */
	title: string;
}

export const KIND_WORDS: Readonly<Record<StepKind, KindWords>> = {
	welcome: { shows: 'Welcome: how to join', title: 'Welcome' },
	board: { shows: 'The dial', title: 'Where we stand' },
	card: { shows: 'One card', title: '' },
	break: { shows: 'A break', title: 'Break' },
	compare: { shows: 'What has moved since the checkpoint', title: 'What has moved' },
	close: { shows: 'The end, and where the report is', title: 'Close' }
};

/** "12 min", "1 h 5 min", "2 h", "2.5 min". */
export function lengthWords(minutes: number): string {
	const tenths = Math.round(minutes * 10) / 10;
	const hours = Math.floor(tenths / 60);
	const left = Math.round((tenths - hours * 60) * 10) / 10;
	if (hours === 0) return `${left} min`;
	return left === 0 ? `${hours} h` : `${hours} h ${left} min`;
}

/** When the step at `place` begins, if all before it take their time. */
export function beginWords(steps: readonly { minutes: string }[], place: number): string {
	if (place === 0) return 'at the beginning';
	const before = timeOf(steps.slice(0, place));
	if (before.minutes === 0) return 'after those without a time';
	const time = lengthWords(before.minutes);
	return before.untimed > 0 ? `begins ${time} in or later` : `begins about ${time} in`;
}

/** "7 steps, 1 h 5 min", and how many of them have no time. */
export function totalWords(steps: readonly { minutes: string }[]): string {
	const { minutes, untimed } = timeOf(steps);
	const count = steps.length === 1 ? '1 step' : `${steps.length} steps`;
	if (minutes === 0) return steps.length === 0 ? 'No steps' : `${count} without a time`;
	const without = untimed === 0 ? '' : `, and ${untimed} without a time`;
	return `${count}, ${lengthWords(minutes)}${without}`;
}

function timeOf(steps: readonly { minutes: string }[]): { minutes: number; untimed: number } {
	const known = steps.map((step) => minutesOf(step.minutes) ?? null);
	return {
		minutes: known.reduce<number>((sum, minutes) => sum + (minutes ?? 0), 0),
		untimed: known.filter((minutes) => minutes === null).length
	};
}
