import { describe, expect, it } from 'vitest';
import * as server from '../../../server/stage/show-input.ts';
import { oneHourReading, type WeighedCard } from './one-hour.ts';
import { STEP_NOTES_LENGTH, STEP_TITLE_LENGTH, STEPS_MAX } from './show-limits.ts';

const cards = (count: number, fields: Partial<WeighedCard> = {}) =>
	Array.from({ length: count }, (_, n) => ({
		...{ id: `c${n}`, title: `Card ${n}`, weight: 1 + (n % 5) },
		...fields
	}));
const total = (given: WeighedCard[]) =>
	oneHourReading(given).reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
const asked = (given: WeighedCard[]) => oneHourReading(given).filter(({ asks }) => asks);

describe('the one-hour reading', () => {
	it('welcomes, looks at the dial, asks about cards, breaks, compares and closes', () => {
		expect(oneHourReading(cards(3)).map(({ kind }) => kind)).toEqual([
			...['welcome', 'board', 'card', 'card', 'break', 'card', 'compare', 'close']
		]);
	});

	it('takes the heaviest cards that fit, equally heavy ones in their order', () => {
		expect(asked(cards(12)).map(({ card }) => card)).toEqual([
			...['c4', 'c9', 'c3', 'c8', 'c2', 'c7', 'c1']
		]);
	});

	it('leaves out what does not count, unless nothing does', () => {
		const watched = cards(2, { weight: 0 });
		expect(asked([...watched, { id: 'heavy', title: 'Heavy', weight: 2 }])).toMatchObject([
			{ card: 'heavy' }
		]);
		expect(asked(watched)).toHaveLength(2);
	});

	it.each([
		[0, 60],
		[1, 35],
		[2, 45],
		[3, 55],
		[4, 60],
		[5, 60],
		[6, 60],
		[7, 60],
		[500, 60]
	])('lasts with %i cards %i minutes in all', (count, minutes) => {
		expect(total(cards(count))).toBe(minutes);
	});

	it('gives a card at least 5 minutes and at most 10', () => {
		for (let count = 1; count <= 20; count++) {
			for (const { minutes } of asked(cards(count))) {
				expect(minutes).toBeGreaterThanOrEqual(5);
				expect(minutes).toBeLessThanOrEqual(10);
			}
		}
	});

	it('is for finding cards where there are none', () => {
		const steps = oneHourReading([]);
		expect(steps.map(({ kind }) => kind)).not.toContain('card');
		expect(steps.map(({ kind }) => kind)).not.toContain('compare');
	});

	it.each([
		['long', 'Prosecution '.repeat(30)],
		['of pairs that a cut would split', `x${'🕊'.repeat(120)}`],
		['empty', ''],
		['of nothing that shows', '\u200b\u2060 \n'],
		['of several lines', 'One\n\ttwo'],
		['broken', 'x\ud800']
	])('is one that the server takes as it is, with titles that are %s', (_, title) => {
		for (const count of [0, 1, 2, 6, 40]) {
			const steps = oneHourReading(cards(count, { title }));
			const sent = steps.map(({ minutes, card, ...step }) => ({
				...step,
				...(minutes === null ? {} : { minutes }),
				...(card === null ? {} : { card })
			}));
			expect(server.readSteps(sent)).toEqual(steps);
			for (const { notes } of steps) expect(notes.length).toBeGreaterThan(100);
		}
	});
});

it('the page knows the limits of the server', () => {
	expect([STEPS_MAX, STEP_TITLE_LENGTH, STEP_NOTES_LENGTH]).toEqual([
		...[server.STEPS_MAX, server.STEP_TITLE_LENGTH, server.NOTES_LENGTH]
	]);
});
