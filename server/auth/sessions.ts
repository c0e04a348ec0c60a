/**
 * Sessions: a browser in which somebody is signed in, known by the cookie `session`. This is the
 * only module that knows Lucia, which is deprecated upstream; it decides ids, expiry and renewal,
 * and everything else here is ours.
 *
 * - Id: 200 random bits from Lucia. The database holds its SHA-256 alone, which is also the
 *   session's public handle: it names a session to end and opens none.
 * - A session lasts 30 days from its last renewal, which comes in its second half.
 * - Threats: a stolen database opens no session; a session that was planted before sign-in is never
 *   taken over, since each sign-in makes a new one.
 */
import { createHash } from 'node:crypto';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import type { Database } from '../database/database.ts';
import type { StoredSession } from './session.table.ts';
import type { User } from './user.table.ts';

export const SESSION_COOKIE = 'session';
const SESSION_DAYS = 30;
/** How exactly it is kept when a session was last used. */
const USED_EVERY_MS = 60 * 60 * 1000;
/** Lucia's ids: 40 characters of base 32. */
const ID = /^[a-z2-7]{40}$/;

declare module 'lucia' {
	interface Register {
		Lucia: Lucia<SessionAttributes, User>;
		DatabaseUserAttributes: User;
		DatabaseSessionAttributes: SessionAttributes;
	}
}

interface SessionAttributes {
	device: string;
	createdAt: string;
	usedAt: string;
}

/** A cookie to set: its value goes out once and is kept only as a hash. */
export interface SessionPass {
	id: string;
	expires: Date;
}

/** A session as its owner sees it. */
export interface SessionSummary {
	/** Names it, and opens nothing. */
	handle: string;
	device: string;
	createdAt: string;
	usedAt: string;
}

export interface SignedIn {
	user: User;
	handle: string;
	/** Set when the session was renewed: the cookie is to be set anew. */
	renewed: SessionPass | null;
}

export class Sessions {
	readonly #db: Database;
	readonly #lucia: Lucia<SessionAttributes, User>;

	constructor(db: Database) {
		this.#db = db;
		this.#lucia = new Lucia(adapter(db), {
			sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
			getSessionAttributes: (attributes) => attributes,
			getUserAttributes: (attributes) => attributes
		});
	}

	/** Signs somebody in on a device. */
	async start(userId: string, device: string): Promise<SessionPass> {
		const now = new Date().toISOString();
		const attributes = { device, createdAt: now, usedAt: now };
		const { id, expiresAt } = await this.#lucia.createSession(userId, attributes);
		return { id, expires: expiresAt };
	}

	/** Who is signed in by this cookie; null for every value that is not a session now. */
	async find(id: string | undefined): Promise<SignedIn | null> {
		if (id === undefined || !ID.test(id)) return null;
		const { session, user } = await this.#lucia.validateSession(id);
		if (session === null) return null;
		await this.#noteUse(id, session.usedAt);
		const renewed = session.fresh ? { id, expires: session.expiresAt } : null;
		return { user, handle: handleOf(id), renewed };
	}

	/** Signs out this browser; a value that is no session changes nothing. */
	async end(id: string | undefined): Promise<void> {
		if (id !== undefined && ID.test(id)) await this.#lucia.invalidateSession(id);
	}

	/** Signs out everywhere, but for one session when its handle is given. */
	async endAll(userId: string, exceptHandle?: string): Promise<void> {
		if (exceptHandle === undefined) return this.#lucia.invalidateUserSessions(userId);
		await this.#db
			.deleteFrom('sessions')
			.where('user_id', '=', userId)
			.where('id_hash', '!=', exceptHandle)
			.execute();
	}

	/** Ends one of somebody's own sessions; another's handle changes nothing. */
	async endOne(userId: string, handle: string): Promise<void> {
		await this.#db
			.deleteFrom('sessions')
			.where('user_id', '=', userId)
			.where('id_hash', '=', handle)
			.execute();
	}

	/** Where somebody is signed in, the last used first. */
	async list(userId: string): Promise<SessionSummary[]> {
		const rows = await this.#db
			.selectFrom('sessions')
			.selectAll()
			.where('user_id', '=', userId)
			.where('expires_at', '>', new Date().toISOString())
			.orderBy('used_at', 'desc')
			.execute();
		return rows.map(({ id_hash, device, created_at, used_at }) => ({
			handle: id_hash,
			device,
			createdAt: created_at,
			usedAt: used_at
		}));
	}

	async #noteUse(id: string, usedAt: string): Promise<void> {
		const now = Date.now();
		if (now - Date.parse(usedAt) < USED_EVERY_MS) return;
		await this.#db
			.updateTable('sessions')
			.set({ used_at: new Date(now).toISOString() })
			.where('id_hash', '=', handleOf(id))
			.execute();
	}
}

/** Erases the sessions that had expired at `at`. */
export async function eraseExpiredSessions(db: Database, at: Date): Promise<void> {
	await db.deleteFrom('sessions').where('expires_at', '<=', at.toISOString()).execute();
}

function handleOf(id: string): string {
	return createHash('sha256').update(id).digest('hex');
}

/** Lucia's storage: it speaks of ids, the table of their hashes. */
function adapter(db: Database): Adapter {
	const toLucia = (id: string, row: StoredSession): DatabaseSession => ({
		id,
		userId: row.user_id,
		expiresAt: new Date(row.expires_at),
		attributes: { device: row.device, createdAt: row.created_at, usedAt: row.used_at }
	});
	const sessionOf = (id: string) =>
		db.selectFrom('sessions').selectAll().where('id_hash', '=', handleOf(id)).executeTakeFirst();

	return {
		async getSessionAndUser(id) {
			const row = await sessionOf(id);
			if (row === undefined) return [null, null];
			const user = await db
				.selectFrom('users')
				.selectAll()
				.where('id', '=', row.user_id)
				.executeTakeFirst();
			if (user === undefined) return [null, null];
			return [toLucia(id, row), { id: user.id, attributes: user }];
		},
		async getUserSessions(userId) {
			const rows = await db
				.selectFrom('sessions')
				.selectAll()
				.where('user_id', '=', userId)
				.execute();
			return rows.map((row) => toLucia(row.id_hash, row));
		},
		async setSession({ id, userId, expiresAt, attributes }) {
			await db
				.insertInto('sessions')
				.values({
					id_hash: handleOf(id),
					user_id: userId,
					device: attributes.device,
					created_at: attributes.createdAt,
					used_at: attributes.usedAt,
					expires_at: expiresAt.toISOString()
				})
				.execute();
		},
		async updateSessionExpiration(id, expiresAt) {
			await db
				.updateTable('sessions')
				.set({ expires_at: expiresAt.toISOString() })
				.where('id_hash', '=', handleOf(id))
				.execute();
		},
		async deleteSession(id) {
			await db.deleteFrom('sessions').where('id_hash', '=', handleOf(id)).execute();
		},
		async deleteUserSessions(userId) {
			await db.deleteFrom('sessions').where('user_id', '=', userId).execute();
		},
		deleteExpiredSessions: () => eraseExpiredSessions(db, new Date())
	};
}
