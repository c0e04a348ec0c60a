/** For tests: the services over a database, and people who ask them for things. */
import { onTestFinished } from 'vitest';
import { hueOf } from '../auth/colour.ts';
import { insertUser } from '../auth/user.repository.ts';
import { createServices, type ServiceParts } from '../create-services.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase, type Dialect } from '../database/open-test-databases.ts';
import { createLog } from '../log.ts';
import { randomId } from '../random-id.ts';
import type { Entry, Person, Services } from '../services.ts';
import { createLiveRooms, type LiveRooms } from '../sync/live-rooms.ts';
import { loadTemplates } from './templates.ts';

const DAY_MS = 86_400_000;

export class TestWorld {
	readonly db: Database;
	readonly services: Services;
	readonly liveRooms: LiveRooms;
	#time = Date.parse('2026-03-01T12:00:00Z');

	constructor(db: Database, liveRooms: LiveRooms, parts: Omit<ServiceParts, 'db' | 'liveRooms'>) {
		this.db = db;
		this.liveRooms = liveRooms;
		const now = () => this.now;
		this.services = createServices({ db, liveRooms, now, ...parts });
	}

	get now(): Date {
		return new Date(this.#time);
	}

	/** Moves the clock on. */
	pass(days: number): Date {
		this.#time += days * DAY_MS;
		return this.now;
	}

	/** Somebody with an account. */
	async user(name: string): Promise<Person> {
		const id = randomId();
		const user = { id, name, email: `${id.toLowerCase()}@example.org`, colour: hueOf(id) };
		const created_at = this.now.toISOString();
		await insertUser(this.db, { ...user, password_hash: null, created_at });
		return { id, name, colour: user.colour, isUser: true };
	}

	/** A room that `owner` opens, or a guest called Fay. */
	async room(owner: Person | null = null): Promise<{ id: string; code: string; fay: Person }> {
		const caller = { person: owner, address: '192.0.2.1' };
		const name = owner === null ? { name: 'Fay' } : {};
		const entry = await this.services.rooms.create(caller, { template: 'blank', ...name });
		return { id: entry.id, code: entry.code, fay: owner ?? (await this.guestOf(entry)) };
	}

	/** A guest who comes by a code. */
	async guest(name: string, code: string): Promise<Person> {
		return this.guestOf(await this.join(null, code, name));
	}

	join(person: Person | null, code: string, name?: string): Promise<Entry> {
		const input = name === undefined ? { code } : { code, name };
		return this.services.rooms.join({ person, address: '192.0.2.1' }, input);
	}

	async guestOf({ pass }: Pick<Entry, 'pass'>): Promise<Person> {
		const person = await this.services.guests.find(pass?.token);
		if (person === null) throw new Error('no such guest');
		return person;
	}
}

export async function openTestWorld(
	dialect: Dialect = 'sqlite',
	parts: Pick<ServiceParts, 'guestRetentionDays'> = {}
): Promise<TestWorld> {
	const db = await openTestDatabase(dialect);
	const log = createLog('silent');
	const liveRooms = createLiveRooms({ db, log });
	onTestFinished(() => liveRooms.close());
	const templates = await loadTemplates();
	return new TestWorld(db, liveRooms, { templates, log, roomsPerHour: 1000, ...parts });
}
