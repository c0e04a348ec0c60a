import { describe, expect, it } from 'vitest';
import { addCard, moveCard, setWeight } from '#board/cards.ts';
import { renameColumn } from '#board/columns.ts';
import { refusal } from '../auth/testing.ts';
import { DIALECTS, type Dialect } from '../database/open-test-databases.ts';
import { openTestWorld } from '../rooms/open-test-room.ts';
import type { Person } from '../services.ts';
import { CHECKPOINTS_MAX } from './checkpoints.ts';
import { HISTORY_PAGE } from './history.ts';

/** A room with one card in the column nearest to conflict, and people of every kind. */
async function open(dialect: Dialect = 'sqlite') {
	const world = await openTestWorld(dialect);
	const { services, liveRooms, now } = world;
	const { id, code, fay } = await world.room();
	const ed = await world.guest('Ed', code);
	const { columns } = (await services.rooms.read(fay, id)).board;
	const [first, last] = [columns[0]!.id, columns.at(-1)!.id];
	let card = '';
	await liveRooms.edit(id, (doc) => {
		card = addCard(doc, { title: 'Trust', column: first }, now);
	});
	const move = (person: Person, column: string) =>
		liveRooms.edit(id, (doc) => moveCard(doc, card, { column }, world.pass(0.001)), {
			personId: person.id
		});
	return { world, services, liveRooms, id, code, fay, ed, card, columns, first, last, move };
}

const WHY = { reason: 'They signed.', source: 'https://example.org/treaty' };

describe.each(DIALECTS)('the history of a room on %s', { timeout: 60_000 }, (dialect) => {
	it('[H4] tells who did what, from what to what, with the reading after it', async () => {
		const { services, liveRooms, id, fay, ed, card, columns, last, move } = await open(dialect);
		await move(ed, last);
		await liveRooms.edit(id, (doc) => renameColumn(doc, last, 'Trust each other'));
		const { entries, title, older } = await services.history.read(fay, id);
		const { board } = await services.rooms.read(fay, id);
		expect([title, older]).toEqual([board.title, null]);
		const [renamed, moved, added, opened, found] = entries;
		expect(entries).toHaveLength(5);
		expect(renamed).toMatchObject({ kind: 'column', by: null, subject: { id: last } });
		expect(moved).toMatchObject({
			kind: 'card.moved',
			by: { id: ed.id, name: 'Ed' },
			subject: { id: card, title: 'Trust' },
			from: columns[0]!.label,
			to: 'Trust each other',
			reason: null,
			reading: { value: columns.at(-1)!.score, formula: 1 },
			mayArgue: false
		});
		expect(added).toMatchObject({ kind: 'card.added', to: columns[0]!.label });
		expect(opened).toMatchObject({ kind: 'checkpoint', by: { name: 'Fay' } });
		expect(found).toMatchObject({ kind: 'board', was: null, became: null });
	});

	it('[H4] calls people what they are called in the room, and forgets the erased', async () => {
		const { world, services, id, fay, ed, last, move } = await open(dialect);
		await move(ed, last);
		await services.people.rename(fay, id, ed.id, 'Edward');
		const first = async () => (await services.history.read(fay, id)).entries[0]?.by ?? null;
		expect(await first()).toMatchObject({ name: 'Edward' });
		await world.db.deleteFrom('guests').where('id', '=', ed.id).execute();
		expect(await first()).toBeNull();
	});

	it('[H6] has the reason of whoever made the move, once', async () => {
		const { services, id, fay, ed, card, last, move } = await open(dialect);
		await move(ed, last);
		const { entries } = await services.history.read(ed, id);
		expect(entries[0]).toMatchObject({ reason: null, mayArgue: true });
		const seq = entries[0]!.seq;
		const argue = (person: Person | null, by: object = { seq }, why = WHY) =>
			services.history.argue(person, id, by as { seq: number }, why);
		expect(await refusal(argue(null))).toBe('not-signed-in');
		expect(await refusal(argue(fay))).toBe('no-such-move');
		expect(await refusal(argue(ed, { seq: seq - 1 }))).toBe('no-such-move');
		expect(await refusal(argue(ed, { card, column: 'elsewhere' }))).toBe('no-such-move');
		expect(await refusal(argue(ed, { seq }, { ...WHY, reason: ' \n' }))).toBe('reason-missing');
		const long = { reason: 'a'.repeat(281), source: '' };
		expect(await refusal(argue(ed, { seq }, long))).toBe('reason-too-long');
		const words = { reason: 'a', source: 'b'.repeat(241) };
		expect(await refusal(argue(ed, { seq }, words))).toBe('source-too-long');
		await argue(ed, { card, column: last });
		expect(await refusal(argue(ed))).toBe('reason-given');
		const told = (await services.history.read(fay, id)).entries[0];
		expect(told).toMatchObject({ ...WHY, sourceUrl: WHY.source, mayArgue: false });
	});

	it('[H7] has checkpoints that facilitators set and choose; the hand follows', async () => {
		const { services, id, fay, ed, first, last, move } = await open(dialect);
		const { history } = services;
		expect(await refusal(history.set(ed, id, 'Mine'))).toBe('role-too-low');
		expect(await refusal(history.set(fay, id, '  '))).toBe('checkpoint-name-missing');
		expect(await refusal(history.set(fay, id, 'a'.repeat(81)))).toBe('checkpoint-name-too-long');
		await move(ed, last);
		await history.set(fay, id, 'After  lunch');
		await move(ed, first);
		const hand = async () => (await services.rooms.view(ed, id)).checkpoint;
		expect(await hand()).toMatchObject({ name: 'After lunch', value: 100 });

		const { checkpoints, chosen, may } = await history.read(fay, id);
		expect(checkpoints.map(({ name }) => name)).toEqual(['After lunch', 'Room opened']);
		expect([chosen, may.mark]).toEqual([checkpoints[0]!.seq, true]);
		expect((await history.read(ed, id)).may.mark).toBe(false);
		const opened = checkpoints[1]!.seq;
		expect(await refusal(history.choose(ed, id, opened))).toBe('role-too-low');
		expect(await refusal(history.choose(fay, id, opened + 1))).toBe('no-such-checkpoint');
		await history.choose(fay, id, opened);
		await history.choose(fay, id, opened);
		expect(await hand()).toMatchObject({ name: 'Room opened', seq: opened });
		const { entries } = await history.read(fay, id);
		expect(entries.filter(({ kind }) => kind === 'hand')).toHaveLength(1);
		await history.set(fay, id, 'Now');
		expect(await hand()).toMatchObject({ name: 'Now', value: -100 });
	});
});

describe('the history of a room', () => {
	it('[H4] is read by its people only, page by page', async () => {
		const { world, services, liveRooms, id, ed, card } = await open();
		const [stranger, { id: elsewhere }] = [await world.user('Nobody'), await world.room()];
		expect(await refusal(services.history.read(null, id))).toBe('not-signed-in');
		expect(await refusal(services.history.read(stranger, id))).toBe('not-allowed');
		expect(await refusal(services.history.read(ed, elsewhere))).toBe('not-allowed');
		const edits = HISTORY_PAGE + 7;
		for (let i = 0; i < edits; i++) {
			await liveRooms.edit(id, (doc) => setWeight(doc, card, 2 + (i % 2)));
		}
		const first = await services.history.read(ed, id);
		expect(first.entries).toHaveLength(HISTORY_PAGE);
		const second = await services.history.read(ed, id, first.older!);
		expect(second.older).toBeNull();
		const all = [...first.entries, ...second.entries].map(({ seq }) => seq);
		expect(all).toHaveLength(edits + 3);
		expect(all).toEqual([...new Set(all)].sort((a, b) => b - a));
	});

	it('[H7] has a bounded number of checkpoints', async () => {
		const { world, services, id, fay } = await open();
		const row = await world.db
			.selectFrom('history')
			.selectAll()
			.where('kind', '=', 'checkpoint')
			.executeTakeFirstOrThrow();
		const { seq: _, ...another } = row;
		const rows = Array.from({ length: CHECKPOINTS_MAX - 1 }, () => another);
		await world.db.insertInto('history').values(rows).execute();
		expect(await refusal(services.history.set(fay, id, 'One more'))).toBe('too-many-checkpoints');
	});
});
