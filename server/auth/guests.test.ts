import { describe, expect, it } from 'vitest';
import { DIALECTS, openTestDatabase } from '../database/open-test-databases.ts';
import { eraseExpiredGuests } from './guest.repository.ts';
import { admit, findPerson, GUEST_DAYS } from './guests.ts';
import { createToken, hashToken } from '../secret-token.ts';

const AT = new Date('2026-03-01T12:00:00Z');
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000);

describe('a guest token', () => {
	it('has 256 random bits and is never made twice', () => {
		const tokens = new Set(Array.from({ length: 1000 }, createToken));
		expect(tokens.size).toBe(1000);
		for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32);
	});

	it.each([undefined, '', 'short', 'x'.repeat(44), `${'x'.repeat(42)}\0`, "' or 1=1 --"])(
		'is not %j',
		(token) => {
			expect(hashToken(token)).toBeNull();
		}
	);
});

describe.each(DIALECTS)('guests on %s', { timeout: 60_000 }, (dialect) => {
	it('are known by their token until it expires, and then erased', async () => {
		const db = await openTestDatabase(dialect);
		const { person, pass } = await admit(db, null, ' Ann ', AT);
		const token = pass?.token;
		expect(person).toMatchObject({ name: 'Ann' });
		expect(pass?.expires).toEqual(later(GUEST_DAYS));

		expect(await findPerson(db, token, later(GUEST_DAYS - 1))).toEqual(person);
		expect(await findPerson(db, token, later(GUEST_DAYS))).toBeNull();
		expect(await findPerson(db, createToken(), AT)).toBeNull();
		expect(await findPerson(db, undefined, AT)).toBeNull();

		const rows = await db.selectFrom('guests').selectAll().execute();
		expect(JSON.stringify(rows)).not.toContain(token);

		expect(await eraseExpiredGuests(db, later(GUEST_DAYS - 1))).toBe(0);
		expect(await eraseExpiredGuests(db, later(GUEST_DAYS))).toBe(1);
		expect(await db.selectFrom('guests').selectAll().execute()).toEqual([]);
	});
});

describe('guests', () => {
	it('stay who they are when they come again, under the name they give then', async () => {
		const db = await openTestDatabase();
		const { person, pass } = await admit(db, null, 'Ann', AT);
		expect(await admit(db, person, undefined, AT)).toEqual({ person, pass: null });

		const renamed = await admit(db, person, 'Anna', AT);
		expect(renamed).toEqual({ person: { ...person, name: 'Anna' }, pass: null });
		expect(await findPerson(db, pass?.token, AT)).toEqual(renamed.person);
		await expect(admit(db, person, ' ', AT)).rejects.toThrow('name-missing');
		await expect(admit(db, null, undefined, AT)).rejects.toThrow('name-missing');
	});
});
