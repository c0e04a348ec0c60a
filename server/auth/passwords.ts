/**
 * Passwords: Argon2id at OWASP's parameters (19 MiB, two passes, one lane), about 20 ms each. Few
 * are hashed at a time, so that a crowd at the door costs memory and processor time for a few.
 */
import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../refusal.ts';
import { isCommon, type PasswordOwner } from './common-passwords.ts';

/** In code points. A phrase of four words has more than the least. */
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 256;

/** Argon2id is the library's default algorithm. */
const PARAMETERS = {
	memoryCost: 19_456,
	timeCost: 2,
	parallelism: 1
};

/** Hashes at a time, and those that may wait; whoever comes beyond is asked to come back. */
const AT_A_TIME = 2;
const WAITING_MAX = 40;
/** Seconds until the queue is shorter. */
const RETRY_AFTER = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** Throws `password-too-short`, `password-too-long` or `password-common`. */
export function readPassword(given: string, owner?: PasswordOwner): string {
	const password = given.normalize('NFKC');
	const { length } = [...password];
	if (length < PASSWORD_MIN) throw new Refusal('password-too-short');
	if (length > PASSWORD_MAX) throw new Refusal('password-too-long');
	if (isCommon(password, owner)) throw new Refusal('password-common');
	return password;
}

/** In PHC form, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
	return inTurn(() => hash(password, PARAMETERS));
}

/**
 * Whether `given` is the password behind `stored`. Takes as long when there is none to compare
 * with, so that time does not tell whether an account exists.
 */
export async function checkPassword(stored: string | null, given: string): Promise<boolean> {
	const against = stored ?? (await nobodysHash());
	const isRight = await inTurn(() => verify(against, cut(given.normalize('NFKC'))));
	return isRight && stored !== null;
}

/** What is longer is no password here; it is not hashed whole. */
function cut(text: string): string {
	return text.length <= PASSWORD_MAX ? text : [...text].slice(0, PASSWORD_MAX + 1).join('');
}

let nobodys: Promise<string> | undefined;

function nobodysHash(): Promise<string> {
	return (nobodys ??= hash(crypto.randomUUID(), PARAMETERS));
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= AT_A_TIME) {
		if (waiting.length >= WAITING_MAX) throw new Refusal('too-many-attempts', RETRY_AFTER);
		await new Promise<void>((resolve) => waiting.push(resolve));
	} else {
		running += 1;
	}
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next === undefined) running -= 1;
		else next();
	}
}
