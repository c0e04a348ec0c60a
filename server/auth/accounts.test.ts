import { describe, expect, it } from 'vitest';
import { DIALECTS, openTestDatabase } from '../database/open-test-databases.ts';
import { enrol, findRole } from '../rooms/member.repository.ts';
import { findRoom, insertRoom } from '../rooms/room.repository.ts';
import { randomId } from '../random-id.ts';
import { createAccounts, type Accounts, type Visitor } from './accounts.ts';
import { admit } from './guests.ts';

const ANA = { email: 'ana@example.org', name: 'Ana', password: 'four plain words here' };
const visitor: Visitor = { guest: null, address: '192.0.2.1', device: 'Firefox on Linux' };
const from = (address: string): Visitor => ({ ...visitor, address });

/** The code of a refusal, or what was thrown. */
async function refusal(work: Promise<unknown>): Promise<unknown> {
	return work.then(
		() => 'nothing was refused',
		(error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)
	);
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
	const start = performance.now();
	await work();
	return performance.now() - start;
}

describe.each(DIALECTS)('accounts on %s', { timeout: 60_000 }, (dialect) => {
	async function open(limits: { signUpsPerHour?: number } = {}) {
		const db = await openTestDatabase(dialect);
		return { db, accounts: createAccounts({ db, cutOff: { fromEverything() {} }, ...limits }) };
	}

	it('are made, and entered again with the password', async () => {
		const { accounts } = await open();
		const first = await accounts.signUp(visitor, { ...ANA, email: '  Ana@Example.ORG ' });
		const second = await accounts.signIn(visitor, {
			email: 'ANA@example.org',
			password: ANA.password
		});
		expect(second.id).not.toBe(first.id);
		for (const { id } of [first, second]) {
			expect(await accounts.find(id)).toMatchObject({
				person: { name: 'Ana', isUser: true },
				email: 'ana@example.org'
			});
		}
	});

	it('keep no session id and no password in the database', async () => {
		const { db, accounts } = await open();
		const { id } = await accounts.signUp(visitor, ANA);
		const stored = JSON.stringify([
			await db.selectFrom('users').selectAll().execute(),
			await db.selectFrom('sessions').selectAll().execute()
		]);
		expect(stored).not.toContain(id);
		expect(stored).not.toContain(ANA.password);
		expect(stored).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
	});

	it('end a session at sign-out, and no other', async () => {
		const { accounts } = await open();
		const first = await accounts.signUp(visitor, ANA);
		const second = await accounts.signIn(visitor, ANA);
		await accounts.signOut(first.id);
		expect(await accounts.find(first.id)).toBeNull();
		expect(await accounts.find(second.id)).not.toBeNull();
	});

	it.each([undefined, '', 'x', 'a'.repeat(40), '\u0000'.repeat(40), `${'a'.repeat(40)}\n`])(
		'know nobody by %j',
		async (id) => {
			const { accounts } = await open();
			expect(await accounts.find(id)).toBeNull();
			await accounts.signOut(id);
		}
	);

	it('refuse what cannot be an account, and one that is there', async () => {
		const { accounts } = await open();
		const tries = async (change: Partial<typeof ANA>) =>
			refusal(accounts.signUp(visitor, { ...ANA, ...change }));
		for (const email of [
			'',
			'ana',
			'ana@',
			'@example.org',
			'a b@example.org',
			`${'a'.repeat(250)}@x.org`
		]) {
			expect(await tries({ email })).toBe('email-invalid');
		}
		expect(await tries({ name: '  ' })).toBe('name-missing');
		expect(await tries({ password: 'nine char' })).toBe('password-too-short');
		expect(await tries({ password: 'x'.repeat(257) })).toBe('password-too-long');
		expect(await tries({ password: 'ababababab' })).toBe('password-common');
		await accounts.signUp(visitor, ANA);
		expect(await tries({ email: 'ANA@EXAMPLE.ORG' })).toBe('email-taken');
	});

	it('are made so many an hour from one network address', async () => {
		const { accounts } = await open({ signUpsPerHour: 2 });
		const tries = (n: number, address = '192.0.2.1') =>
			refusal(accounts.signUp(from(address), { ...ANA, email: `a${n}@example.org` }));
		await accounts.signUp(visitor, ANA);
		// Asking whether an address is taken counts, what could never be an account does not.
		expect(await refusal(accounts.signUp(visitor, { ...ANA, name: '' }))).toBe('name-missing');
		expect(await refusal(accounts.signUp(visitor, ANA))).toBe('email-taken');
		expect(await tries(3)).toBe('too-many-attempts');
		expect(await tries(3, '192.0.2.2')).toBe('nothing was refused');
	});

	it('tell a wrong password and an unknown address in the same words and time', async () => {
		const { accounts } = await open();
		await accounts.signUp(visitor, ANA);
		const wrong = () =>
			refusal(accounts.signIn(visitor, { email: ANA.email, password: 'not that one' }));
		const unknown = (n: number) =>
			refusal(accounts.signIn(visitor, { email: `b${n}@example.org`, password: 'not that one' }));
		expect(await wrong()).toBe('wrong-sign-in');
		expect(await unknown(0)).toBe('wrong-sign-in');

		const times = { wrong: [] as number[], unknown: [] as number[] };
		for (let n = 1; n < 9; n++) {
			times.wrong.push(await timeOf(wrong));
			times.unknown.push(await timeOf(() => unknown(n)));
		}
		const [ofWrong, ofUnknown] = [Math.min(...times.wrong), Math.min(...times.unknown)];
		// Hashing takes 20 ms, a look-up less than one: without it the ratio is above 10.
		expect(ofUnknown / ofWrong).toBeGreaterThan(0.5);
		expect(ofUnknown / ofWrong).toBeLessThan(2);
	});

	describe('limit', () => {
		const guess = (accounts: Accounts, address: string, email = ANA.email) =>
			refusal(accounts.signIn(from(address), { email, password: 'not that one' }));

		it('guesses at one account from one address, and let others go on', async () => {
			const { accounts } = await open();
			await accounts.signUp(visitor, ANA);
			for (let n = 0; n < 10; n++) expect(await guess(accounts, '192.0.2.9')).toBe('wrong-sign-in');
			expect(await guess(accounts, '192.0.2.9')).toBe('too-many-attempts');
			expect(await refusal(accounts.signIn(from('192.0.2.9'), ANA))).toBe('too-many-attempts');
			await accounts.signIn(from('192.0.2.10'), ANA);
		});

		it('guesses at one account from everywhere', async () => {
			const { accounts } = await open();
			for (let n = 0; n < 100; n++) {
				expect(await guess(accounts, `198.51.100.${n}`)).toBe('wrong-sign-in');
			}
			expect(await guess(accounts, '198.51.100.200')).toBe('too-many-attempts');
		});

		it('guesses from one address at all accounts', async () => {
			const { accounts } = await open();
			for (let n = 0; n < 60; n++) {
				expect(await guess(accounts, '192.0.2.9', `p${n}@example.org`)).toBe('wrong-sign-in');
			}
			expect(await guess(accounts, '192.0.2.9', 'p99@example.org')).toBe('too-many-attempts');
		});
	});

	it('give a guest who signs up the rooms that they opened, for good', async () => {
		const { db, accounts } = await open();
		const at = new Date('2026-03-01T12:00:00Z');
		const { person: guest } = await admit(db, null, 'Ana', at);
		const [own, other] = [randomId(), randomId()];
		for (const [id, created_by] of [
			[own, guest.id],
			[other, 'somebody']
		] as const) {
			await insertRoom(db, {
				id,
				template: 'blank',
				created_by,
				created_at: at.toISOString(),
				expires_at: '2026-03-31T12:00:00.000Z'
			});
		}
		await enrol(db, own, guest.id, 'facilitator', at);
		await enrol(db, other, guest.id, 'editor', at);

		const { id } = await accounts.signUp({ ...visitor, guest }, ANA);
		const user = (await accounts.find(id))!.person;
		expect(await findRole(db, own, user.id)).toBe('owner');
		expect(await findRole(db, other, user.id)).toBe('editor');
		expect(await findRole(db, own, guest.id)).toBeUndefined();
		expect(await findRoom(db, own, at)).toMatchObject({ expires_at: null, created_by: user.id });
		expect(await findRoom(db, other, at)).toMatchObject({ created_by: 'somebody' });
		expect((await findRoom(db, other, at))!.expires_at).not.toBeNull();
		expect(await db.selectFrom('guests').selectAll().execute()).toEqual([]);
	});
});
