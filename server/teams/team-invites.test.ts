import { describe, expect, it } from 'vitest';
import { DIALECTS } from '../database/open-test-databases.ts';
import { sweep } from '../rooms/sweep.ts';
import { createToken } from '../secret-token.ts';
import { callerOf, openWorld, refusal } from './testing.ts';

describe.each(DIALECTS)('invitations on %s', { timeout: 60_000 }, (dialect) => {
	it('let people in with their role, say so to members, and are kept as a hash', async () => {
		const { db, services, user, team } = await openWorld(dialect);
		const [ana, ben] = [await user('Ana'), await user('Ben')];
		const id = await team(ana, [], 'Cyber');
		const { token } = await services.teamInvites.create(ana, id, 'member');
		const { look, accept } = services.teamInvites;
		const invitation = { team: { id, name: 'Cyber' }, role: 'member', isMember: false };
		expect(await look(callerOf(null), token)).toEqual(invitation);
		expect(await look(callerOf(ben), token)).toEqual(invitation);
		expect(await refusal(accept(callerOf(null), token))).toBe('account-needed');
		expect(await accept(callerOf(ben), token)).toBe(id);
		expect(await services.teams.find(ben, id)).toMatchObject({ role: 'member' });
		expect(await look(callerOf(ben), token)).toEqual({ ...invitation, isMember: true });
		expect(await refusal(accept(callerOf(ben), token))).toBe('already-in-team');
		expect(await services.teamInvites.list(ana, id)).toMatchObject([
			{ role: 'member', by: 'Ana', uses: 1 }
		]);
		const stored = await db.selectFrom('team_invites').selectAll().execute();
		expect(JSON.stringify(stored)).not.toContain(token);
		expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
	});

	it('end after a week, say why until they are erased, and are unknown then', async () => {
		const { db, services, user, team, pass } = await openWorld(dialect);
		const ana = await user('Ana');
		const id = await team(ana);
		const { token } = await services.teamInvites.create(ana, id, 'member');
		const look = () => refusal(services.teamInvites.look(callerOf(null), token));
		pass(6.99);
		expect(await look()).toBe('nothing was refused');
		pass(0.01);
		expect(await look()).toBe('invite-expired');
		expect(await services.teamInvites.list(ana, id)).toEqual([]);
		await sweep(db, pass(89), () => {});
		expect(await look()).toBe('invite-expired');
		await sweep(db, pass(2), () => {});
		expect(await look()).toBe('no-such-invite');
	});

	it('of an owner work once, also for two at the same moment', async () => {
		const { services, user, team } = await openWorld(dialect);
		const [ana, ben, eve] = [await user('Ana'), await user('Ben'), await user('Eve')];
		const id = await team(ana);
		const { token } = await services.teamInvites.create(ana, id, 'owner');
		const results = await Promise.all(
			[ben, eve].map((person) => refusal(services.teamInvites.accept(callerOf(person), token)))
		);
		expect(results.sort()).toEqual(['invite-used', 'nothing was refused']);
		const people = await services.teamPeople.list(ana, id);
		expect(people.map(({ role }) => role)).toEqual(['owner', 'owner']);
	});

	it('are taken back, and with their maker’s right to make them', async () => {
		const { services, user, team } = await openWorld(dialect);
		const [ana, ben, eve] = [await user('Ana'), await user('Ben'), await user('Eve')];
		const id = await team(ana, [ben]);
		const { create, list, revoke, accept } = services.teamInvites;
		const first = await create(ana, id, 'member');
		const [open] = (await list(ana, id)).filter(({ uses }) => uses === 0);
		await revoke(ana, id, open!.id);
		expect(await refusal(accept(callerOf(eve), first.token))).toBe('invite-revoked');

		await services.teamPeople.changeRole(ana, id, ben.id, 'owner');
		const second = await create(ben, id, 'owner');
		await services.teamPeople.changeRole(ana, id, ben.id, 'member');
		expect(await refusal(accept(callerOf(eve), second.token))).toBe('invite-revoked');
	});

	it('made before somebody was removed do not bring them back, later ones do', async () => {
		const { services, user, team, pass } = await openWorld(dialect);
		const [ana, ben, eve] = [await user('Ana'), await user('Ben'), await user('Eve')];
		const id = await team(ana, [ben]);
		const { token } = await services.teamInvites.create(ana, id, 'member');
		await services.teamPeople.remove(ana, id, ben.id);
		expect(await refusal(services.teamInvites.accept(callerOf(ben), token))).toBe('invite-revoked');
		expect(await refusal(services.teamInvites.look(callerOf(ben), token))).toBe('invite-revoked');
		await services.teamInvites.accept(callerOf(eve), token);
		pass(0.01);
		const later = await services.teamInvites.create(ana, id, 'member');
		expect(await services.teamInvites.accept(callerOf(ben), later.token)).toBe(id);
	});
});

describe('links that are no invitation', () => {
	it.each(['', 'x', '../../etc', 'a'.repeat(44), `${'a'.repeat(42)}\n`, '\u0000', '%2e%2e'])(
		'open nothing: %j',
		async (token) => {
			const { services, user } = await openWorld();
			const ana = await user('Ana');
			expect(await refusal(services.teamInvites.look(callerOf(null), token))).toBe(
				'no-such-invite'
			);
			expect(await refusal(services.teamInvites.accept(callerOf(ana), token))).toBe(
				'no-such-invite'
			);
		}
	);

	it('are limited for an address; good ones do not count', async () => {
		const { services, user, team } = await openWorld();
		const ana = await user('Ana');
		const id = await team(ana);
		const { token } = await services.teamInvites.create(ana, id, 'member');
		const { look } = services.teamInvites;
		for (let i = 0; i < 100; i++) await look(callerOf(null), token);
		for (let i = 0; i < 60; i++) {
			expect(await refusal(look(callerOf(null), createToken()))).toBe('no-such-invite');
		}
		expect(await refusal(look(callerOf(null), createToken()))).toBe('too-many-attempts');
		const elsewhere = { person: null, address: '198.51.100.7' };
		expect(await look(elsewhere, token)).toMatchObject({ team: { id } });
	});

	it('are at most 50 open ones of a team', async () => {
		const { services, user, team } = await openWorld();
		const ana = await user('Ana');
		const id = await team(ana);
		for (let i = 0; i < 50; i++) await services.teamInvites.create(ana, id, 'member');
		expect(await refusal(services.teamInvites.create(ana, id, 'member'))).toBe('too-many-invites');
	});
});
