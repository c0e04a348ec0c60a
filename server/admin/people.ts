/** What whoever runs the server does for people: making accounts, letting them in, erasing them. */
import { record, recordOfAccount } from '../audit/audit.repository.ts';
import { hueOf } from '../auth/colour.ts';
import { readEmail } from '../auth/email.ts';
import { eraseUser, planErasure } from '../auth/erase-user.ts';
import { forgetGone } from '../auth/forget-gone.ts';
import { eraseGuest } from '../auth/guest.repository.ts';
import { createResetLink, type ResetLink } from '../auth/password-resets.ts';
import { readName } from '../auth/person-name.ts';
import { findUser, findUserByEmail, insertUser } from '../auth/user.repository.ts';
import type { User } from '../auth/user.table.ts';
import type { Database } from '../database/database.ts';
import { randomId } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import { CannotDo } from './cannot-do.ts';

/** Makes an account without a password, and the link with which its person sets one. */
export async function createUser(
	db: Database,
	given: { email: string; name: string },
	at: Date
): Promise<ResetLink> {
	const email = orSay(() => readEmail(given.email), `${given.email} is no e-mail address.`);
	const name = orSay(() => readName(given.name), 'The name must have 1 to 60 characters.');
	const id = randomId();
	const user = { id, email, name, colour: hueOf(id), password_hash: null };
	const isNew = await insertUser(db, { ...user, created_at: at.toISOString() });
	if (!isNew) throw new CannotDo(`There is an account of ${email} already.`);
	await recordOfAccount(db, 'account.created', user, at, 'operator');
	return linkFor(db, user, at);
}

/** Makes a link with which somebody sets a new password; the older ones end. */
export async function makeResetLink(db: Database, who: string, at: Date): Promise<ResetLink> {
	return linkFor(db, await userOf(db, who), at);
}

/** Somebody who is to be erased, and what goes with them. */
export type Erasable =
	| { kind: 'user'; id: string; name: string; email: string; rooms: number; soleOwnerOf: string[] }
	| { kind: 'guest'; id: string; name: string };

/** By e-mail address or id. Throws `CannotDo` when there is nobody. */
export async function findErasable(db: Database, who: string): Promise<Erasable> {
	const guest = await db
		.selectFrom('guests')
		.select(['id', 'name'])
		.where('id', '=', who)
		.executeTakeFirst();
	if (guest !== undefined) return { kind: 'guest', ...guest };
	const { id, name, email } = await userOf(db, who);
	const { rooms, soleOwnerOf } = await planErasure(db, id);
	const teams = soleOwnerOf.map((team) => team.name);
	return { kind: 'user', id, name, email, rooms: rooms.length, soleOwnerOf: teams };
}

/** Erases a person for good, with the rooms that they alone own. Throws `CannotDo`. */
export async function erasePerson(db: Database, person: Erasable, at: Date): Promise<void> {
	if (person.kind === 'user') {
		if (person.soleOwnerOf.length > 0) {
			throw new CannotDo(
				`${person.name} alone owns ${person.soleOwnerOf.join(', ')}. Another member must be made an owner first.`
			);
		}
		await eraseUser(db, person.id, at, 'operator');
		return;
	}
	await db.transaction().execute(async (trx) => {
		await eraseGuest(trx, person.id);
		const to = { id: person.id, name: '' };
		await record(trx, { kind: 'account.erased', at, by: 'operator', to });
		await forgetGone(trx, person.id);
	});
}

async function userOf(db: Database, who: string): Promise<User> {
	const user = (await findUserByEmail(db, who.trim().toLowerCase())) ?? (await findUser(db, who));
	if (user === undefined) throw new CannotDo(`There is no account of ${who}.`);
	return user;
}

async function linkFor(
	db: Database,
	user: Pick<User, 'id' | 'name'>,
	at: Date
): Promise<ResetLink> {
	const link = await createResetLink(db, user.id, at);
	await recordOfAccount(db, 'account.reset-link', user, at, 'operator');
	return link;
}

function orSay<T>(read: () => T, sentence: string): T {
	try {
		return read();
	} catch (error) {
		throw error instanceof Refusal ? new CannotDo(sentence) : error;
	}
}
