import { describe, expect, it } from 'vitest';
import { checkPassword, hashPassword, readPassword } from './passwords.ts';

describe('a password', () => {
	it('is right alone', async () => {
		const stored = await hashPassword('four plain words');
		expect(await checkPassword(stored, 'four plain words')).toBe(true);
		expect(await checkPassword(stored, 'four plain word')).toBe(false);
		expect(await checkPassword(null, 'four plain words')).toBe(false);
	});

	it('is the same however its characters were composed', async () => {
		const stored = await hashPassword(readPassword('Zürich am Abend'));
		expect(await checkPassword(stored, 'Zu\u0308rich am Abend')).toBe(true);
	});

	it('of the greatest length is whole, and what is longer is wrong', async () => {
		const longest = readPassword('🐢a b c d'.repeat(40).slice(0, 256));
		const stored = await hashPassword(longest);
		expect(await checkPassword(stored, longest)).toBe(true);
		expect(await checkPassword(stored, `${longest}x`)).toBe(false);
		expect(await checkPassword(stored, longest.repeat(1_000))).toBe(false);
	});

	it('is hashed two at a time, and a crowd is asked to come back', async () => {
		const tries = Array.from({ length: 60 }, () => hashPassword('four plain words'));
		const settled = await Promise.allSettled(tries);
		const refused = settled.filter(({ status }) => status === 'rejected');
		expect(refused).toHaveLength(60 - 2 - 40);
		expect(refused[0]).toMatchObject({ reason: { code: 'too-many-attempts' } });
		await hashPassword('four plain words');
	});
});
