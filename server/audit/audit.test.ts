import { describe, expect, it } from 'vitest';
import { createAccounts, type Visitor } from '../auth/accounts.ts';
import { admit } from '../auth/guests.ts';
import { DIALECTS, openTestDatabase, type Dialect } from '../database/open-test-databases.ts';
import type { Database } from '../database/database.ts';
import { createLog } from '../log.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import { randomId } from '../random-id.ts';
import { enrol } from '../rooms/member.repository.ts';
import { insertRoom } from '../rooms/room.repository.ts';
import { sweep } from '../rooms/sweep.ts';
import type { Person } from '../services.ts';
import { createAudit, ENTRIES_A_PAGE, type AuditEntry } from './audit.ts';
import { eraseNamesOfGone, record, recordOfAccount } from './audit.repository.ts';
import { FailedSignIns } from './failed-sign-ins.ts';

const AT = new Date('2026-03-01T12:00:00Z');
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000);
const visitor: Visitor = { guest: null, address: '192.0.2.1', device: 'Firefox on Linux' };
const NOBODY_LIVE = { fromEverything: () => undefined };
const ALL = { group: null, page: null };

async function code(work: Promise<unknown>): Promise<unknown> {
	return work.then(
		() => 'nothing was refused',
		(error: unknown) => (error instanceof Error && 'code' in error ? error.code : error)
	);
}

async function open(dialect: Dialect) {
	const db = await openTestDatabase(dialect);
	const accounts = createAccounts({ db, cutOff: NOBODY_LIVE, now: () => AT });
	const signUp = async (name: string): Promise<Person> => {
		const email = `${name.toLowerCase()}@example.org`;
		const input = { email, name, password: 'four plain words here' };
		return (await accounts.find((await accounts.signUp(visitor, input)).id))!.person;
	};
	return { db, accounts, signUp, audit: createAudit(db, () => AT) };
}

async function addTeam(db: Database, members: [Person, TeamRole][], joined = AT): Promise<string> {
	const id = randomId();
	const at = joined.toISOString();
	await db.insertInto('teams').values({ id, name: 'Ours', created_at: at }).execute();
	for (const [{ id: user_id }, role] of members) {
		await db
			.insertInto('team_members')
			.values({ team_id: id, user_id, role, joined_at: at })
			.execute();
	}
	return id;
}

async function addRoom(db: Database, owner: Person, teamId: string | null = null): Promise<string> {
	const id = randomId();
	await insertRoom(db, {
		id,
		template: 'blank',
		created_by: owner.id,
		created_at: AT.toISOString(),
		expires_at: null,
		team_id: teamId
	});
	await enrol(db, id, owner.id, 'owner', AT);
	return id;
}

const kinds = ({ entries }: { entries: AuditEntry[] }) => entries.map(({ kind }) => kind);

describe.each(DIALECTS)('the audit trail on %s', { timeout: 60_000 }, (dialect) => {
	it('of a room is read by its owner and nobody else', async () => {
		const { db, signUp, audit } = await open(dialect);
		const [ana, ben, eve] = [await signUp('Ana'), await signUp('Ben'), await signUp('Eve')];
		const room = await addRoom(db, ana);
		await enrol(db, room, ben.id, 'facilitator', AT);
		const other = await addRoom(db, eve);
		for (const roomId of [room, other]) {
			await record(db, { kind: 'person.joined', at: AT, by: ben, roomId, role: 'facilitator' });
		}

		expect(await audit.read(ana, { roomId: room }, ALL)).toEqual({
			entries: [
				{
					at: AT.toISOString(),
					kind: 'person.joined',
					by: { id: ben.id, name: 'Ben' },
					to: null,
					roomId: room,
					role: 'facilitator',
					was: null,
					count: 1
				}
			],
			group: null,
			page: 1,
			pages: 1,
			total: 1
		});
		for (const [person, why] of [
			[ben, 'not-allowed'],
			[eve, 'not-allowed'],
			[null, 'not-signed-in']
		] as const) {
			expect(await code(audit.read(person, { roomId: room }, ALL))).toBe(why);
			expect(await code(audit.take(person, { roomId: room }))).toBe(why);
		}
		expect(await code(audit.read(ana, { roomId: randomId() }, ALL))).toBe('no-such-room');
	});

	it('of a team has its rooms, and its members’ sign-ins since they came; no other team’s', async () => {
		const { db, signUp, audit } = await open(dialect);
		const [ana, ben, eve] = [await signUp('Ana'), await signUp('Ben'), await signUp('Eve')];
		const joined = later(1);
		const team = await addTeam(db, [[ana, 'owner'], [ben, 'member']], joined); // prettier-ignore
		const others = await addTeam(db, [[eve, 'owner'], [ana, 'member']], later(5)); // prettier-ignore
		const room = await addRoom(db, ana, team);
		await recordOfAccount(db, 'sign-in.done', ben, AT);
		await recordOfAccount(db, 'sign-in.done', ben, later(2));
		await recordOfAccount(db, 'sign-in.ended', ben, later(2));
		await recordOfAccount(db, 'sign-in.done', eve, later(2));
		await recordOfAccount(db, 'account.reset-link', ben, later(3), 'operator');
		await record(db, { kind: 'room.created', at: later(4), by: ana, roomId: room });
		await record(db, { kind: 'team.renamed', at: later(4), by: eve, teamId: others });

		const read = await audit.read(ana, { teamId: team }, ALL);
		expect(kinds(read)).toEqual(['room.created', 'account.reset-link', 'sign-in.done']);
		expect(read.entries[1]).toMatchObject({ by: 'operator', to: { id: ben.id, name: 'Ben' } });
		expect(kinds(await audit.read(eve, { teamId: others }, ALL))).toEqual(['team.renamed']);
		for (const person of [ben, eve]) {
			expect(await code(audit.read(person, { teamId: team }, ALL))).toBe('not-allowed');
		}
		expect(await code(audit.read(ana, { teamId: others }, ALL))).toBe('not-allowed');
		expect(await code(audit.read(null, { teamId: team }, ALL))).toBe('not-signed-in');
	});

	it('comes in pages, the newest first, and of one kind when asked', async () => {
		const { db, signUp, audit } = await open(dialect);
		const ana = await signUp('Ana');
		const room = await addRoom(db, ana);
		for (let n = 0; n < ENTRIES_A_PAGE + 3; n++) {
			const kind = n % 10 === 0 ? 'door.opened' : 'person.joined';
			await record(db, { kind, at: later(n), by: ana, roomId: room });
		}
		const read = (asked: Partial<{ group: string; page: string }>) =>
			audit.read(ana, { roomId: room }, { ...ALL, ...asked });
		const first = await read({});
		expect(first).toMatchObject({ page: 1, pages: 2, total: ENTRIES_A_PAGE + 3 });
		expect(first.entries[0]?.at).toBe(later(ENTRIES_A_PAGE + 2).toISOString());
		expect((await read({ page: '2' })).entries.map(({ at }) => at)).toEqual(
			[2, 1, 0].map((n) => later(n).toISOString())
		);
		expect(kinds(await read({ group: 'door' }))).toEqual(Array(6).fill('door.opened'));
		for (const page of ['0', '-1', '1.5', 'x', '1e3', '']) {
			expect((await read({ page })).page).toBe(1);
		}
		expect(await read({ page: '999999' })).toMatchObject({ page: 2 });
		expect(await read({ group: 'nonsense' })).toMatchObject({ group: null, page: 1 });
	});

	it('is taken along as a whole, and tells that it was', async () => {
		const { db, signUp, audit } = await open(dialect);
		const ana = await signUp('Ana');
		const room = await addRoom(db, ana);
		for (let n = 0; n < ENTRIES_A_PAGE + 3; n++) {
			await record(db, { kind: 'person.joined', at: AT, by: ana, roomId: room });
		}
		const file = await audit.take(ana, { roomId: room });
		expect(file.entries).toHaveLength(ENTRIES_A_PAGE + 4);
		expect(file.isCut).toBe(false);
		expect(file.entries[0]?.kind).toBe('export.audit');
	});

	it('counts wrong passwords by account and hour, and those of no account not at all', async () => {
		const { db, signUp } = await open(dialect);
		const ana = await signUp('Ana');
		let time = AT;
		const failed = new FailedSignIns(db, createLog('silent'), () => time);
		const accounts = createAccounts({
			db,
			cutOff: NOBODY_LIVE,
			now: () => AT,
			noteFailure: (user) => failed.note(user)
		});
		const guess = (n: number, email: string) =>
			code(
				accounts.signIn(
					{ ...visitor, address: `192.0.2.${n}` },
					{ email, password: 'not that one' }
				)
			);
		for (let n = 0; n < 3; n++) expect(await guess(n, 'ana@example.org')).toBe('wrong-sign-in');
		expect(await guess(4, 'nobody@example.org')).toBe('wrong-sign-in');
		await failed.flush();
		await guess(5, 'ana@example.org');
		await failed.flush();
		time = new Date(AT.getTime() + 3_600_000);
		await guess(6, 'ana@example.org');
		await failed.flush();
		await failed.flush();

		const rows = await db
			.selectFrom('audit')
			.select(['at', 'subject_id', 'actor_id', 'count'])
			.where('kind', '=', 'sign-in.failed')
			.orderBy('seq')
			.execute();
		expect(rows).toEqual([
			{ at: AT.toISOString(), subject_id: ana.id, actor_id: 'server', count: 4 },
			{ at: time.toISOString(), subject_id: ana.id, actor_id: 'server', count: 1 }
		]);
	});

	it('tells of signing up, in and out, with no address and no password', async () => {
		const { db, accounts, signUp } = await open(dialect);
		const ana = await signUp('Ana');
		const { id } = await accounts.signIn(visitor, {
			email: 'ana@example.org',
			password: 'four plain words here'
		});
		await accounts.signOut(id);
		await accounts.signOut(id);
		const rows = await db.selectFrom('audit').selectAll().orderBy('seq').execute();
		expect(rows.map(({ kind }) => kind)).toEqual([
			'account.created',
			'sign-in.done',
			'sign-in.done',
			'sign-in.ended'
		]);
		expect(rows.every(({ subject_id }) => subject_id === ana.id)).toBe(true);
		const stored = JSON.stringify(rows);
		for (const secret of ['example.org', 'four plain', '192.0.2.1', 'Firefox', id]) {
			expect(stored).not.toContain(secret);
		}
	});

	it('loses the names of people who are erased, and follows a guest who signs up', async () => {
		const { db, accounts, signUp, audit } = await open(dialect);
		const ana = await signUp('Ana');
		const room = await addRoom(db, ana);
		const { person: bob } = await admit(db, null, 'Bob', AT);
		const { person: cyd } = await admit(db, null, 'Cyd', AT);
		for (const by of [bob, cyd]) {
			await record(db, { kind: 'person.joined', at: AT, by, roomId: room });
			await record(db, { kind: 'person.role-changed', at: AT, by: ana, to: by, roomId: room });
		}
		await accounts.signUp(
			{ ...visitor, guest: bob },
			{ email: 'bob@example.org', name: 'Bob', password: 'four plain words here' }
		);
		await db.deleteFrom('guests').where('id', '=', cyd.id).execute();
		await eraseNamesOfGone(db);

		const { entries } = await audit.read(ana, { roomId: room }, ALL);
		const bobsId = (
			await db.selectFrom('users').select('id').where('name', '=', 'Bob').execute()
		)[0]?.id;
		expect(entries.map(({ by, to }) => [by, to])).toEqual([
			[
				{ id: ana.id, name: 'Ana' },
				{ id: cyd.id, name: null }
			],
			[{ id: cyd.id, name: null }, null],
			[
				{ id: ana.id, name: 'Ana' },
				{ id: bobsId, name: 'Bob' }
			],
			[{ id: bobsId, name: 'Bob' }, null]
		]);
		expect(JSON.stringify(await db.selectFrom('audit').selectAll().execute())).not.toContain('Cyd');
	});

	it('is swept: what is older than it is kept goes, and names of guests who have expired', async () => {
		const { db, signUp, audit } = await open(dialect);
		const ana = await signUp('Ana');
		const room = await addRoom(db, ana);
		const { person: bob } = await admit(db, null, 'Bob', AT);
		await record(db, { kind: 'person.joined', at: AT, by: bob, roomId: room });
		await record(db, { kind: 'door.closed', at: later(1), by: ana, roomId: room });
		await sweep(db, later(100), () => {}, { auditDays: 100 });
		const { entries } = await audit.read(ana, { roomId: room }, ALL);
		expect(entries).toMatchObject([
			{ kind: 'door.closed', by: { name: 'Ana' } },
			{ kind: 'person.joined', by: { id: bob.id, name: null } }
		]);
		await sweep(db, later(101), () => {}, { auditDays: 100 });
		expect(kinds(await audit.read(ana, { roomId: room }, ALL))).toEqual(['door.closed']);
	});
});
