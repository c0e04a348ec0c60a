/** A run of show as a facilitator writes it. */
import { isId } from '#board/new-id.ts';
import { STEP_KINDS, type ShowStep } from '#stage/show.ts';
import { cleanLine } from '../clean-line.ts';
import { Refusal } from '../refusal.ts';

/** In UTF-16 code units. */
export const STEP_TITLE_LENGTH = 120;
export const NOTES_LENGTH = 1_000;
export const STEPS_MAX = 60;
const MINUTES_MAX = 24 * 60;

/** As it comes in. */
export interface StepInput {
	/** One of `STEP_KINDS`. */
	kind: string;
	title: string;
	minutes?: number | undefined;
	card?: string | undefined;
	asks?: boolean | undefined;
	notes?: string | undefined;
}

/**
 * Throws `too-many-steps`, `unknown-choice`, `step-title-missing`, `step-title-too-long`,
 * `minutes-out-of-range` or `notes-too-long`. A card need not be on the board: it may come back.
 */
export function readSteps(steps: readonly StepInput[]): ShowStep[] {
	if (steps.length > STEPS_MAX) throw new Refusal('too-many-steps');
	return steps.map(readStep);
}

function readStep({ kind: named, title: given, minutes, card, asks, notes }: StepInput): ShowStep {
	const kind = STEP_KINDS.find((each) => each === named);
	if (kind === undefined) throw new Refusal('unknown-choice');
	const title = cleanLine(given);
	if (title === '') throw new Refusal('step-title-missing');
	if (title.length > STEP_TITLE_LENGTH) throw new Refusal('step-title-too-long');
	if (minutes !== undefined && !(minutes > 0 && minutes <= MINUTES_MAX)) {
		throw new Refusal('minutes-out-of-range');
	}
	const kept = (notes ?? '').toWellFormed().trim();
	if (kept.length > NOTES_LENGTH) throw new Refusal('notes-too-long');
	if (card && !isId(card)) throw new Refusal('unknown-choice');
	const isCard = kind === 'card';
	return {
		kind,
		title,
		minutes: minutes ?? null,
		card: isCard && card ? card : null,
		asks: isCard && asks === true,
		notes: kept
	};
}
