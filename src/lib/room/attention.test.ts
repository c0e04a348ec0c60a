import { expect, it } from 'vitest';
import { EMPTY_STAGE, type StageState } from '#stage/stage-state.ts';
import { countReady, isReady, raisedHands, readyKey } from './attention.ts';
import type { Activity, Participant } from './presence.svelte.ts';

const person = (name: string, ...activities: Activity[]): Participant => ({
	...{ id: name, name, colour: 0, role: 'editor', clients: [], self: false },
	activities
});

const step = (place: number): StageState => ({
	...EMPTY_STAGE,
	workshop: { id: 'w', number: 1, openedAt: '2026-03-01T12:00:00Z' },
	step: { kind: 'board', title: '', minutes: null, card: null, asks: false, place, count: 3 }
});

it('hands are called in the order in which they were raised, each person once', () => {
	const hand = (at: string, down = 0) => ({ hand: { at, down } });
	const people = [
		person('Ana', hand('2026-03-01T12:00:03Z')),
		person('Ben', hand('2026-03-01T12:00:09Z'), hand('2026-03-01T12:00:01Z')),
		person('Cem', {})
	];
	expect(raisedHands(people, EMPTY_STAGE).map(({ name }) => name)).toEqual(['Ben', 'Ana']);
	// All were lowered since; Dia has raised hers again.
	const later = [...people, person('Dia', hand('2026-03-01T12:00:20Z', 1))];
	expect(raisedHands(later, { ...EMPTY_STAGE, handsDown: 1 }).map(({ name }) => name)).toEqual([
		'Dia'
	]);
});

it('who was ready with one step is not ready with the next', () => {
	const ana = person('Ana', { ready: readyKey(step(1)) });
	const people = [ana, person('Ben'), { ...person('Fay'), role: 'facilitator' as const }];
	expect(isReady(ana, step(1))).toBe(true);
	expect(countReady(people, step(1))).toEqual({ ready: 1, of: 2 });
	expect(countReady(people, step(2))).toEqual({ ready: 0, of: 2 });
});
