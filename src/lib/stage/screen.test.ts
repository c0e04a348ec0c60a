import { describe, expect, it } from 'vitest';
import { board, card } from '#barometer/board.fixture.ts';
import type { RoundCardState, RoundState } from '#rounds/round-state.ts';
import { screenOf } from './screen.ts';
import { STEP_KINDS, type StepKind } from './show.ts';
import { EMPTY_STAGE, type StageState } from './stage-state.ts';

const cards = [card('extradition', 0), card('hotline', 50)];
const room = board(cards);
const workshop = { id: 'w', number: 1, openedAt: '2026-03-01T12:00:00.000Z' };

const stage = (set: Partial<StageState>): StageState => ({ ...EMPTY_STAGE, ...set });
const step = (kind: StepKind, of: string | null = null) => ({
	...{ kind, title: 'A step', minutes: null, card: of },
	...{ asks: false, place: 0, count: 3 }
});
const asked = (id: string): RoundCardState => ({
	...{ id, placed: 2, outcome: null, decision: null, column: null }
});
const round = (state: RoundState['state'], ...ids: string[]): RoundState => ({
	...{ id: 'r', number: 1, state, isNamed: false, ends: 'asked', endsAt: null, least: 3 },
	...{ consensus: 0.75, isRepeat: false, openedAt: workshop.openedAt, closedAt: null },
	...{ columns: null, cards: ids.map(asked) }
});

describe('with nothing set', () => {
	it('tells people how to come in before a workshop, and shows the dial while they work', () => {
		expect(screenOf(EMPTY_STAGE, room)).toEqual({ kind: 'welcome' });
		const closed = { id: 'w', number: 1, openedAt: '2026-03-01T12:00:00Z', link: null };
		expect(screenOf({ ...EMPTY_STAGE, closed }, room)).toEqual({ kind: 'close' });
		expect(screenOf(stage({ workshop }), room)).toEqual({ kind: 'board' });
	});
});

describe('with a step', () => {
	it('shows what its kind says', () => {
		for (const kind of STEP_KINDS.filter((each) => each !== 'card')) {
			expect(screenOf(stage({ workshop, step: step(kind) }), room)).toEqual({ kind });
		}
	});

	it('shows its card, and the dial when that has gone', () => {
		expect(screenOf(stage({ step: step('card', 'hotline') }), room)).toEqual({
			kind: 'card',
			card: cards[1]
		});
		for (const gone of ['never', null]) {
			expect(screenOf(stage({ step: step('card', gone) }), room)).toEqual({ kind: 'board' });
		}
		const trashed = board([cards[0]!], { archived: [cards[1]!] });
		expect(screenOf(stage({ step: step('card', 'hotline') }), trashed)).toEqual({ kind: 'board' });
	});
});

describe('with a card in the spotlight', () => {
	it('shows it whatever the step', () => {
		const set = stage({ workshop, spotlight: 'hotline', step: step('break') });
		expect(screenOf(set, room)).toEqual({ kind: 'card', card: cards[1] });
	});

	it('goes by the step when the card is not on the board', () => {
		const set = stage({ spotlight: 'gone', step: step('compare') });
		expect(screenOf(set, room)).toEqual({ kind: 'compare' });
	});
});

describe('with a blind round', () => {
	it('counts while it is open, whatever else is set', () => {
		const open = round('open', 'extradition');
		const set = stage({ round: open, spotlight: 'hotline', step: step('close') });
		expect(screenOf(set, room)).toEqual({ kind: 'count', round: open });
	});

	it('shows how the answers to its only card lie once it is revealed', () => {
		const revealed = round('revealed', 'extradition');
		expect(screenOf(stage({ round: revealed, spotlight: 'hotline' }), room)).toEqual({
			kind: 'outcome',
			round: revealed,
			card: asked('extradition')
		});
	});

	it('shows all of several cards, or the one that everybody is called to', () => {
		const revealed = round('revealed', 'extradition', 'hotline');
		const several = { kind: 'outcome', round: revealed, card: null };
		expect(screenOf(stage({ round: revealed }), room)).toEqual(several);
		expect(screenOf(stage({ round: revealed, spotlight: 'other' }), room)).toEqual(several);
		expect(screenOf(stage({ round: revealed, spotlight: 'hotline' }), room)).toEqual({
			...several,
			card: asked('hotline')
		});
	});

	it('is over once it was put away', () => {
		for (const state of ['over', 'dropped'] as const) {
			const set = stage({ workshop, round: round(state, 'hotline') });
			expect(screenOf(set, room)).toEqual({ kind: 'board' });
		}
	});
});
