import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../database/open-test-databases.ts';
import { createToken } from '../secret-token.ts';
import { createResetLink, eraseOldResetLinks, findResetLink } from './password-resets.ts';
import { ANA, BEN, openWorld, refusal, VISITOR } from './testing.ts';

const NEW = 'entirely new words';

describe.each(DIALECTS)('a link to set a new password on %s', { timeout: 60_000 }, (dialect) => {
	it('sets it, signs in anew, and ends every session there was', async () => {
		const { db, accounts, recovery, cut, now, enter } = await openWorld(dialect);
		const ana = await enter(ANA);
		const other = await accounts.signIn(VISITOR, ANA);
		const { token, path, expires } = await createResetLink(db, ana.person.id, now());
		expect(path).toBe(`/reset/${token}`);
		expect(expires.getTime() - now().getTime()).toBeGreaterThan(59 * 60_000);
		expect(await recovery.look(token)).toEqual({ email: ANA.email });

		const pass = await recovery.reset(VISITOR, token, NEW);
		expect((await accounts.find(pass.id))?.person).toEqual(ana.person);
		expect(await accounts.find(ana.sessionId)).toBeNull();
		expect(await accounts.find(other.id)).toBeNull();
		expect(cut).toEqual([ana.person.id]);
		expect(await refusal(accounts.signIn(VISITOR, ANA))).toBe('wrong-sign-in');
		await accounts.signIn(VISITOR, { ...ANA, password: NEW });
	});

	it('is not to be found in the database', async () => {
		const { db, now, enter } = await openWorld(dialect);
		const ana = await enter(ANA);
		const { token } = await createResetLink(db, ana.person.id, now());
		const stored = await db.selectFrom('password_resets').selectAll().execute();
		expect(JSON.stringify(stored)).not.toContain(token);
	});

	it('works once, however many use it at the same time', async () => {
		const { db, accounts, recovery, now, enter } = await openWorld(dialect);
		const ana = await enter(ANA);
		const { token } = await createResetLink(db, ana.person.id, now());
		const tries = ['one', 'two', 'three', 'four'].map((word) =>
			recovery.reset(VISITOR, token, `${NEW} ${word}`)
		);
		const settled = await Promise.allSettled(tries);
		expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		for (const each of settled) {
			if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'reset-used' });
		}
		expect(await refusal(recovery.look(token))).toBe('reset-used');
		expect(await refusal(recovery.reset(VISITOR, token, NEW))).toBe('reset-used');
		expect(await refusal(accounts.signIn(VISITOR, ANA))).toBe('wrong-sign-in');
	});

	it('works for an hour', async () => {
		const { db, accounts, recovery, now, pass, enter } = await openWorld(dialect);
		const ana = await enter(ANA);
		const { token } = await createResetLink(db, ana.person.id, now());
		pass(59);
		await recovery.look(token);
		pass(2);
		expect(await refusal(recovery.look(token))).toBe('reset-expired');
		expect(await refusal(recovery.reset(VISITOR, token, NEW))).toBe('reset-expired');
		await accounts.signIn(VISITOR, ANA);
	});

	it('is ended by a newer one, a new password and a new address, and nobody else’s is', async () => {
		const { db, recovery, settings, now, enter } = await openWorld(dialect);
		const [ana, ben] = [await enter(ANA), await enter(BEN)];
		const make = (who: typeof ana) => createResetLink(db, who.person.id, now());
		const [bens, first] = [await make(ben), await make(ana)];
		const second = await make(ana);
		expect(await refusal(recovery.look(first.token))).toBe('reset-unknown');
		await recovery.look(second.token);

		const { password } = ANA;
		await settings.changePassword(ana, { password, newPassword: NEW, device: 'x' });
		expect(await refusal(recovery.look(second.token))).toBe('reset-unknown');

		const third = await make(ana);
		await settings.changeEmail(ana, { email: 'new@example.org', password: NEW });
		expect(await refusal(recovery.look(third.token))).toBe('reset-unknown');
		await recovery.look(bens.token);
	});

	it('takes no password that would not do, and stays open', async () => {
		const { db, recovery, now, enter } = await openWorld(dialect);
		const ana = await enter(ANA);
		const { token } = await createResetLink(db, ana.person.id, now());
		expect(await refusal(recovery.reset(VISITOR, token, 'short'))).toBe('password-too-short');
		expect(await refusal(recovery.reset(VISITOR, token, 'ana@example.org'))).toBe(
			'password-common'
		);
		await recovery.reset(VISITOR, token, NEW);
	});

	it('of any other text is unknown', async () => {
		const { db, recovery, now } = await openWorld(dialect);
		for (const token of ['', 'x', '../..', '\0', createToken(), 'é'.repeat(43), 'a'.repeat(9999)]) {
			expect(await refusal(recovery.look(token))).toBe('reset-unknown');
			expect(await refusal(recovery.reset(VISITOR, token, NEW))).toBe('reset-unknown');
			expect(await findResetLink(db, token, now())).toEqual({ state: 'unknown', userId: null });
		}
	});

	it('is erased a day after it has ended', async () => {
		const { db, now, pass, enter } = await openWorld(dialect);
		const { person } = await enter(ANA);
		const { token } = await createResetLink(db, person.id, now());
		pass(24 * 60);
		await eraseOldResetLinks(db, now());
		expect((await findResetLink(db, token, now())).state).toBe('expired');
		pass(61);
		await eraseOldResetLinks(db, now());
		expect(await db.selectFrom('password_resets').selectAll().execute()).toEqual([]);
	});
});
