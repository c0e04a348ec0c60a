/** What the tests of teams share: the services over a real database, and people with accounts. */
import { onTestFinished } from 'vitest';
import { createServices } from '../create-services.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase, type Dialect } from '../database/open-test-databases.ts';
import { createLog } from '../log.ts';
import { loadTemplates } from '../rooms/templates.ts';
import { hueOf } from '../auth/colour.ts';
import { insertUser } from '../auth/user.repository.ts';
import { randomId } from '../random-id.ts';
import type { Caller, Person, Services } from '../services.ts';
import { createLiveRooms, type LiveRooms } from '../sync/live-rooms.ts';

const AT = Date.parse('2026-03-01T12:00:00Z');
const DAY_MS = 86_400_000;

export interface World {
	db: Database;
	services: Services;
	liveRooms: LiveRooms;
	now(): Date;
	/** Moves the clock on. */
	pass(days: number): Date;
	/** Somebody with an account. */
	user(name: string): Promise<Person>;
	/** A team that `owner` makes, with these members. */
	team(owner: Person, members?: Person[], name?: string): Promise<string>;
	/** A room of the team, or of `maker`'s own. */
	room(maker: Person, team?: string, title?: string): Promise<string>;
}

export async function openWorld(dialect: Dialect = 'sqlite'): Promise<World> {
	const db = await openTestDatabase(dialect);
	const log = createLog('silent');
	const liveRooms = createLiveRooms({ db, log });
	onTestFinished(() => liveRooms.close());
	let time = AT;
	const now = () => new Date(time);
	const templates = await loadTemplates();
	const services = createServices({ db, liveRooms, templates, log, roomsPerHour: 1000, now });
	return {
		db,
		services,
		liveRooms,
		now,
		pass: (days) => new Date((time += days * DAY_MS)),
		user: (name) => insertPerson(db, name),
		async team(owner, members = [], name = 'Team') {
			const id = await services.teams.create(owner, { name });
			for (const member of members) {
				const { token } = await services.teamInvites.create(owner, id, 'member');
				await services.teamInvites.accept(callerOf(member), token);
			}
			return id;
		},
		async room(maker, team = '', title = 'Room') {
			const input = { template: 'us-russia-cyber-detente', title, team };
			return (await services.rooms.create(callerOf(maker), input)).id;
		}
	};
}

export function callerOf(person: Person | null): Caller {
	return { person, address: '192.0.2.1' };
}

async function insertPerson(db: Database, name: string): Promise<Person> {
	const id = randomId();
	const user = {
		id,
		name,
		email: `${name.toLowerCase()}@example.org`,
		colour: hueOf(id),
		password_hash: null,
		created_at: new Date(AT).toISOString()
	};
	await insertUser(db, user);
	return { id, name, colour: user.colour, isUser: true };
}

/** The code of a refusal. Throws what is none. */
export async function refusal(work: Promise<unknown>): Promise<string> {
	return work.then(
		() => 'nothing was refused',
		(error: unknown) => {
			if (error instanceof Error && error.name === 'Refusal' && 'code' in error) {
				return String(error.code);
			}
			throw error;
		}
	);
}
