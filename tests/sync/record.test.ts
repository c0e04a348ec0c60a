/** What live rooms record of what happens in them. */
import { describe, expect, it } from 'vitest';
import { pino } from 'pino';
import type * as Y from 'yjs';
import { archiveCard, moveCard, setConfidence, setWeight } from '#board/cards.ts';
import { removeColumn } from '#board/columns.ts';
import { root } from '#board/document.ts';
import { readBoard } from '#board/read-board.ts';
import { AT, LATER, SMALL } from '#board/testing.ts';
import { instantiate } from '#board/template.ts';
import { reading } from '#barometer/reading.ts';
import type { Database } from '../../server/database/database.ts';
import type { HistoryRow } from '../../server/history/history.table.ts';
import { createLiveRooms } from '../../server/sync/live-rooms.ts';
import { storeFirstUpdate } from '../../server/sync/update-log.ts';
import { verifyRecord } from './fuzz-checks.ts';
import { setUp as setUpEmpty, ROOM, storedDocument, until } from './sync-fixture.ts';

/** A room with three cards, of which nothing is recorded yet. */
async function setUp() {
	const { db, server, connect } = await setUpEmpty();
	await storeFirstUpdate(db, ROOM, instantiate(SMALL, { at: AT }));
	const join = async (person: string) => {
		const client = connect(`person=${person}&ack=1`);
		await until(() => client.isSynchronised);
		return client;
	};
	return { db, server, join };
}

const rowsOf = (db: Database): Promise<HistoryRow[]> =>
	db.selectFrom('history').selectAll().where('room_id', '=', ROOM).orderBy('seq').execute();

const told = (rows: HistoryRow[]) =>
	rows.map(({ kind, person_id, subject_id }) => [kind, person_id, subject_id]);

describe('a live room', () => {
	it('[H1] records what each person did, by their connection, with the reading after it', async () => {
		const { db, join } = await setUp();
		const [ann, bob] = [await join('ann'), await join('bob')];
		moveCard(ann.doc, 'a', { column: 'cooperation' }, LATER);
		await until(() => ann.isSaved && bob.doc.getMap('cards').size === 3);
		await until(
			() => readBoard(bob.doc).cards.find(({ id }) => id === 'a')?.column === 'cooperation'
		);
		setWeight(bob.doc, 'b', 5);
		setConfidence(bob.doc, 'b', 'high');
		await until(() => bob.isSaved);
		archiveCard(bob.doc, 'c');
		await until(() => bob.isSaved);

		const rows = await rowsOf(db);
		expect(told(rows)).toEqual([
			['board', null, null],
			['card.moved', 'ann', 'a'],
			['card.weighed', 'bob', 'b'],
			['card.confidence', 'bob', 'b'],
			['card.archived', 'bob', 'c']
		]);
		expect(JSON.parse(rows[1]!.was!)).toEqual({ column: 'stalemate', reviewed: AT });
		expect(JSON.parse(rows[1]!.became!)).toEqual({ column: 'cooperation', reviewed: LATER });
		const stored = await storedDocument(db);
		const last = rows.at(-1)!;
		const { value, low, high, word, coverage, formula } = reading(readBoard(stored), last.at);
		expect(last).toMatchObject({ value, low, high, word, coverage, formula });
		await verifyRecord(db, ROOM, stored);
	});

	it('[H1] tells apart who did what in one turn', async () => {
		const { db, server, join } = await setUp();
		const [ann, bob] = [await join('ann'), await join('bob')];
		for (let weight = 0; weight < 5; weight++) {
			setWeight(ann.doc, 'a', weight);
			setWeight(bob.doc, 'b', weight);
			await server.liveRooms.edit(ROOM, (doc) => setWeight(doc, 'c', 4 - weight), {
				personId: 'cleo'
			});
			await until(() => ann.isSaved && bob.isSaved);
		}
		const rows = (await rowsOf(db)).filter(({ kind }) => kind === 'card.weighed');
		const authors = new Set(rows.map(({ person_id, subject_id }) => `${person_id} ${subject_id}`));
		expect([...authors].sort()).toEqual(['ann a', 'bob b', 'cleo c']);
		await verifyRecord(db, ROOM, await storedDocument(db));
	});

	it('[H1] makes no rows of words, of the order in a column, or of what changes nothing', async () => {
		const { db, join } = await setUp();
		const ann = await join('ann');
		const title = (root(ann.doc, 'cards')!.get('a') as Y.Map<unknown>).get('title') as Y.Text;
		title.insert(0, 'Renamed: ');
		moveCard(ann.doc, 'b', { column: 'stalemate', before: 'a' }, LATER);
		setWeight(ann.doc, 'a', 1);
		await until(() => ann.isSaved);
		expect(await rowsOf(db)).toEqual([]);
	});

	it('[H2] records that cards are shown elsewhere when their column goes', async () => {
		const { db, join } = await setUp();
		const ann = await join('ann');
		removeColumn(ann.doc, 'stalemate');
		await until(() => ann.isSaved);
		expect(told(await rowsOf(db)).slice(1)).toEqual([
			['column', 'ann', 'stalemate'],
			['card.shifted', 'ann', 'a'],
			['card.shifted', 'ann', 'b']
		]);
		await verifyRecord(db, ROOM, await storedDocument(db));
	});

	it('[H2] goes on with its record after it left memory', async () => {
		const { db, server } = await setUp();
		await server.liveRooms.edit(ROOM, (doc) => setWeight(doc, 'a', 2));
		await server.stop();
		const again = createLiveRooms({ db, log: pino({ level: 'silent' }) });
		await again.edit(ROOM, (doc) => setWeight(doc, 'a', 3));
		await again.close();
		expect(told(await rowsOf(db)).map(([kind]) => kind)).toEqual([
			'board',
			'card.weighed',
			'card.weighed'
		]);
		await verifyRecord(db, ROOM, await storedDocument(db));
	});

	it('[H3] stores a note in order with the edits, also where nothing changed', async () => {
		const { db, server, join } = await setUp();
		const ann = await join('ann');
		setWeight(ann.doc, 'a', 4);
		const note = {
			kind: 'checkpoint',
			subject: null,
			was: null,
			became: { name: 'Noon' }
		} as const;
		await until(() => ann.isSaved);
		await server.liveRooms.edit(ROOM, () => {}, { personId: 'ann', note });
		const rows = await rowsOf(db);
		expect(told(rows).slice(1)).toEqual([
			['card.weighed', 'ann', 'a'],
			['checkpoint', 'ann', null]
		]);
		expect(rows.at(-1)!.value).toBe(rows.at(-2)!.value);
	});

	it('[H7] tells its pages where the set hand points, and those who come later', async () => {
		const { db, server, join } = await setUp();
		const ann = await join('ann');
		const hand = (client: typeof ann) => client.server?.hand;
		await until(() => hand(ann) === null);
		const note = {
			kind: 'checkpoint',
			subject: null,
			was: null,
			became: { name: 'Noon' }
		} as const;
		await server.liveRooms.edit(ROOM, () => {}, { note });
		await server.liveRooms.handTurned(ROOM);
		await until(() => hand(ann)?.name === 'Noon');
		expect(hand(ann)?.value).toBe((await rowsOf(db)).at(-1)!.value);
		const bob = await join('bob');
		await until(() => hand(bob)?.name === 'Noon');
	});

	it('[H8] bounds its record, which folds to the board as before and keeps what was argued', async () => {
		const limits = { maxHistoryRows: 20, trimHistoryAfter: 5 };
		const { db, server } = await setUpEmpty({ limits });
		await storeFirstUpdate(db, ROOM, instantiate(SMALL, { at: AT }));
		const edit = (weight: number) =>
			server.liveRooms.edit(ROOM, (doc) => setWeight(doc, 'a', weight), { personId: 'ann' });
		const note = {
			kind: 'checkpoint',
			subject: null,
			was: null,
			became: { name: 'Noon' }
		} as const;
		await server.liveRooms.edit(ROOM, (doc) => moveCard(doc, 'a', { column: 'easing' }, LATER), {
			note
		});
		await db
			.updateTable('history')
			.set({ reason: 'So.' })
			.where('kind', '=', 'card.moved')
			.execute();
		for (let i = 0; i < 60; i++) await edit(2 + (i % 3));
		await until(async () => (await rowsOf(db)).length <= 30, 'trimmed');
		const rows = await rowsOf(db);
		expect(rows.slice(0, 3).map(({ kind }) => kind)).toEqual(['card.moved', 'checkpoint', 'board']);
		await verifyRecord(db, ROOM, await storedDocument(db));
	});
});
