/**
 * Guests: people without an account, known by the cookie `guest`. A guest is made when a stranger
 * opens or joins a room, and lasts 90 days from then (`GUEST_RETENTION_DAYS`); then the sweep erases
 * the name and every tie to a room.
 */
import type { Database } from '../database/database.ts';
import { randomId } from '../random-id.ts';
import type { GuestPass, Person } from '../services.ts';
import { hueOf } from './colour.ts';
import { createToken, hashToken } from '../secret-token.ts';
import { findGuest, insertGuest, renameGuest } from './guest.repository.ts';
import type { Guest } from './guest.table.ts';
import { readName } from './person-name.ts';

export const GUEST_COOKIE = 'guest';
export const GUEST_DAYS = 90;

const DAY_MS = 24 * 60 * 60 * 1000;

/** The person behind a token; null for every token that is not valid at `at`. */
export async function findPerson(
	db: Database,
	token: string | undefined,
	at: Date
): Promise<Person | null> {
	const hash = hashToken(token);
	if (hash === null) return null;
	const guest = await findGuest(db, hash, at);
	return guest === undefined ? null : personOf(guest);
}

/** Somebody who may act: known before, or a guest made just now with a pass to hand out. */
export interface Admitted {
	person: Person;
	pass: GuestPass | null;
}

/**
 * Makes a stranger a guest, who then needs a `name`. Somebody known keeps the person that they
 * are; a name they give is what they are called from now on. A guest lasts `days`. Throws `Refusal`.
 * An account's name is changed by its owner in no passing.
 */
export async function admit(
	db: Database,
	person: Person | null,
	name: string | undefined,
	at: Date,
	days = GUEST_DAYS
): Promise<Admitted> {
	if (person === null) return createGuest(db, readName(name), at, days);
	if (name === undefined || person.isUser) return { person, pass: null };
	const renamed = { ...person, name: readName(name) };
	if (renamed.name !== person.name) await renameGuest(db, person.id, renamed.name);
	return { person: renamed, pass: null };
}

async function createGuest(db: Database, name: string, at: Date, days: number): Promise<Admitted> {
	const id = randomId();
	const token = createToken();
	const expires = new Date(at.getTime() + days * DAY_MS);
	const guest = { id, name, colour: hueOf(id) };
	await insertGuest(db, {
		...guest,
		token_hash: hashToken(token) ?? '',
		created_at: at.toISOString(),
		expires_at: expires.toISOString()
	});
	return { person: personOf(guest), pass: { token, expires } };
}

function personOf({ id, name, colour }: Pick<Guest, 'id' | 'name' | 'colour'>): Person {
	return { id, name, colour, isUser: false };
}
