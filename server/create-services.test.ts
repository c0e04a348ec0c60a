import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createServices, type ServiceParts } from './create-services.ts';
import type { Database } from './database/database.ts';
import { DIALECTS, openTestDatabase, type Dialect } from './database/open-test-databases.ts';
import { createLog } from './log.ts';
import { CodeGuard } from './rooms/code-guard.ts';
import { loadTemplates } from './rooms/templates.ts';
import { sweep } from './rooms/sweep.ts';
import type { Caller, Person, Services } from './services.ts';
import { createLiveRooms } from './sync/live-rooms.ts';

const AT = Date.parse('2026-03-01T12:00:00Z');
const DAY_MS = 86_400_000;
const stranger: Caller = { person: null, address: '192.0.2.1' };
const template = 'us-russia-cyber-detente';

interface World {
	db: Database;
	services: Services;
	/** Moves the clock on. */
	pass(days: number): Date;
}

async function open(dialect: Dialect, parts: Partial<ServiceParts> = {}): Promise<World> {
	const db = await openTestDatabase(dialect);
	const log = createLog('silent');
	const liveRooms = createLiveRooms({ db, log });
	onTestFinished(() => liveRooms.close());
	const templates = await loadTemplates();
	let time = AT;
	const now = () => new Date(time);
	const defaults = { db, liveRooms, templates, log, roomsPerHour: 100, now };
	return {
		db,
		services: createServices({ ...defaults, ...parts }),
		pass: (days) => new Date((time += days * DAY_MS))
	};
}

/** The person that a fresh guest is. */
async function personOf(services: Services, pass: { token: string } | null): Promise<Person> {
	const person = await services.guests.find(pass?.token);
	if (person === null) throw new Error('no such guest');
	return person;
}

describe.each(DIALECTS)('rooms on %s', { timeout: 60_000 }, (dialect) => {
	it('are opened by a stranger, who is their facilitator, and joined by code', async () => {
		const { services } = await open(dialect);
		const room = await services.rooms.create(stranger, {
			template,
			title: ' My \n board ',
			name: 'Ann'
		});
		expect(room).toMatchObject({ role: 'facilitator', code: expect.stringMatching(/^.{4}-.{4}$/) });
		const ann = await personOf(services, room.pass);

		const view = await services.rooms.view(ann, room.id);
		expect(view).toMatchObject({
			id: room.id,
			epoch: 1,
			person: { id: ann.id, name: 'Ann', colour: ann.colour, role: 'facilitator' },
			code: room.code,
			at: new Date(AT).toISOString()
		});

		const { board, reading } = await services.rooms.read(ann, room.id);
		expect(board.title).toBe('My board');
		expect(board.cards).toHaveLength(12);
		expect(view.checkpoint).toMatchObject({
			name: 'Room opened',
			value: reading.value,
			low: reading.low,
			high: reading.high,
			word: reading.word,
			coverage: reading.coverage,
			formula: 1
		});

		const entry = await services.rooms.join(stranger, {
			code: ` ${room.code.toLowerCase().replace('-', '')}`,
			name: 'Bob'
		});
		expect(entry).toMatchObject({ id: room.id, role: 'editor' });
		const bob = await personOf(services, entry.pass);
		expect((await services.rooms.view(bob, room.id)).code).toBe(room.code);

		// Whoever has more than the code gives keeps it.
		const again = await services.rooms.join({ ...stranger, person: ann }, { code: room.code });
		expect(again).toEqual({ id: room.id, role: 'facilitator', pass: null, isWaiting: false });
	});

	it('are joined by invitation under limits of their own', async () => {
		const perAddress = { points: 2, seconds: 60 };
		const overall = { points: 2, seconds: 60 };
		const guards = {
			alone: new CodeGuard({ perAddress, overall }),
			invitations: new CodeGuard({ perAddress, overall: { points: 100, seconds: 60 } })
		};
		const { services } = await open(dialect, { guards });
		const { id, code } = await services.rooms.create(stranger, { template: 'blank', name: 'Ann' });
		const other = await services.rooms.create(stranger, { template: 'blank', name: 'Eve' });
		const join = (address: string, input: { code: string; room?: string }) =>
			services.rooms.join({ person: null, address }, { ...input, name: 'Bob' });
		for (const address of ['198.51.100.1', '198.51.100.2']) {
			await expect(join(address, { code: '0000-0000' })).rejects.toThrow('wrong-code');
		}
		await expect(join('203.0.113.1', { code })).rejects.toThrow('too-many-attempts');
		expect(await join('203.0.113.1', { code, room: id })).toMatchObject({ id, role: 'editor' });

		// A right code of another room is told apart from a wrong one by nothing.
		for (const tried of [code, '0000-0000']) {
			const refused = join('203.0.113.2', { code: tried, room: other.id });
			await expect(refused).rejects.toMatchObject({ code: 'too-many-attempts' });
		}
		const right = join('203.0.113.2', { code: other.code, room: other.id });
		await expect(right).rejects.toThrow('too-many-attempts');
	});

	it('are closed to strangers, to others’ guests and under any other id', async () => {
		const { services } = await open(dialect);
		const { id } = await services.rooms.create(stranger, { template: 'blank', name: 'Ann' });
		const other = await services.rooms.create(stranger, { template: 'blank' });
		const eve = await personOf(services, other.pass);
		expect(eve.name).toBe('Facilitator');

		await expect(services.rooms.view(null, id)).rejects.toThrow('not-signed-in');
		await expect(services.rooms.view(eve, id)).rejects.toThrow('not-allowed');
		await expect(services.rooms.read(eve, id)).rejects.toThrow('not-allowed');
		for (const nowhere of ['x', 'A'.repeat(22), `${id}\0`, '', '../..']) {
			await expect(services.rooms.view(eve, nowhere)).rejects.toThrow('no-such-room');
			await expect(services.rooms.view(null, nowhere)).rejects.toThrow('no-such-room');
		}
	});

	it('of guests end after 30 days, their code with them, and are then erased whole', async () => {
		const { db, services, pass } = await open(dialect);
		const old = await services.rooms.create(stranger, { template, name: 'Ann' });
		const ann = await personOf(services, old.pass);
		pass(10);
		const young = await services.rooms.create({ ...stranger, person: ann }, { template });

		const end = pass(20);
		const join = (code: string) => services.rooms.join(stranger, { code, name: 'Bob' });
		await expect(services.rooms.view(ann, old.id)).rejects.toThrow('no-such-room');
		await expect(join(old.code)).rejects.toThrow('wrong-code');
		expect((await join(young.code)).id).toBe(young.id);

		expect(await sweep(db, end, () => {})).toEqual({ rooms: 1, guests: 0 });
		for (const table of ['members', 'room_codes', 'history', 'updates'] as const) {
			const rows = await db.selectFrom(table).select('room_id').distinct().execute();
			expect(rows).toEqual([{ room_id: young.id }]);
		}

		expect(await sweep(db, pass(100), () => {})).toEqual({ rooms: 1, guests: 2 });
		for (const table of ['guests', 'rooms', 'members', 'room_codes', 'updates'] as const) {
			expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
		}
	});
});

describe('opening and joining', () => {
	it('refuse what they cannot take and then keep nothing', async () => {
		const { db, services } = await open('sqlite');
		const create = (input: Parameters<Services['rooms']['create']>[1]) =>
			services.rooms.create(stranger, input);
		await expect(create({ template: 'nope', name: 'Ann' })).rejects.toThrow('unknown-template');
		await expect(create({ template: '__proto__' })).rejects.toThrow('unknown-template');
		await expect(create({ template, name: ' ' })).rejects.toThrow('name-missing');
		await expect(create({ template, title: 'x'.repeat(241) })).rejects.toThrow('title-too-long');
		expect(await db.selectFrom('rooms').selectAll().execute()).toEqual([]);
		expect(await db.selectFrom('guests').selectAll().execute()).toEqual([]);

		const { code } = await create({ template });
		const join = (name?: string) =>
			services.rooms.join(stranger, { code, ...(name !== undefined && { name }) });
		await expect(join()).rejects.toThrow('name-missing');
		await expect(join('x'.repeat(61))).rejects.toThrow('name-too-long');
	});

	it('limit the rooms of an address in an hour, counting those that were made', async () => {
		const { services } = await open('sqlite', { roomsPerHour: 2 });
		const create = (name: string, address = stranger.address) =>
			services.rooms.create({ person: null, address }, { template: 'blank', name });
		for (let n = 0; n < 5; n++) await expect(create('')).rejects.toThrow('name-missing');
		await create('Ann');
		await create('Ann');
		await expect(create('Ann')).rejects.toMatchObject({
			code: 'too-many-attempts',
			retryAfter: 3600
		});
		await create('Ann', '192.0.2.2');
	});

	it('say the same of a wrong code, an expired one and one that cannot be', async () => {
		const { services, pass } = await open('sqlite');
		const { code } = await services.rooms.create(stranger, { template: 'blank' });
		pass(30);
		const refusals = [];
		for (const tried of [code, '0000-0000', 'not a code']) {
			const refusal = services.rooms.join(stranger, { code: tried, name: 'Bob' });
			refusals.push(await refusal.catch((error: unknown) => error));
		}
		const [first] = refusals;
		expect(first).toMatchObject({ code: 'wrong-code', retryAfter: undefined });
		for (const refusal of refusals) expect(refusal).toEqual(first);
	});

	it('are refused while the database cannot write, and work again afterwards', async () => {
		const { db, services } = await open('sqlite');
		await sql`pragma query_only = on`.execute(db);
		const create = () => services.rooms.create(stranger, { template: 'blank', name: 'Ann' });
		await expect(create()).rejects.toMatchObject({ code: 'cannot-store', retryAfter: 5 });
		expect(await services.healthy()).toBe(true);
		await sql`pragma query_only = off`.execute(db);
		await create();
	});

	it('report an unhealthy database once it is gone', async () => {
		const { db, services } = await open('sqlite');
		await db.destroy();
		expect(await services.healthy()).toBe(false);
	});
});
