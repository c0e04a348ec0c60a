/** A step while a facilitator works on it: what was typed, whether it makes sense yet or not. */
import type { ShowStep, StepKind } from '$lib/stage/show.ts';
import { STEP_MINUTES_MAX, STEP_NOTES_LENGTH, STEP_TITLE_LENGTH } from '$lib/stage/show-limits.ts';

export interface DraftStep {
	/** Tells it apart on this page; not stored. */
	key: number;
	kind: StepKind;
	title: string;
	/** As typed; empty for no time. */
	minutes: string;
	/** Kept while another kind is chosen; empty for none. */
	card: string;
	asks: boolean;
	notes: string;
}

/** One sentence each: what is wrong and what to do. */
export interface StepProblems {
	title?: string;
	minutes?: string;
	notes?: string;
}

export function draftOf(step: ShowStep, key: number): DraftStep {
	const { minutes, card, ...rest } = step;
	return { ...rest, key, minutes: minutes === null ? '' : String(minutes), card: card ?? '' };
}

/** As it is sent and stored. Whatever is not a number counts as no time. */
export function stepOf({ kind, title, minutes, card, asks, notes }: DraftStep): ShowStep {
	const isCard = kind === 'card';
	return {
		kind,
		title: title.replace(/\s+/gu, ' ').trim(),
		minutes: minutesOf(minutes) ?? null,
		card: isCard && card !== '' ? card : null,
		asks: isCard && card !== '' && asks,
		notes: notes.trim()
	};
}

export function problemsOf(step: DraftStep): StepProblems {
	const { title, notes } = stepOf(step);
	const problems: StepProblems = {};
	if (title === '') problems.title = 'Type a title: everybody sees it.';
	if (title.length > STEP_TITLE_LENGTH) {
		problems.title = `Shorten it by ${title.length - STEP_TITLE_LENGTH}: a title has at most ${STEP_TITLE_LENGTH} characters.`;
	}
	if (notes.length > STEP_NOTES_LENGTH) {
		problems.notes = `Shorten them by ${notes.length - STEP_NOTES_LENGTH}: notes have at most 1,000 characters.`;
	}
	if (minutesOf(step.minutes) === undefined) {
		problems.minutes = 'Type a number above 0, such as 5 or 2.5, or leave it empty for no time.';
	}
	return problems;
}

/** Null for none; undefined for what is not a time. */
export function minutesOf(typed: string): number | null | undefined {
	const text = typed.trim().replace(',', '.');
	if (text === '') return null;
	const minutes = /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : NaN;
	return minutes > 0 && minutes <= STEP_MINUTES_MAX ? minutes : undefined;
}
