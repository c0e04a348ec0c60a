/**
 * Accounts: signing up, in and out. Whoever signs in takes along what they did as a guest in this
 * browser.
 *
 * A wrong password and an address without an account get the same answer after the same time. What
 * is tried is limited by account and network address together (one address cannot lock somebody
 * out), by account alone (many addresses cannot guess for long) and by network address alone.
 */
import { recordOfAccount } from '../audit/audit.repository.ts';
import { addressKey } from '../client-address.ts';
import type { Database } from '../database/database.ts';
import { createLimiter, giveBack, take } from '../limits.ts';
import { randomId } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import { hueOf } from './colour.ts';
import type { CutOff } from './cut-off.ts';
import { readEmail } from './email.ts';
import { checkPassword, hashPassword, readPassword } from './passwords.ts';
import { readName } from './person-name.ts';
import { Sessions, type SessionPass } from './sessions.ts';
import { signInAs } from './sign-in-as.ts';
import { findUserByEmail, insertUser } from './user.repository.ts';
import type { User } from './user.table.ts';

const QUARTER_S = 15 * 60;
const HOUR_S = 60 * 60;

/** Where a request comes from. `guest` is who this browser was before it signed in. */
export interface Visitor {
	guest: Person | null;
	address: string;
	/** Such as "Firefox on Windows". */
	device: string;
}

/** Who is signed in. */
export interface Account {
	person: Person;
	email: string;
	/** Of the session that the request came with. */
	handle: string;
	/** Set when its cookie is to be set anew. */
	renewed: SessionPass | null;
}

export interface Accounts {
	/** Who is behind a cookie, or null for every value that is no session now. */
	find(sessionId: string | undefined): Promise<Account | null>;
	/** Throws `Refusal`. */
	signUp(
		visitor: Visitor,
		input: { email: string; name: string; password: string }
	): Promise<SessionPass>;
	/** Throws `Refusal`: `wrong-sign-in` whatever of the two is wrong. */
	signIn(visitor: Visitor, input: { email: string; password: string }): Promise<SessionPass>;
	/** Ends the session; everything else changes nothing. */
	signOut(sessionId: string | undefined): Promise<void>;
}

export interface AccountsParts {
	db: Database;
	cutOff: Pick<CutOff, 'fromEverything'>;
	/** How many may sign up from one network address: everybody in a building often has the same. */
	signUpsPerHour?: number;
	/** Hears of every wrong password for an account that there is. */
	noteFailure?: (user: User) => void;
	now?: () => Date;
}

export function createAccounts({
	db,
	cutOff,
	signUpsPerHour = 60,
	noteFailure = () => undefined,
	now = () => new Date()
}: AccountsParts): Accounts {
	const sessions = new Sessions(db);
	const limits = {
		signUps: createLimiter({ points: signUpsPerHour, seconds: HOUR_S }),
		pairs: createLimiter({ points: 10, seconds: QUARTER_S }),
		accounts: createLimiter({ points: 100, seconds: HOUR_S }),
		addresses: createLimiter({ points: 60, seconds: QUARTER_S })
	};

	return {
		find: (sessionId) =>
			refusingStorageFailures(async () => {
				const signedIn = await sessions.find(sessionId);
				if (signedIn === null) return null;
				const { user, handle, renewed } = signedIn;
				return { person: personOf(user), email: user.email, handle, renewed };
			}),

		signUp: (visitor, { email, name, password }) =>
			refusingStorageFailures(async () => {
				const fields = { email: readEmail(email), name: readName(name) };
				const readable = readPassword(password, fields);
				await take(limits.signUps, addressKey(visitor.address));
				const id = randomId();
				const user: User = {
					id,
					...fields,
					colour: hueOf(id),
					password_hash: await hashPassword(readable),
					created_at: now().toISOString()
				};
				if (!(await insertUser(db, user))) throw new Refusal('email-taken');
				await recordOfAccount(db, 'account.created', user, now());
				return signInAs(db, user.id, visitor, now());
			}),

		signIn: (visitor, { email, password }) =>
			refusingStorageFailures(async () => {
				const account = readableEmail(email);
				const address = addressKey(visitor.address);
				const pair = `${address} ${account}`;
				await take(limits.addresses, address);
				await take(limits.pairs, pair);
				await take(limits.accounts, account);
				const user = account === '' ? undefined : await findUserByEmail(db, account);
				const isRight = await checkPassword(user?.password_hash ?? null, password);
				if (!isRight || user === undefined) {
					if (user !== undefined) noteFailure(user);
					throw new Refusal('wrong-sign-in');
				}
				await giveBack(limits.addresses, address);
				await giveBack(limits.accounts, account);
				await limits.pairs.delete(pair);
				return signInAs(db, user.id, visitor, now());
			}),

		signOut: (sessionId) =>
			refusingStorageFailures(async () => {
				const signedIn = await sessions.find(sessionId);
				if (signedIn === null) return;
				await sessions.end(sessionId);
				cutOff.fromEverything(signedIn.user.id);
				await recordOfAccount(db, 'sign-in.ended', signedIn.user, now());
			})
	};
}

/** What cannot be an address has no account; it is compared with none, in the same time. */
function readableEmail(given: string): string {
	try {
		return readEmail(given);
	} catch (error) {
		if (error instanceof Refusal) return '';
		throw error;
	}
}

function personOf({ id, name, colour }: User): Person {
	return { id, name, colour, isUser: true };
}
