/** What people do to their accounts, and what is done to people and doors of a room; a team's is beside it. */
import { expect, it } from 'vitest';
import type { Account } from '../auth/accounts.ts';
import { createResetLink } from '../auth/password-resets.ts';
import { SoftwareAuthenticator } from '../auth/software-authenticator.ts';
import type { Database } from '../database/database.ts';
import { DIALECTS } from '../database/open-test-databases.ts';
import { openTestWorld } from '../rooms/open-test-room.ts';

const ORIGIN = 'https://board.example.org';
const visitor = { guest: null, address: '192.0.2.1', device: 'Firefox on Linux' };
const password = 'four plain words here';

async function trail(db: Database): Promise<string[]> {
	const rows = await db.selectFrom('audit').selectAll().orderBy('seq').execute();
	return rows.map(({ kind, actor_name, actor_id, subject_name, was, role }) =>
		[kind, actor_name ?? `(${actor_id.slice(0, 8)})`, subject_name, was, role]
			.filter((each) => each !== null)
			.join(' ')
	);
}

it.each(DIALECTS)(
	'on %s, each thing that is done to an account leaves one entry, with nothing secret in it',
	{ timeout: 60_000 },
	async (dialect) => {
		const { db, services, now } = await openTestWorld(dialect);
		const { accounts, settings, passkeys, recovery } = services;
		const email = 'ana@example.org';
		const enter = async (session: { id: string }): Promise<Account> => {
			const account = await accounts.find(session.id);
			if (account === null) throw new Error('nobody is signed in');
			return account;
		};
		let ana = await enter(await accounts.signUp(visitor, { email, name: 'Ana', password }));
		const second = await accounts.signIn(visitor, { email, password });
		await settings.endSession(ana, (await enter(second)).handle);
		await settings.changeEmail(ana, { email: 'keita@example.org', password });
		const device = new SoftwareAuthenticator(ORIGIN);
		const { options, pass } = await passkeys.askToAdd(ana, { password, origin: ORIGIN });
		const made = { answer: device.create(options), token: pass.token, origin: ORIGIN };
		await passkeys.add(ana, made, 'Laptop');
		const [passkey] = await passkeys.list(ana);
		await passkeys.remove(ana, passkey!.id);
		await settings.export(ana);
		const newPassword = 'entirely new words';
		ana = await enter(
			await settings.changePassword(ana, { password, newPassword, device: visitor.device })
		);
		const { token } = await createResetLink(db, ana.person.id, now);
		ana = await enter(await recovery.reset(visitor, token, password));
		await settings.rename(ana, 'Ana Keita');
		await settings.endAllSessions({ ...ana, person: { ...ana.person, name: 'Ana Keita' } });
		const told = await trail(db);
		expect(told).toEqual([
			'account.created Ana Ana',
			'sign-in.done Ana Ana',
			'sign-in.done Ana Ana',
			'sign-in.ended Ana Ana',
			'account.email-changed Ana Ana',
			'account.passkey-added Ana Ana',
			'account.passkey-removed Ana Ana',
			'export.account Ana Ana',
			'account.password-changed Ana Ana',
			'account.password-reset Ana Ana',
			'sign-in.done Ana Ana',
			'account.renamed Ana Keita Ana Keita',
			'sign-in.ended-everywhere Ana Keita Ana Keita'
		]);
		const stored = JSON.stringify(await db.selectFrom('audit').selectAll().execute());
		for (const secret of [email, 'keita@', password, newPassword, token]) {
			expect(stored).not.toContain(secret);
		}

		const last = await enter(
			await accounts.signIn(visitor, { email: 'keita@example.org', password })
		);
		await settings.erase(last, { password });
		expect((await trail(db)).at(-1)).toMatch(/^account\.erased \(/);
		expect(JSON.stringify(await db.selectFrom('audit').selectAll().execute())).not.toContain('Ana');
	}
);

it.each(DIALECTS)(
	'on %s, each thing that is done to people and doors of a room leaves one entry, with no code in it',
	{ timeout: 60_000 },
	async (dialect) => {
		const world = await openTestWorld(dialect);
		const { db, services } = world;
		const { doors, people } = services;
		const owner = await world.user('Olu');
		const { id, code } = await world.room(owner);
		const ben = await world.guest('Ben', code);
		await people.setRole(owner, id, ben.id, 'viewer');
		await people.rename(owner, id, ben.id, 'Benno');
		await people.remove(owner, id, ben.id);
		await people.forgive(owner, id, ben.id);
		const input = { role: 'editor', ends: 'same', midnight: '', peopleMax: '' };
		await doors.open(owner, id, { ...input, lobby: true });
		const [cem, dia] = [await world.guest('Cem', code), await world.guest('Dia', code)];
		await people.admit(owner, id, cem.id);
		await people.turnAway(owner, id, dia.id);
		await doors.renew(owner, id, { role: 'editor' });
		await doors.close(owner, id, { role: 'editor', sendOut: true });
		const told = await trail(db);
		expect(told).toEqual([
			'room.created Olu',
			'door.opened Olu editor',
			'person.joined Ben editor',
			'person.role-changed Olu Ben editor viewer',
			'person.renamed Olu Benno',
			'person.removed Olu Benno',
			'person.forgiven Olu Ben',
			'door.changed Olu editor',
			'person.admitted Olu Cem editor',
			'person.turned-away Olu Dia',
			'door.renewed Olu editor',
			'door.closed Olu editor',
			'person.sent-out Olu editor'
		]);
		expect(JSON.stringify(await db.selectFrom('audit').selectAll().execute())).not.toContain(code);
	}
);
