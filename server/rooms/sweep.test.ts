import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createToken, hashToken } from '../secret-token.ts';
import { storeChallenge } from '../auth/passkey.repository.ts';
import { createResetLink } from '../auth/password-resets.ts';
import { Sessions } from '../auth/sessions.ts';
import { insertUser } from '../auth/user.repository.ts';
import { databaseFile, openDatabase } from '../database/database.ts';
import { migrate } from '../database/migrate.ts';
import { temporaryFolder } from '../database/open-test-databases.ts';
import { writeSnapshot } from '../sync/update-log.ts';
import { createRoom } from './create-room.ts';
import { findRoom } from './room.repository.ts';
import { sweep } from './sweep.ts';
import { loadTemplates } from './templates.ts';

const AT = new Date('2026-03-01T12:00:00Z');
const later = (days: number) => new Date(AT.getTime() + days * 86_400_000);

async function open() {
	const folder = temporaryFolder();
	const db = openDatabase(folder);
	onTestFinished(() => db.destroy());
	await migrate(db);
	const template = (await loadTemplates()).get('blank')!;
	const create = (title: string, at: Date) =>
		createRoom(db, null, { template, title, name: `Owner of ${title}` }, at);
	return { folder, db, create };
}

describe('a sweep', () => {
	it('leaves nothing of an expired room or guest in the file', async () => {
		const { folder, db, create } = await open();
		const old = await create('Quagga', AT);
		await create('Okapi', later(80));
		// Long enough to lie in pages of its own.
		const data = Buffer.from('Quagga in a snapshot. '.repeat(2000));
		await writeSnapshot(db, { roomId: old.id, seq: 1, data });
		const content = async () => {
			await sql`pragma wal_checkpoint(truncate)`.execute(db);
			return readFileSync(databaseFile(folder)).toString('latin1');
		};
		expect(await content()).toContain('Quagga in a snapshot');
		expect(await content()).toContain('Owner of Quagga');

		expect(await sweep(db, later(100), () => {})).toEqual({ rooms: 1, guests: 1 });
		expect(await content()).not.toContain('Quagga');
		expect(await content()).toContain('Okapi');
	});

	it('cuts off who is still in an erased room, and nobody else', async () => {
		const { db, create } = await open();
		const old = await create('Old', AT);
		await create('Young', later(20));
		const guest = await db
			.selectFrom('members')
			.selectAll()
			.where('room_id', '=', old.id)
			.execute();
		const cut: string[] = [];
		await sweep(db, later(30), (room, person) => cut.push(`${room} ${person}`));
		expect(cut).toEqual([`${old.id} ${guest[0]?.person_id}`]);
		expect(await findRoom(db, old.id, AT)).toBeUndefined();
	});

	it('erases sessions, links to set a password and passkeys’ challenges that have expired', async () => {
		const { db } = await open();
		const user = { id: 'ana', email: 'ana@example.org', name: 'Ana', colour: 1 };
		const now = new Date();
		await insertUser(db, { ...user, password_hash: null, created_at: now.toISOString() });
		await new Sessions(db).start(user.id, 'Firefox');
		await createResetLink(db, user.id, now);
		await storeChallenge(db, {
			browserHash: hashToken(createToken())!,
			challenge: 'x',
			purpose: 'sign-in',
			userId: null,
			expires: now
		});
		const left = async () => {
			const tables = ['sessions', 'password_resets', 'passkey_challenges'] as const;
			const rows = tables.map((table) => db.selectFrom(table).select('expires_at').execute());
			return (await Promise.all(rows)).map(({ length }) => length);
		};
		const after = (days: number) => new Date(now.getTime() + days * 86_400_000);
		await sweep(db, now, () => {});
		expect(await left()).toEqual([1, 1, 0]);
		await sweep(db, after(2), () => {});
		expect(await left()).toEqual([1, 0, 0]);
		await sweep(db, after(31), () => {});
		expect(await left()).toEqual([0, 0, 0]);
	});
});
