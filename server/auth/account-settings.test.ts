import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../database/open-test-databases.ts';
import { randomId } from '../random-id.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import { enrol, findRole } from '../rooms/member.repository.ts';
import { findRoom, insertRoom } from '../rooms/room.repository.ts';
import { saveSummary } from '../rooms/summary.repository.ts';
import { createResetLink } from './password-resets.ts';
import { SoftwareAuthenticator } from './software-authenticator.ts';
import { ANA, BEN, openWorld, refusal, VISITOR, type World } from './testing.ts';

const NEW = 'entirely new words';
const ORIGIN = 'https://board.example.org';
const { password } = ANA;

async function makeRoom({ db, now }: World, owner: string, teamId: string | null = null) {
	const id = randomId();
	const created_at = now().toISOString();
	const room = { id, template: 'blank', created_by: owner, created_at, expires_at: null };
	await insertRoom(db, { ...room, team_id: teamId });
	if (teamId === null) await enrol(db, id, owner, 'owner', now());
	return id;
}

async function makeTeam({ db, now }: World, name: string, members: [string, TeamRole][]) {
	const id = randomId();
	const at = now().toISOString();
	await db.insertInto('teams').values({ id, name, created_at: at }).execute();
	for (const [user_id, role] of members) {
		await db
			.insertInto('team_members')
			.values({ team_id: id, user_id, role, joined_at: at })
			.execute();
	}
	return id;
}

describe.each(DIALECTS)('an account on %s', { timeout: 60_000 }, (dialect) => {
	it('changes its name, by the rules for names', async () => {
		const { accounts, settings, cut, enter } = await openWorld(dialect);
		const ana = await enter(ANA);
		await settings.rename(ana, ' Anna \n Keita ');
		expect((await accounts.find(ana.sessionId))?.person.name).toBe('Anna Keita');
		expect(cut).toEqual([ana.person.id]);
		expect(await refusal(settings.rename(ana, ' '))).toBe('name-missing');
		expect(await refusal(settings.rename(ana, 'x'.repeat(61)))).toBe('name-too-long');
	});

	it('changes its e-mail address with the password, to one that nobody has', async () => {
		const { accounts, settings, enter } = await openWorld(dialect);
		const [ana, ben] = [await enter(ANA), await enter(BEN)];
		const email = ' New@Example.org ';
		expect(await refusal(settings.changeEmail(ana, { email, password: NEW }))).toBe(
			'wrong-password'
		);
		expect(await refusal(settings.changeEmail(ana, { email: 'no', password }))).toBe(
			'email-invalid'
		);
		expect(await refusal(settings.changeEmail(ana, { email: BEN.email, password }))).toBe(
			'email-taken'
		);
		await settings.changeEmail(ana, { email: ANA.email, password });
		await settings.changeEmail(ana, { email, password });
		expect((await accounts.find(ana.sessionId))?.email).toBe('new@example.org');
		expect((await accounts.find(ben.sessionId))?.email).toBe(BEN.email);
		expect(await refusal(accounts.signIn(VISITOR, ANA))).toBe('wrong-sign-in');
		await accounts.signIn(VISITOR, { email, password });
	});

	it('changes its password with the present one, ends every session and starts a new one', async () => {
		const { accounts, settings, cut, enter } = await openWorld(dialect);
		const ana = await enter(ANA);
		const other = await accounts.signIn(VISITOR, ANA);
		const change = (present: string, newPassword: string) =>
			settings.changePassword(ana, { password: present, newPassword, device: 'Safari on macOS' });
		expect(await refusal(change(NEW, NEW))).toBe('wrong-password');
		expect(await refusal(change(password, 'short'))).toBe('password-too-short');
		expect(await refusal(change(password, ANA.email))).toBe('password-common');
		expect(await accounts.find(other.id)).not.toBeNull();

		const pass = await change(password, NEW);
		for (const id of [ana.sessionId, other.id]) expect(await accounts.find(id)).toBeNull();
		const now = await accounts.find(pass.id);
		expect(now?.person).toEqual(ana.person);
		expect(await settings.sessions(now!)).toMatchObject([{ device: 'Safari on macOS' }]);
		expect(cut).toEqual([ana.person.id]);
		expect(await refusal(accounts.signIn(VISITOR, ANA))).toBe('wrong-sign-in');
	});

	it('ends one session, all of them, and never another’s', async () => {
		const { accounts, settings, cut, enter } = await openWorld(dialect);
		const [ana, ben] = [await enter(ANA), await enter(BEN)];
		const other = await accounts.signIn({ ...VISITOR, device: 'Safari on iPhone' }, ANA);
		const listed = await settings.sessions(ana);
		expect(listed.map(({ device }) => device).sort()).toEqual([
			'Firefox on Linux',
			'Safari on iPhone'
		]);
		const [bens] = await settings.sessions(ben);
		await settings.endSession(ana, bens!.handle);
		expect(await accounts.find(ben.sessionId)).not.toBeNull();
		await settings.endSession(ana, listed.find(({ device }) => /iPhone/.test(device))!.handle);
		expect(await accounts.find(other.id)).toBeNull();
		expect(await accounts.find(ana.sessionId)).not.toBeNull();
		await settings.endAllSessions(ana);
		expect(await accounts.find(ana.sessionId)).toBeNull();
		expect(await accounts.find(ben.sessionId)).not.toBeNull();
		expect(cut).not.toContain(ben.person.id);
	});

	it('is exported whole, without anything secret', async () => {
		const world = await openWorld(dialect);
		const { settings, passkeys, db, now, enter } = world;
		const [ana, ben] = [await enter(ANA), await enter(BEN)];
		const team = await makeTeam(world, 'Helsinki', [
			[ana.person.id, 'member'],
			[ben.person.id, 'owner']
		]);
		const own = await makeRoom(world, ana.person.id);
		const ofTeam = await makeRoom(world, ben.person.id, team);
		const bens = await makeRoom(world, ben.person.id);
		const device = new SoftwareAuthenticator(ORIGIN);
		const { options, pass } = await passkeys.askToAdd(ana, { password, origin: ORIGIN });
		const given = { answer: device.create(options), token: pass.token, origin: ORIGIN };
		await passkeys.add(ana, given, 'Laptop');
		const { token } = await createResetLink(db, ana.person.id, now());

		const summary = {
			seq: 1,
			changed_at: now().toISOString(),
			title: 'Helsinki, spring',
			formula: 1
		};
		const unread = { value: null, low: null, high: null, word: null };
		await saveSummary(db, { room_id: ofTeam, ...summary, ...unread });

		const exported = await settings.export(ana);
		expect(exported).toMatchObject({
			account: { email: ANA.email, name: 'Ana', hasPassword: true },
			sessions: [{ device: 'Firefox on Linux' }],
			passkeys: [{ name: 'Laptop', usedAt: null }],
			teams: [{ id: team, name: 'Helsinki', role: 'member' }]
		});
		const rooms = exported.rooms.map(({ id, title, role, team: of }) => ({
			id,
			title,
			role,
			team: of
		}));
		expect(rooms).toHaveLength(2);
		expect(rooms).toContainEqual({ id: own, title: null, role: 'owner', team: null });
		expect(rooms).toContainEqual({ id: ofTeam, title: 'Helsinki, spring', role: 'editor', team });
		const text = JSON.stringify(exported);
		for (const secret of [
			bens,
			BEN.email,
			ana.sessionId,
			ana.handle,
			device.id,
			token,
			'$argon2'
		]) {
			expect(text).not.toContain(secret);
		}
	});

	it('is erased with its own rooms; what is others’ stays', async () => {
		const world = await openWorld(dialect);
		const { db, accounts, settings, cut, now, enter } = world;
		const [ana, ben] = [await enter(ANA), await enter(BEN)];
		const team = await makeTeam(world, 'Helsinki', [
			[ana.person.id, 'owner'],
			[ben.person.id, 'owner']
		]);
		const own = await makeRoom(world, ana.person.id);
		await enrol(db, own, ben.person.id, 'editor', now());
		const shared = await makeRoom(world, ana.person.id);
		await enrol(db, shared, ben.person.id, 'owner', now());
		const ofTeam = await makeRoom(world, ana.person.id, team);
		await enrol(db, ofTeam, ana.person.id, 'owner', now());
		const bens = await makeRoom(world, ben.person.id);
		await enrol(db, bens, ana.person.id, 'facilitator', now());
		await createResetLink(db, ana.person.id, now());

		expect(await settings.planErasure(ana)).toEqual({ rooms: [own], soleOwnerOf: [] });
		expect(await refusal(settings.erase(ana, { password: NEW }))).toBe('wrong-password');
		await settings.erase(ana, { password });

		expect(await accounts.find(ana.sessionId)).toBeNull();
		expect(await refusal(accounts.signIn(VISITOR, ANA))).toBe('wrong-sign-in');
		expect(await findRoom(db, own, now())).toBeUndefined();
		for (const id of [shared, ofTeam, bens]) {
			expect(await findRoom(db, id, now())).toBeDefined();
			expect(await findRole(db, id, ana.person.id)).toBeUndefined();
		}
		for (const table of ['sessions', 'password_resets', 'team_members'] as const) {
			const rows = await db.selectFrom(table).select('user_id').execute();
			expect(rows.map(({ user_id }) => user_id)).not.toContain(ana.person.id);
		}
		expect(cut.sort()).toEqual(
			[`${own} ${ana.person.id}`, `${own} ${ben.person.id}`, ana.person.id].sort()
		);
		expect(await accounts.find(ben.sessionId)).not.toBeNull();
	});

	it('is not erased while a team would be left without an owner', async () => {
		const world = await openWorld(dialect);
		const { accounts, settings, db, enter } = world;
		const [ana, ben] = [await enter(ANA), await enter(BEN)];
		const team = await makeTeam(world, 'Helsinki', [
			[ana.person.id, 'owner'],
			[ben.person.id, 'member']
		]);
		const own = await makeRoom(world, ana.person.id);
		expect((await settings.planErasure(ana)).soleOwnerOf).toEqual([{ id: team, name: 'Helsinki' }]);
		expect(await refusal(settings.erase(ana, { password }))).toBe('sole-team-owner');
		expect(await accounts.find(ana.sessionId)).not.toBeNull();
		expect(await findRoom(db, own, new Date())).toBeDefined();
		await settings.erase(ben, { password: BEN.password });
	});

	it('is erased with where the person waited and was removed', async () => {
		const world = await openWorld(dialect);
		const { db, settings, enter } = world;
		const [ana, ben] = [await enter(ANA), await enter(BEN)];
		const room_id = await makeRoom(world, ben.person.id);
		const at = '2026-03-01T12:00:00.000Z';
		const row = { room_id, person_id: ana.person.id };
		await db
			.insertInto('waiting')
			.values({ ...row, role: 'editor', asked_at: at })
			.execute();
		await db
			.insertInto('removals')
			.values({ ...row, reason: 'removed', removed_at: at })
			.execute();
		await settings.erase(ana, { password });
		for (const table of ['waiting', 'removals', 'members'] as const) {
			const left = await db.selectFrom(table).select('person_id').execute();
			expect(left.map(({ person_id }) => person_id)).not.toContain(ana.person.id);
		}
	});

	it('is erased with a passkey used just now, and with no other answer', async () => {
		const { accounts, settings, passkeys, enter } = await openWorld(dialect);
		const ana = await enter(ANA);
		const device = new SoftwareAuthenticator(ORIGIN);
		const asked = await passkeys.askToAdd(ana, { password, origin: ORIGIN });
		const created = { answer: device.create(asked.options), token: asked.pass.token };
		await passkeys.add(ana, { ...created, origin: ORIGIN }, '');
		const confirm = async (purpose: 'sign-in' | 'confirm') => {
			const { options, pass } =
				purpose === 'confirm'
					? await passkeys.askToConfirm(ana, ORIGIN)
					: await passkeys.askToSignIn('192.0.2.1', ORIGIN);
			return { passkey: { answer: device.get(options), token: pass.token, origin: ORIGIN } };
		};
		expect(await refusal(settings.erase(ana, await confirm('sign-in')))).toBe('passkey-refused');
		expect(await accounts.find(ana.sessionId)).not.toBeNull();
		await settings.erase(ana, await confirm('confirm'));
		expect(await accounts.find(ana.sessionId)).toBeNull();
	});
});

describe('guesses at the password of somebody signed in', { timeout: 60_000 }, () => {
	it('are limited by account, whichever form they come by', async () => {
		const { settings, passkeys, enter } = await openWorld('sqlite');
		const [ana, ben] = [await enter(ANA), await enter(BEN)];
		const wrong = 'not that one';
		const ways = [
			() => settings.changeEmail(ana, { email: 'new@example.org', password: wrong }),
			() => settings.changePassword(ana, { password: wrong, newPassword: NEW, device: 'x' }),
			() => settings.erase(ana, { password: wrong }),
			() => passkeys.askToAdd(ana, { password: wrong, origin: ORIGIN })
		];
		for (let n = 0; n < 10; n++) expect(await refusal(ways[n % 4]!())).toBe('wrong-password');
		for (const way of ways) expect(await refusal(way())).toBe('too-many-attempts');
		expect(await refusal(settings.erase(ana, { password }))).toBe('too-many-attempts');
		await settings.changeEmail(ben, { email: 'new@example.org', password: BEN.password });
	});

	it('tell who has an address ten times an hour', async () => {
		const { settings, enter } = await openWorld('sqlite');
		const ana = await enter(ANA);
		await enter(BEN);
		const change = (email: string) => settings.changeEmail(ana, { email, password });
		for (let n = 0; n < 10; n++) expect(await refusal(change(BEN.email))).toBe('email-taken');
		expect(await refusal(change(BEN.email))).toBe('too-many-attempts');
	});
});
