import type { ShowStep } from '#stage/show.ts';

/**
 * Where the step at `place` of a run of show stands after a change of it, so that a step that is on
 * stays on when others are put before it. One that was itself changed is taken to be where it was;
 * null when it is gone.
 */
export function placeAfter(
	before: readonly ShowStep[],
	place: number,
	after: readonly ShowStep[]
): number | null {
	const step = before[place];
	if (step === undefined) return null;
	const same = after.flatMap((each, index) => (isSame(each, step) ? [index] : []));
	const [nearest] = same.sort((a, b) => Math.abs(a - place) - Math.abs(b - place));
	if (nearest !== undefined) return nearest;
	return place < after.length ? place : null;
}

function isSame(one: ShowStep, other: ShowStep): boolean {
	return one.kind === other.kind && one.title === other.title && one.card === other.card;
}
