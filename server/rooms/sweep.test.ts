import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
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
});
