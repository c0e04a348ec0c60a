import type { Database } from '../database/database.ts';
import type { NewPasskey, PasskeyPurpose, StoredPasskey } from './passkey.table.ts';

/** A passkey as its owner sees it. */
export interface PasskeySummary {
	/** Names it; not a secret. */
	id: string;
	name: string;
	createdAt: string;
	usedAt: string | null;
}

/** False when it is somebody's already; nothing changes then. */
export async function insertPasskey(db: Database, passkey: NewPasskey): Promise<boolean> {
	const { numInsertedOrUpdatedRows } = await db
		.insertInto('passkeys')
		.values(passkey)
		.onConflict((conflict) => conflict.column('id').doNothing())
		.executeTakeFirstOrThrow();
	return numInsertedOrUpdatedRows === 1n;
}

export async function findPasskey(db: Database, id: string): Promise<StoredPasskey | undefined> {
	return db.selectFrom('passkeys').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Somebody's passkeys, the oldest first. */
export async function listPasskeys(db: Database, userId: string): Promise<PasskeySummary[]> {
	return db
		.selectFrom('passkeys')
		.select(['id', 'name', 'created_at as createdAt', 'used_at as usedAt'])
		.where('user_id', '=', userId)
		.orderBy('created_at')
		.execute();
}

/** Somebody's passkeys as a browser is told of them. */
export async function findDescriptors(
	db: Database,
	userId: string
): Promise<{ id: string; transports: string[] }[]> {
	const rows = await db
		.selectFrom('passkeys')
		.select(['id', 'transports'])
		.where('user_id', '=', userId)
		.execute();
	return rows.map(({ id, transports }) => ({
		id,
		transports: transports === '' ? [] : transports.split(',')
	}));
}

/**
 * Notes that a passkey has signed. False when it is gone, or has signed with this count or a later
 * one since it was looked at.
 */
export async function notePasskeyUse(
	db: Database,
	id: string,
	{ before, counter, at }: { before: number; counter: number; at: Date }
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('passkeys')
		.set({ counter, used_at: at.toISOString() })
		.where('id', '=', id)
		.where('counter', '=', before)
		.executeTakeFirstOrThrow();
	return numUpdatedRows === 1n;
}

/** Removes one of somebody's own; another's changes nothing. */
export async function removePasskey(db: Database, userId: string, id: string): Promise<void> {
	await db.deleteFrom('passkeys').where('user_id', '=', userId).where('id', '=', id).execute();
}

/** What a browser is to sign; it takes the place of what it was asked before. */
export async function storeChallenge(
	db: Database,
	asked: {
		browserHash: string;
		challenge: string;
		purpose: PasskeyPurpose;
		userId: string | null;
		expires: Date;
	}
): Promise<void> {
	const { browserHash, challenge, purpose, userId, expires } = asked;
	const row = { challenge, purpose, user_id: userId, expires_at: expires.toISOString() };
	await db
		.insertInto('passkey_challenges')
		.values({ browser_hash: browserHash, ...row })
		.onConflict((conflict) => conflict.column('browser_hash').doUpdateSet(row))
		.execute();
}

/** Takes a browser's challenge away, so that it is good for one answer, right or wrong. */
export async function takeChallenge(
	db: Database,
	browserHash: string,
	purpose: PasskeyPurpose,
	userId: string | null,
	at: Date
): Promise<string | null> {
	const taken = await db
		.deleteFrom('passkey_challenges')
		.where('browser_hash', '=', browserHash)
		.returningAll()
		.executeTakeFirst();
	if (taken === undefined || taken.expires_at <= at.toISOString()) return null;
	return taken.purpose === purpose && taken.user_id === userId ? taken.challenge : null;
}

export async function eraseExpiredChallenges(db: Database, at: Date): Promise<void> {
	await db.deleteFrom('passkey_challenges').where('expires_at', '<=', at.toISOString()).execute();
}
