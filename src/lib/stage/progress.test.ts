import { describe, expect, it } from 'vitest';
import type { RoundState } from '../rounds/round-state.ts';
import { progressOf, withProgress } from './progress.ts';
import { EMPTY_STAGE, type StageState } from './stage-state.ts';

function stageWith(placed: number[], state: RoundState['state'] = 'open'): StageState {
	const cards = placed.map((count, index) => ({
		...{ id: `c${index}`, placed: count, outcome: null, decision: null, column: null }
	}));
	const round: RoundState = {
		...{ id: 'r1', number: 1, state, isNamed: false, ends: 'asked', endsAt: null, least: 3 },
		...{ consensus: 0.75, isRepeat: false, openedAt: '2026-01-01T00:00:00Z', closedAt: null },
		...{ columns: null, cards }
	};
	return { ...EMPTY_STAGE, round };
}

describe('the progress of a round', () => {
	it('makes of an earlier stage the one that it was taken of', () => {
		const later = stageWith([4, 0, 7]);
		const progress = progressOf(later);
		expect(progress).toEqual({ round: 'r1', placed: [4, 0, 7] });
		expect(withProgress(stageWith([1, 0, 7]), progress!)).toEqual(later);
	});

	it('takes nothing back from a stage that is newer', () => {
		const newer = stageWith([5, 1]);
		expect(withProgress(newer, { round: 'r1', placed: [4, 0] })).toEqual(newer);
	});

	it('says nothing of another round, of one that is not open, or without one', () => {
		const open = stageWith([1]);
		expect(withProgress(open, { round: 'r0', placed: [9] })).toBe(open);
		expect(withProgress(open, undefined)).toBe(open);
		const revealed = stageWith([1], 'revealed');
		expect(withProgress(revealed, { round: 'r1', placed: [9] })).toBe(revealed);
		expect(progressOf(revealed)).toBeNull();
		expect(withProgress(EMPTY_STAGE, { round: 'r1', placed: [9] })).toBe(EMPTY_STAGE);
		expect(progressOf(EMPTY_STAGE)).toBeNull();
	});
});
