import { describe, expect, it, onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { addCard, confirmCard, moveCard, setWeight } from '#board/cards.ts';
import { addColumn, removeColumn, renameColumn, rescoreColumn } from '#board/columns.ts';
import { readBoard } from '#board/read-board.ts';
import { readColumns } from '#board/read-columns.ts';
import { instantiate } from '#board/template.ts';
import { findEvents } from '../../server/history/history.repository.ts';
import { setStage } from '../../server/stage/stage.repository.ts';
import { loadTemplates } from '../../server/rooms/templates.ts';
import { connectTo, ROOM, setUp, storedDocument, until } from './sync-fixture.ts';
import { startSyncServer } from './sync-server.ts';

async function templateBoard(): Promise<(doc: Y.Doc) => void> {
	const template = (await loadTemplates()).get('us-russia-cyber-detente')!;
	const made = instantiate(template, { at: new Date() });
	return (doc) => Y.applyUpdate(doc, made);
}

/** A board of the template with a facilitator and two who edit; its first card and where it is not. */
async function open() {
	const setup = await setUp();
	const { server, db, connect } = setup;
	await server.liveRooms.edit(ROOM, await templateBoard());
	const fay = connect('person=fay&role=facilitator&ack=1');
	const ana = connect('person=ana&ack=1');
	const ben = connect('person=ben&ack=1');
	const people = [fay, ana, ben];
	await until(() => people.every((each) => each.isSynchronised && each.isSaved));
	const { cards, columns } = readBoard(fay.doc);
	const card = cards[0]!.id;
	const elsewhere = columns.find(({ id }) => id !== cards[0]!.column)!.id;
	const columnIn = (doc: Y.Doc, id = card) =>
		readBoard(doc).cards.find((each) => each.id === id)?.column;
	const lock = async (locked: 0 | 1) => {
		await setStage(db, ROOM, { locked });
		await server.liveRooms.stageChanged(ROOM);
	};
	const now = () => new Date();
	return { ...setup, fay, ana, ben, people, card, cards, elsewhere, columnIn, lock, now };
}

describe('a locked board', () => {
	it('[K5] has what others move put back for everybody, also for them, and records nothing', async () => {
		const { db, fay, ana, ben, people, card, elsewhere, columnIn, lock, now } = await open();
		const before = columnIn(ana.doc);
		const reviewed = readBoard(ana.doc).cards[0]!.reviewed;
		await lock(1);
		const seen = new Set<string | undefined>();
		ben.doc.on('update', () => seen.add(columnIn(ben.doc)));
		moveCard(ana.doc, card, { column: elsewhere }, now());
		setWeight(ana.doc, card, 1);
		await until(() => ana.isSaved && columnIn(ana.doc) === before);
		await until(() => readBoard(ben.doc).cards.find(({ id }) => id === card)?.weight === 1);
		expect([...seen]).toEqual([before]);
		const stored = await storedDocument(db);
		expect(columnIn(stored)).toBe(before);
		expect(readBoard(stored).cards.find(({ id }) => id === card)?.reviewed).toBe(reviewed);
		const kinds = (await findEvents(db, ROOM)).map(({ kind }) => kind);
		expect(kinds).toContain('card.weighed');
		expect(kinds).not.toContain('card.moved');
		// Facilitators move, and everybody does afterwards.
		moveCard(fay.doc, card, { column: elsewhere }, now());
		await until(() => people.every(({ doc }) => columnIn(doc) === elsewhere));
		await lock(0);
		moveCard(ben.doc, card, { column: before! }, now());
		await until(() => people.every(({ doc }) => columnIn(doc) === before));
	});

	it('[K5] takes all else: new cards, words, “still so”', async () => {
		const { fay, ana, card, elsewhere, lock, now } = await open();
		await lock(1);
		const added = addCard(ana.doc, { title: 'New', column: elsewhere }, now());
		confirmCard(ana.doc, card, now());
		await until(() => readBoard(fay.doc).cards.some(({ id }) => id === added));
		moveCard(ana.doc, added, { column: readBoard(fay.doc).cards[0]!.column }, now());
		setWeight(ana.doc, added, 5);
		await until(() => readBoard(fay.doc).cards.find(({ id }) => id === added)?.weight === 5);
		expect(readBoard(fay.doc).cards.find(({ id }) => id === added)?.column).toBe(elsewhere);
	});

	it('[K5] holds against a card that is removed and put in again elsewhere, and for what comes from offline', async () => {
		const { fay, ana, ben, card, cards, elsewhere, columnIn, lock, connect, now } = await open();
		const other = cards.find(({ id, column }) => id !== card && column !== elsewhere)!;
		const away = new Y.Doc();
		Y.applyUpdate(away, Y.encodeStateAsUpdate(ben.doc));
		await lock(1);
		const before = columnIn(fay.doc);
		const map = ana.doc.getMap<Y.Map<unknown>>('cards');
		const copy = map.get(card)!.clone();
		map.delete(card);
		await until(() => columnIn(fay.doc) === undefined);
		copy.set('place', { column: elsewhere, rank: 'a0' });
		map.set(card, copy);
		await until(() => columnIn(fay.doc) === before && columnIn(ana.doc) === before);

		moveCard(away, other.id, { column: elsewhere }, now());
		const back = connect('person=cem&ack=1', away);
		await until(() => back.isSynchronised && back.isSaved);
		await until(() => columnIn(back.doc, other.id) === other.column);
		expect(columnIn(fay.doc, other.id)).toBe(other.column);
	});

	it('[K5] keeps columns where they are, too', async () => {
		const { fay, ana, people, lock } = await open();
		await lock(1);
		const scale = (doc: Y.Doc) => readColumns(doc).shown.map(({ id, score }) => [id, score]);
		const before = scale(fay.doc);
		const [first, second, third] = before.map(([id]) => String(id));
		rescoreColumn(ana.doc, first!, 12);
		removeColumn(ana.doc, second!);
		addColumn(ana.doc, { label: 'New', score: 3 });
		ana.doc.getMap('columns').delete(third!);
		renameColumn(ana.doc, first!, 'Called otherwise');
		await until(() => readColumns(fay.doc).shown[0]?.label === 'Called otherwise');
		await until(() => ana.isSaved);
		for (const { doc } of people) await until(() => scale(doc).join() === before.join());
		rescoreColumn(fay.doc, first!, -90);
		await until(() => scale(ana.doc)[0]?.[1] === -90);
	});

	it('[K5] writes nothing for what was planted, however often it is touched', async () => {
		const { db, fay, ana, card, elsewhere, columnIn, lock, now } = await open();
		const cards = ana.doc.getMap<Y.Map<unknown>>('cards');
		const planted = ['nan', 'shared', 'large'];
		ana.doc.transact(() => {
			const places = [
				Number.NaN,
				new Y.Map(),
				{ column: 'x', rank: 'a', junk: 'x'.repeat(100_000) }
			];
			for (const [at, id] of planted.entries()) cards.set(id, new Y.Map([['place', places[at]]]));
		});
		await until(() => ana.isSaved);
		await lock(1);
		const size = async () => Y.encodeStateAsUpdate(await storedDocument(db)).byteLength;
		const before = await size();
		for (let n = 0; n < 20; n++) {
			for (const id of planted) cards.get(id)?.set('weight', n);
			await until(() => ana.isSaved);
		}
		expect(cards.get('nan')?.get('place')).toBeNaN();
		// An honest move of the planted ones is put back in a few bytes, or taken where it says the first.
		cards.get('large')?.set('place', { column: elsewhere, rank: 'b' });
		cards.get('shared')?.set('place', { column: elsewhere, rank: 'b' });
		moveCard(ana.doc, card, { column: elsewhere }, now());
		await until(() => ana.isSaved && columnIn(fay.doc) !== elsewhere);
		expect(ana.closeCode).toBeUndefined();
		expect((await size()) - before).toBeLessThan(5_000);
	});

	it('[K5] is locked from the moment that its room is loaded', async () => {
		const { db, server } = await setUp();
		await server.liveRooms.edit(ROOM, await templateBoard());
		await server.liveRooms.close();
		await setStage(db, ROOM, { locked: 1 });
		const again = await startSyncServer(db);
		onTestFinished(() => again.stop());
		const ana = connectTo(again.url, 'person=ana&ack=1');
		await until(() => ana.isSynchronised && ana.isSaved);
		const { cards, columns } = readBoard(ana.doc);
		const { id, column } = cards[0]!;
		moveCard(ana.doc, id, { column: columns.find((each) => each.id !== column)!.id }, new Date());
		await until(() => ana.isSaved && readBoard(ana.doc).cards[0]?.column === column);
	});
});
