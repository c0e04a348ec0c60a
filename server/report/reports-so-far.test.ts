import { expect, it } from 'vitest';
import { openTestWorld } from '../rooms/open-test-room.ts';
import { insertWorkshop } from '../workshop/workshop.repository.ts';
import { ReportsSoFar } from './reports-so-far.ts';

it('makes a report anew when something has happened', async () => {
	const world = await openTestWorld();
	const { db, liveRooms, now } = world;
	const { id, fay } = await world.room();
	const workshop = await insertWorkshop(db, id, now.toISOString());
	const reports = new ReportsSoFar({ db, liveRooms });
	const first = await reports.of(workshop, now);
	expect(await reports.of(workshop, now)).toBe(first);
	const became = { place: 0, kind: 'board', title: 'Now', card: null } as const;
	const note = { kind: 'step', subject: null, was: null, became } as const;
	await liveRooms.edit(id, () => {}, { personId: fay.id, note });
	const second = await reports.of(workshop, now);
	expect(second.agenda).toMatchObject([{ title: 'Now' }]);
	expect(await reports.of(workshop, now)).toBe(second);
});

it('makes another one after one that failed', async () => {
	const world = await openTestWorld();
	const { db, liveRooms, now } = world;
	const { id } = await world.room();
	const workshop = await insertWorkshop(db, id, now.toISOString());
	let isBroken = true;
	const read = <T>(room: string, use: Parameters<typeof liveRooms.read<T>>[1]) =>
		isBroken ? Promise.reject(new Error('broken')) : liveRooms.read(room, use);
	const reports = new ReportsSoFar({ db, liveRooms: { read, people: () => [] } });
	await expect(reports.of(workshop, now)).rejects.toThrow('broken');
	isBroken = false;
	expect((await reports.of(workshop, now)).number).toBe(1);
});
