/**
 * What somebody signed in does with their own account. Whatever a stranger at an open screen could
 * take the account over with asks for the password again.
 *
 * A session that ends takes its live connections along: they are closed, and whoever is still signed
 * in comes back by itself.
 */
import { recordOfAccount } from '../audit/audit.repository.ts';
import type { Database } from '../database/database.ts';
import type { AuditKind } from '../audit/audit-kinds.ts';
import { createLimiter, take } from '../limits.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { Account } from './accounts.ts';
import type { CutOff } from './cut-off.ts';
import { readEmail } from './email.ts';
import { eraseUser, planErasure, type ErasurePlan } from './erase-user.ts';
import { exportAccount, type AccountExport } from './export-account.ts';
import type { ProvePassword } from './password-proof.ts';
import { endResetLinks } from './password-resets.ts';
import { hashPassword, readPassword } from './passwords.ts';
import { readName } from './person-name.ts';
import type { PasskeyAnswer, Passkeys } from './passkeys.ts';
import { Sessions, type SessionPass, type SessionSummary } from './sessions.ts';
import { changeEmail, updateUser } from './user.repository.ts';

const EMAIL_CHANGES = { points: 10, seconds: 60 * 60 };

export interface AccountSettings {
	/** Throws `name-missing` or `name-too-long`. */
	rename(account: Account, name: string): Promise<void>;
	/** Throws `email-invalid`, `wrong-password` or `email-taken`. */
	changeEmail(account: Account, input: { email: string; password: string }): Promise<void>;
	/**
	 * Ends every session and answers a new one for this browser. Throws `wrong-password`, or what is
	 * wrong with the new one.
	 */
	changePassword(
		account: Account,
		input: { password: string; newPassword: string; device: string }
	): Promise<SessionPass>;
	/** Where one is signed in, the last used first. */
	sessions(account: Account): Promise<SessionSummary[]>;
	/** Ends one of one's own sessions; another's handle changes nothing. */
	endSession(account: Account, handle: string): Promise<void>;
	/** Signs out everywhere, here too. */
	endAllSessions(account: Account): Promise<void>;
	/** Everything that is kept of one. */
	export(account: Account): Promise<AccountExport>;
	/** What `erase` would take along, and what stands in its way. */
	planErasure(account: Account): Promise<ErasurePlan>;
	/** Throws `wrong-password`, `passkey-refused` or `sole-team-owner`. */
	erase(account: Account, proof: { password: string } | { passkey: PasskeyAnswer }): Promise<void>;
}

export interface AccountSettingsParts {
	db: Database;
	now: () => Date;
	provePassword: ProvePassword;
	passkeys: Pick<Passkeys, 'confirm'>;
	cutOff: CutOff;
}

export function createAccountSettings({
	db,
	now,
	provePassword,
	passkeys,
	cutOff
}: AccountSettingsParts): AccountSettings {
	const sessions = new Sessions(db);
	const emailChanges = createLimiter(EMAIL_CHANGES);
	const tell = (kind: AuditKind, person: Person) => recordOfAccount(db, kind, person, now());

	return {
		rename: ({ person }, name) =>
			refusingStorageFailures(async () => {
				const readable = readName(name);
				await updateUser(db, person.id, { name: readable });
				await tell('account.renamed', { ...person, name: readable });
				cutOff.fromEverything(person.id);
			}),

		changeEmail: ({ person }, { email: given, password }) =>
			refusingStorageFailures(async () => {
				const email = readEmail(given);
				await provePassword(person.id, password);
				// That an address is taken shows here; not to whoever tries one after the other.
				await take(emailChanges, person.id);
				await db.transaction().execute(async (trx) => {
					if (!(await changeEmail(trx, person.id, email))) throw new Refusal('email-taken');
					await endResetLinks(trx, person.id);
					await recordOfAccount(trx, 'account.email-changed', person, now());
				});
			}),

		changePassword: ({ person, email }, { password, newPassword, device }) =>
			refusingStorageFailures(async () => {
				await provePassword(person.id, password);
				const readable = readPassword(newPassword, { email, name: person.name });
				const password_hash = await hashPassword(readable);
				const pass = await db.transaction().execute(async (trx) => {
					await updateUser(trx, person.id, { password_hash });
					await endResetLinks(trx, person.id);
					const ofAll = new Sessions(trx);
					await ofAll.endAll(person.id);
					await recordOfAccount(trx, 'account.password-changed', person, now());
					return ofAll.start(person.id, device);
				});
				cutOff.fromEverything(person.id);
				return pass;
			}),

		sessions: ({ person }) => refusingStorageFailures(() => sessions.list(person.id)),

		endSession: ({ person }, handle) =>
			refusingStorageFailures(async () => {
				await sessions.endOne(person.id, handle);
				await tell('sign-in.ended', person);
				cutOff.fromEverything(person.id);
			}),

		endAllSessions: ({ person }) =>
			refusingStorageFailures(async () => {
				await sessions.endAll(person.id);
				await tell('sign-in.ended-everywhere', person);
				cutOff.fromEverything(person.id);
			}),

		export: ({ person }) =>
			refusingStorageFailures(async () => {
				const exported = await exportAccount(db, person.id, now());
				if (exported === null) throw new Refusal('not-signed-in');
				await tell('export.account', person);
				return exported;
			}),

		planErasure: ({ person }) => refusingStorageFailures(() => planErasure(db, person.id)),

		erase: ({ person }, proof) =>
			refusingStorageFailures(async () => {
				if ('passkey' in proof) await passkeys.confirm(person.id, proof.passkey);
				else await provePassword(person.id, proof.password);
				for (const room of await eraseUser(db, person.id, now())) cutOff.fromRoom(room);
				cutOff.fromEverything(person.id);
			})
	};
}
