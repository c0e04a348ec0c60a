import { expect, it } from 'vitest';
import { clockFace, leftOf } from './timer.ts';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const running = (endsAt: string) => ({ endsAt, leftMs: null, lengthMs: 300_000 });

it('counts down to its end while it runs', () => {
	expect(leftOf(running('2026-03-01T12:03:42.000Z'), NOW)).toBe(222_000);
});

it('stands still while it is paused', () => {
	const paused = { endsAt: null, leftMs: 65_000, lengthMs: 300_000 };
	expect(leftOf(paused, NOW)).toBe(65_000);
	expect(leftOf(paused, NOW + 60_000)).toBe(65_000);
});

it('is over at its end and never below nothing', () => {
	expect(leftOf(running('2026-03-01T12:00:00.000Z'), NOW)).toBe(0);
	expect(leftOf(running('2026-03-01T11:00:00.000Z'), NOW)).toBe(0);
	expect(leftOf({ endsAt: null, leftMs: -5, lengthMs: 1 }, NOW)).toBe(0);
});

it('is over when it has no end that is a time', () => {
	expect(leftOf({ endsAt: null, leftMs: null, lengthMs: 300_000 }, NOW)).toBe(0);
	expect(leftOf(running('tomorrow'), NOW)).toBe(0);
});

it('shows minutes and seconds, and more than an hour in minutes', () => {
	expect(clockFace(222_000)).toBe('03:42');
	expect(clockFace(59_000)).toBe('00:59');
	expect(clockFace(75 * 60_000)).toBe('75:00');
	expect(clockFace(125 * 60_000)).toBe('125:00');
});

it('shows nothing left only when nothing is left', () => {
	expect(clockFace(1)).toBe('00:01');
	expect(clockFace(59_001)).toBe('01:00');
	expect(clockFace(0)).toBe('00:00');
	expect(clockFace(-4_000)).toBe('00:00');
});
