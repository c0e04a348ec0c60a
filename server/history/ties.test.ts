/** Whose rows of the record are, as people become users or are erased. */
import { describe, expect, it } from 'vitest';
import { adoptGuest } from '../auth/adopt-guest.ts';
import { eraseUser } from '../auth/erase-user.ts';
import { exportAccount } from '../auth/export-account.ts';
import { DIALECTS } from '../database/open-test-databases.ts';
import { openTestWorld, type TestWorld } from '../rooms/open-test-room.ts';
import { sweep } from '../rooms/sweep.ts';

const authors = async ({ db }: TestWorld, room: string) => {
	const rows = db.selectFrom('history').select('person_id').where('room_id', '=', room);
	return (await rows.orderBy('seq').execute()).map(({ person_id }) => person_id);
};

describe.each(DIALECTS)('a row of the record on %s', { timeout: 60_000 }, (dialect) => {
	it('[H5] is a guest’s, then that of the account that the guest makes, and then nobody’s', async () => {
		const world = await openTestWorld(dialect);
		const { db } = world;
		const { id, fay } = await world.room();
		const [owner, ann] = [await world.user('Owner'), await world.user('Ann')];
		const other = await world.room(owner);
		expect(await authors(world, id)).toEqual([null, fay.id]);
		await db.transaction().execute((trx) => adoptGuest(trx, fay.id, ann.id, world.now));
		expect(await authors(world, id)).toEqual([null, ann.id]);
		expect((await exportAccount(db, ann.id, world.now))?.history).toMatchObject([
			{ room: id, kind: 'checkpoint' }
		]);
		// Somebody else owns it too, so that it stays.
		await db
			.updateTable('members')
			.set({ person_id: owner.id })
			.where('room_id', '=', id)
			.execute();
		await eraseUser(db, ann.id, world.now);
		expect(await authors(world, id)).toEqual([null, null]);
		expect(await authors(world, other.id)).toEqual([null, owner.id]);
	});

	it('[H5] is nobody’s once the guest’s time is over, and gone with its room', async () => {
		const world = await openTestWorld(dialect, { guestRetentionDays: 5 });
		const { id } = await world.room();
		await sweep(world.db, world.pass(10), () => {});
		expect(await authors(world, id)).toEqual([null, null]);
		await sweep(world.db, world.pass(30), () => {});
		expect(await authors(world, id)).toEqual([]);
	});
});
