/** Who asks to speak, and who is ready, from what each says of themselves. */
import type { StageState } from '#stage/stage-state.ts';
import { compareText } from '#board/values.ts';
import type { Participant } from './presence.svelte.ts';

/** What one is ready with: another one for each step, so that nobody is ready with the next one. */
export function readyKey({ workshop, step }: StageState): string {
	return `${workshop?.id ?? ''} ${step?.place ?? ''}`;
}

/** Those with a raised hand, the first one first. */
export function raisedHands(
	people: readonly Participant[],
	{ handsDown }: StageState
): Participant[] {
	return people
		.flatMap((person) => {
			const hands = person.activities.flatMap(({ hand }) => (hand ? [hand] : []));
			const up = hands.filter(({ down }) => down === handsDown).map(({ at }) => at);
			return up.length > 0 ? [{ person, at: up.sort(compareText)[0]! }] : [];
		})
		.sort((a, b) => compareText(a.at, b.at))
		.map(({ person }) => person);
}

export function isReady({ activities }: Participant, stage: StageState): boolean {
	const key = readyKey(stage);
	return activities.some(({ ready }) => ready === key);
}

/** How many of those who are led are ready: facilitators are not asked, nor who only looks. */
export function countReady(
	people: readonly Participant[],
	stage: StageState
): { ready: number; of: number } {
	const asked = people.filter(({ role }) => role === 'editor');
	return { ready: asked.filter((each) => isReady(each, stage)).length, of: asked.length };
}
