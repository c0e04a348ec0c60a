/**
 * Coming back in without the password, by a one-use link (`password-resets.ts`).
 *
 * Asking for one gets the same answer after the same time whether or not there is an account: all
 * that depends on it is done after the answer. Requests are limited by account and by network
 * address, for addresses without an account alike.
 */
import { recordOfAccount } from '../audit/audit.repository.ts';
import { addressKey } from '../client-address.ts';
import type { Database } from '../database/database.ts';
import { createLimiter, take } from '../limits.ts';
import type { Message, Outbox } from '../mail/outbox.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { Visitor } from './accounts.ts';
import type { CutOff } from './cut-off.ts';
import { readEmail } from './email.ts';
import {
	createResetLink,
	findResetLink,
	useResetLink,
	type ResetState
} from './password-resets.ts';
import { hashPassword, readPassword } from './passwords.ts';
import type { SessionPass } from './sessions.ts';
import { signInAs } from './sign-in-as.ts';
import { findUser, findUserByEmail } from './user.repository.ts';

const HOUR_S = 60 * 60;
const PER_ACCOUNT = { points: 3, seconds: HOUR_S };
const PER_ADDRESS = { points: 20, seconds: HOUR_S };

const REFUSED: Record<Exclude<ResetState, 'open'>, RefusalCode> = {
	expired: 'reset-expired',
	used: 'reset-used',
	unknown: 'reset-unknown'
};

export interface Recovery {
	/** Whether links are mailed. Else people ask an owner of their team, or the operator. */
	sendsMail: boolean;
	/** Mails a link, if there is an account. Throws `email-invalid` or `too-many-attempts`. */
	request(address: string, email: string): Promise<void>;
	/** The account that a link is for. Throws `reset-expired`, `reset-used` or `reset-unknown`. */
	look(token: string): Promise<{ email: string }>;
	/** Sets the password, ends every session, signs in. Throws like `look`, or what is wrong with it. */
	reset(visitor: Visitor, token: string, password: string): Promise<SessionPass>;
}

export interface RecoveryParts {
	db: Database;
	now: () => Date;
	cutOff: CutOff;
	/** Null where no mail is sent. `origin` is the public address of the links. */
	mail: { outbox: Outbox; origin: string } | null;
}

export function createRecovery({ db, now, cutOff, mail }: RecoveryParts): Recovery {
	const perAccount = createLimiter(PER_ACCOUNT);
	const perAddress = createLimiter(PER_ADDRESS);

	async function userOf(token: string) {
		const { state, userId } = await findResetLink(db, token, now());
		if (state !== 'open') throw new Refusal(REFUSED[state]);
		const user = userId === null ? undefined : await findUser(db, userId);
		if (user === undefined) throw new Refusal('reset-unknown');
		return user;
	}

	async function compose(email: string, origin: string): Promise<Message | null> {
		const user = await findUserByEmail(db, email);
		if (user === undefined) return null;
		const { path } = await createResetLink(db, user.id, now());
		await recordOfAccount(db, 'account.reset-link', user, now());
		return { to: user.email, ...wordsOf(`${origin}${path}`) };
	}

	return {
		sendsMail: mail !== null,

		async request(address, given) {
			if (mail === null) return;
			const email = readEmail(given);
			await take(perAddress, addressKey(address));
			await take(perAccount, email);
			mail.outbox.post(() => compose(email, mail.origin));
		},

		look: (token) =>
			refusingStorageFailures(async () => {
				const { email } = await userOf(token);
				return { email };
			}),

		reset: (visitor, token, password) =>
			refusingStorageFailures(async () => {
				const user = await userOf(token);
				const hash = await hashPassword(readPassword(password, user));
				const userId = await useResetLink(db, token, hash, now());
				if (userId === null) throw new Refusal('reset-used');
				await recordOfAccount(db, 'account.password-reset', user, now());
				cutOff.fromEverything(userId);
				return signInAs(db, userId, visitor, now());
			})
	};
}

function wordsOf(link: string): Pick<Message, 'subject' | 'text'> {
	return {
		subject: 'Set a new password for Détente Board',
		text: [
			'Somebody, probably you, asked for a link to set a new password. It works once, within an hour:',
			link,
			'It was not you? Then do nothing: your password stays as it is.'
		].join('\n\n')
	};
}
