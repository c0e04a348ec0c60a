import { expect, it } from 'vitest';
import { minutesOf } from './draft-step.ts';
import { beginWords, lengthWords, totalWords } from './show-words.ts';

const steps = (...minutes: string[]) => minutes.map((each) => ({ minutes: each }));

it.each([
	['', null],
	[' 5 ', 5],
	['2.5', 2.5],
	['2,5', 2.5],
	['0', undefined],
	['-3', undefined],
	['1e3', undefined],
	['five', undefined],
	['1440', 1440],
	['1441', undefined]
])('reads the time “%s” as %s', (typed, minutes) => {
	expect(minutesOf(typed)).toBe(minutes);
});

it.each([
	[5, '5 min'],
	[2.5, '2.5 min'],
	[60, '1 h'],
	[65, '1 h 5 min'],
	[59.96, '1 h'],
	[119.99, '2 h']
])('says %s minutes in words', (minutes, words) => {
	expect(lengthWords(minutes)).toBe(words);
});

it('says when a step begins, as far as that is known', () => {
	const plan = steps('5', '7', '', '8');
	expect(plan.map((_, place) => beginWords(plan, place))).toEqual([
		...['at the beginning', 'begins about 5 min in', 'begins about 12 min in'],
		'begins 12 min in or later'
	]);
	expect(beginWords(steps('', '5'), 1)).toBe('after those without a time');
});

it('says how long all of it takes, and what that leaves out', () => {
	expect(totalWords([])).toBe('No steps');
	expect(totalWords(steps('5'))).toBe('1 step, 5 min');
	expect(totalWords(steps('', ''))).toBe('2 steps without a time');
	expect(totalWords(steps('45', '20', 'soon'))).toBe('3 steps, 1 h 5 min, and 1 without a time');
});
