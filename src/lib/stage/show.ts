/** A run of show: the steps that a facilitator goes through with a room. */

/**
 * What a step shows: how to join; the dial and its last causes; one card; a break; how the reading
 * differs from the checkpoint; where the report is.
 */
export const STEP_KINDS = ['welcome', 'board', 'card', 'break', 'compare', 'close'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** A step as everybody sees it. */
export interface Step {
	kind: StepKind;
	title: string;
	/** How long it is meant to take; its timer runs so long. Null for no timer. */
	minutes: number | null;
	/** For `card`: its id. */
	card: string | null;
	/** For `card`: a blind round on it is opened when the step begins. */
	asks: boolean;
}

/** A step as facilitators see it. */
export interface ShowStep extends Step {
	/** For facilitators alone. */
	notes: string;
}
