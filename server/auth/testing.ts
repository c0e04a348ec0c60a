/** For tests of accounts: the services over a database, a person with an account, a clock to move. */
import { createLog } from '../log.ts';
import type { Database } from '../database/database.ts';
import { openTestDatabase, type Dialect } from '../database/open-test-databases.ts';
import { createAccountSettings, type AccountSettings } from './account-settings.ts';
import { createAccounts, type Account, type Accounts, type Visitor } from './accounts.ts';
import type { CutOff } from './cut-off.ts';
import { createPasskeys, type Passkeys } from './passkeys.ts';
import { createPasswordProof } from './password-proof.ts';
import { createRecovery, type Recovery, type RecoveryParts } from './recovery.ts';

export const ANA = { email: 'ana@example.org', name: 'Ana', password: 'four plain words here' };
export const BEN = { email: 'ben@example.org', name: 'Ben', password: 'quite other words' };
export const VISITOR: Visitor = {
	guest: null,
	address: '192.0.2.1',
	device: 'Firefox on Linux'
};
export const log = createLog('silent');

export interface World {
	db: Database;
	accounts: Accounts;
	settings: AccountSettings;
	passkeys: Passkeys;
	recovery: Recovery;
	/** Whose live connections were closed, and in which erased room. */
	cut: string[];
	now: () => Date;
	/** Moves the clock on. */
	pass(minutes: number): void;
	/** Signs somebody up. */
	enter(who: typeof ANA): Promise<Account & { sessionId: string }>;
}

export async function openWorld(
	dialect: Dialect,
	mail: RecoveryParts['mail'] = null
): Promise<World> {
	const db = await openTestDatabase(dialect);
	let passed = 0;
	const now = () => new Date(Date.now() + passed);
	const cut: string[] = [];
	const cutOff: CutOff = {
		fromEverything: (personId) => void cut.push(personId),
		fromRoom: ({ id, members }) => void cut.push(...members.map((member) => `${id} ${member}`))
	};
	const provePassword = createPasswordProof(db);
	const passkeys = createPasskeys({ db, now, provePassword });
	const accounts = createAccounts({ db, cutOff, now });
	return {
		db,
		accounts,
		passkeys,
		settings: createAccountSettings({ db, now, provePassword, passkeys, cutOff }),
		recovery: createRecovery({ db, now, cutOff, mail }),
		cut,
		now,
		pass: (minutes) => void (passed += minutes * 60_000),
		async enter(who) {
			const { id } = await accounts.signUp(VISITOR, who);
			const account = await accounts.find(id);
			if (account === null) throw new Error('nobody is signed in');
			return { ...account, sessionId: id };
		}
	};
}

/** The code of a refusal; throws when nothing was refused. */
export async function refusal(work: Promise<unknown>): Promise<string> {
	try {
		await work;
	} catch (error) {
		if (error instanceof Error && error.name === 'Refusal' && 'code' in error) {
			return String(error.code);
		}
		throw error;
	}
	throw new Error('nothing was refused');
}
