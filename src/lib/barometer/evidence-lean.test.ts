import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Evidence } from '#board/board.ts';
import { evidenceLists, moments } from './board.arbitrary.ts';
import { disagrees, evidenceLean } from './evidence-lean.ts';

const MARCH_2 = Date.parse('2022-03-02T00:00:00Z');

function event(date: string, direction: number, reliability: number): Evidence {
	return { id: date, what: '', date, direction, reliability };
}

test('fresh and old evidence are weighed by age and reliability', () => {
	// 2022-01-01 is 60 days before: a = 0.5 * 1/2 = 0.25. Fresh: a = 1.
	// 10 * (1 * 8 + 0.25 * -4) / 1.25 = 56.
	const evidence = [event('2022-03-02', 8, 1), event('2022-01-01', -4, 0.5)];
	expect(evidenceLean(evidence, MARCH_2)).toBeCloseTo(56, 9);
});

test('thin evidence leans towards 0', () => {
	// a = 0.25: 10 * 0.25 * 8 / max(0.25, 1) = 20.
	expect(evidenceLean([event('2022-01-01', 8, 0.5)], MARCH_2)).toBeCloseTo(20, 9);
});

test('without evidence that counts there is no lean', () => {
	expect(evidenceLean([], MARCH_2)).toBeNull();
	expect(evidenceLean([event('2022-03-02', 8, 0)], MARCH_2)).toBeNull();
	expect(evidenceLean([event('2022-03-04', 8, 1)], MARCH_2)).toBeNull();
	expect(evidenceLean([event('some day', 8, 1)], MARCH_2)).toBeNull();
});

test('evidence that has faded says nothing, so it contradicts no placement', () => {
	// 199 days: a = 2^(-199/60) = 0.1004. 200 days: 0.0992, below 0.1.
	expect(evidenceLean([event('2021-08-15', 8, 1)], MARCH_2)).toBeCloseTo(8.03, 2);
	expect(evidenceLean([event('2021-08-14', 8, 1)], MARCH_2)).toBeNull();
	expect(disagrees(evidenceLean([event('2016-01-01', 8, 1)], MARCH_2), 100)).toBe(false);
});

test('a day counts from when it begins somewhere on Earth', () => {
	// 2 March begins at UTC+14 at 10:00 UTC on 1 March, and counts in full until its own UTC start.
	const evidence = [event('2022-03-02', 8, 0.5)];
	expect(evidenceLean(evidence, Date.parse('2022-03-01T09:59:59Z'))).toBeNull();
	expect(evidenceLean(evidence, Date.parse('2022-03-01T10:00:00Z'))).toBe(40);
});

test('evidence and placement disagree when more than 50 points apart', () => {
	expect(disagrees(20, -30)).toBe(false);
	expect(disagrees(20, -31)).toBe(true);
	expect(disagrees(null, -100)).toBe(false);
});

test('exactly 50 points apart they do not, however the sums are rounded', () => {
	// Every direction is +5, so the lean is 50 at any age and reliability that leave enough weight.
	const days = fc.integer({ min: 0, max: 100 });
	const tenths = fc.integer({ min: 5, max: 10 }).map((tenths) => tenths / 10);
	fc.assert(
		fc.property(fc.array(fc.tuple(days, tenths), { minLength: 7, maxLength: 12 }), (entries) => {
			const evidence = entries.map(([day, reliability]) => {
				const date = new Date(MARCH_2 - day * 86_400_000).toISOString().slice(0, 10);
				return event(date, 5, reliability);
			});
			const lean = evidenceLean(evidence, MARCH_2) ?? NaN;
			expect(lean).toBeCloseTo(50, 9);
			expect(disagrees(lean, 0)).toBe(false);
			expect(disagrees(lean, 100)).toBe(false);
			expect(disagrees(lean, -0.001)).toBe(true);
		})
	);
});

test('stays on the scale for any evidence', () => {
	fc.assert(
		fc.property(evidenceLists, moments, (evidence, at) => {
			const lean = evidenceLean(evidence, Date.parse(at)) ?? 0;
			expect(Math.abs(lean)).toBeLessThanOrEqual(100 + 1e-9);
		})
	);
});

test('evidence that comes later changes nothing now', () => {
	fc.assert(
		fc.property(evidenceLists, moments, (evidence, at) => {
			const moment = Date.parse(at);
			const sofar = evidence.filter(({ date }) => Date.parse(date) <= moment + 14 * 3_600_000);
			expect(evidenceLean(sofar, moment)).toBe(evidenceLean(evidence, moment));
		})
	);
});
