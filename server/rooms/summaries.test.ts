import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { pino } from 'pino';
import { reading } from '#barometer/reading.ts';
import { setBoardTitle } from '#board/board-details.ts';
import { readBoard } from '#board/read-board.ts';
import { moveCard, setWeight } from '#board/cards.ts';
import { DIALECTS, type Dialect } from '../database/open-test-databases.ts';
import { openWorld } from '../teams/testing.ts';
import { eraseRoom } from './room.repository.ts';
import { Summaries } from './summaries.ts';

const WAIT = { timeout: 10_000, interval: 5 };

async function open(dialect: Dialect = 'sqlite', delayMs = 1) {
	const world = await openWorld(dialect);
	const { db, liveRooms } = world;
	const lines: string[] = [];
	const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
	const start = () => {
		const summaries = new Summaries({ db, liveRooms, log, delayMs });
		onTestFinished(() => summaries.stop());
		return summaries;
	};
	const summaryOf = (id: string) =>
		db.selectFrom('room_summaries').selectAll().where('room_id', '=', id).executeTakeFirst();
	const ana = await world.user('Ana');
	return { ...world, ana, lines, start, summaryOf, id: await world.room(ana) };
}

describe.each(DIALECTS)('summaries on %s', { timeout: 60_000 }, (dialect) => {
	it('are there from the first moment of a room, with its reading as that of its day', async () => {
		const { db, services, ana, id, summaryOf } = await open(dialect);
		const { board, reading: now } = await services.rooms.read(ana, id);
		const { value, low, high, word, formula } = now;
		expect(await summaryOf(id)).toEqual({
			room_id: id,
			seq: 1,
			changed_at: '2026-03-01T12:00:00.000Z',
			title: board.title,
			formula,
			value,
			low,
			high,
			word
		});
		expect(await db.selectFrom('room_days').selectAll().execute()).toEqual([
			{ room_id: id, day: '2026-03-01', formula, value }
		]);
	});

	it('follow what is stored, some time later, with one reading a day', async () => {
		const { db, liveRooms, id, start, summaryOf } = await open(dialect);
		const summaries = start();
		liveRooms.onChanged((roomId) => summaries.note(roomId));
		const [card] = (await liveRooms.read(id, readBoard)).cards;
		for (const column of ['cooperation', 'conflict']) {
			await liveRooms.edit(id, (doc) => moveCard(doc, card!.id, { column }, new Date()));
		}
		await liveRooms.edit(id, (doc) => setBoardTitle(doc, 'Moved'));
		const expected = reading(await liveRooms.read(id, readBoard), new Date()).value;
		await vi.waitFor(async () => {
			expect(await summaryOf(id)).toMatchObject({ title: 'Moved', value: expected });
		}, WAIT);
		const today = new Date().toISOString().slice(0, 10);
		const days = await db.selectFrom('room_days').select(['day', 'value']).execute();
		expect(days.filter(({ day }) => day === today)).toEqual([{ day: today, value: expected }]);
		expect(days).toHaveLength(2);
	});

	it('find after a crash what had changed, and only that', async () => {
		const { liveRooms, db, ana, id, room, start, summaryOf } = await open(dialect);
		const other = await room(ana);
		const before = await summaryOf(other);
		await liveRooms.edit(id, (doc) => setBoardTitle(doc, 'Before the crash'));
		expect(await summaryOf(id)).toMatchObject({ title: 'Room', seq: 1 });
		// A room of before there were summaries.
		const old = await room(ana);
		await db.deleteFrom('room_summaries').where('room_id', '=', old).execute();

		await start().start();
		await vi.waitFor(async () => {
			expect(await summaryOf(id)).toMatchObject({ title: 'Before the crash', seq: 2 });
			expect(await summaryOf(old)).toMatchObject({ changed_at: '2026-03-01T12:00:00.000Z' });
		}, WAIT);
		expect(await summaryOf(other)).toEqual(before);
	});

	it('that come late change nothing', async () => {
		const { db, id, start, summaryOf } = await open(dialect);
		await db.updateTable('room_summaries').set({ seq: 9, title: 'Newer' }).execute();
		await start().refresh(id);
		expect(await summaryOf(id)).toMatchObject({ seq: 9, title: 'Newer' });
	});
});

describe('summaries', () => {
	it('of a board on which nothing counts have no reading, and its day says so', async () => {
		const { db, liveRooms, id, start, summaryOf } = await open();
		const { cards } = await liveRooms.read(id, readBoard);
		await liveRooms.edit(id, (doc) => {
			for (const card of cards) setWeight(doc, card.id, 0);
		});
		await start().refresh(id);
		expect(await summaryOf(id)).toMatchObject({ value: null, low: null, high: null, word: null });
		expect(await db.selectFrom('room_days').select('value').execute()).toContainEqual({
			value: null
		});
	});

	it('of many changes are few', async () => {
		const { liveRooms, id, start } = await open('sqlite', 50);
		const summaries = start();
		const refresh = vi.spyOn(summaries, 'refresh');
		for (let i = 0; i < 1000; i++) summaries.note(id);
		await liveRooms.edit(id, (doc) => setBoardTitle(doc, 'Last'));
		await vi.waitFor(() => expect(refresh).toHaveBeenCalledTimes(1), WAIT);
		await summaries.stop();
		expect(refresh).toHaveBeenCalledTimes(1);
	});

	it('that wait are made when the server stops', async () => {
		const { liveRooms, id, start, summaryOf } = await open('sqlite', 3_600_000);
		const summaries = start();
		await liveRooms.edit(id, (doc) => setBoardTitle(doc, 'Last words'));
		summaries.note(id);
		await summaries.stop();
		expect(await summaryOf(id)).toMatchObject({ title: 'Last words' });
	});

	it('of a room that is erased meanwhile are none, and nothing is logged', async () => {
		const { db, liveRooms, id, start, summaryOf, lines } = await open();
		const read = liveRooms.read.bind(liveRooms);
		vi.spyOn(liveRooms, 'read').mockImplementation(async (roomId, use) => {
			const board = await read(roomId, use);
			await eraseRoom(db, id);
			return board;
		});
		const summaries = start();
		summaries.note(id);
		await vi.waitFor(() => expect(liveRooms.read).toHaveBeenCalled(), WAIT);
		await summaries.stop();
		await summaries.refresh(id);
		expect(await summaryOf(id)).toBeUndefined();
		expect(lines).toEqual([]);
	});

	it('that fail are logged without the board’s words, and hold up no other room', async () => {
		const { db, liveRooms, ana, id, room, start, summaryOf, lines } = await open();
		const other = await room(ana);
		await liveRooms.edit(other, (doc) => setBoardTitle(doc, 'Fine'));
		const summaries = start();
		const read = liveRooms.read.bind(liveRooms);
		vi.spyOn(liveRooms, 'read').mockImplementation((roomId, use) =>
			roomId === id ? Promise.reject(new Error('out of order')) : read(roomId, use)
		);
		summaries.note(id);
		summaries.note(other);
		await vi.waitFor(async () => {
			expect(await summaryOf(other)).toMatchObject({ title: 'Fine' });
		}, WAIT);
		expect(lines).toHaveLength(1);
		expect(lines[0]).toContain('cannot summarise a room');
		expect(await db.selectFrom('rooms').selectAll().execute()).toHaveLength(2);
	});
});
