import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '#sync/close-codes.ts';
import { PROGRESS_CLIENT_ID } from '#stage/progress.ts';
import { EMPTY_STAGE, STAGE_CLIENT_ID } from '#stage/stage-state.ts';
import { SERVER_CLIENT_ID } from '#sync/people.ts';
import { SYNC } from '#sync/messages.ts';
import * as Y from 'yjs';
import { ROOM, setUp, storedDocument, until } from './sync-fixture.ts';

describe('people', () => {
	it('[V3] who may only look: their updates are dropped, and they are not left saving', async () => {
		const { connect, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		ann.doc.getMap('cards').set('a', 1);
		const offline = new Y.Doc();
		offline.getMap('cards').set('forged', 1);
		const viewer = connect('person=vic&role=viewer&ack=1', offline);
		await until(() => viewer.isSynchronised && viewer.doc.getMap('cards').has('a'));
		viewer.sendSync(SYNC.step2, Y.encodeStateAsUpdate(offline));
		viewer.doc.getMap('cards').delete('a');
		await until(() => viewer.isSaved && viewer.stored === 2);
		ann.doc.getMap('cards').set('b', 1);
		await until(() => ann.isSaved && viewer.doc.getMap('cards').has('b'));
		expect(ann.doc.getMap('cards').toJSON()).toEqual({ a: 1, b: 1 });
		expect((await storedDocument(db)).getMap('cards').toJSON()).toEqual({ a: 1, b: 1 });
	});

	it('[W2] hear who is here at once, and of changes from when they asked for the document', async () => {
		const { connect, server } = await setUp();
		const ann = connect('person=ann&ack=1');
		await until(() => ann.isSynchronised);
		ann.sendState(1001, 1, { at: 'home' });
		ann.doc.getMap('cards').set('a', 1);
		await until(() => ann.isSaved && ann.people?.['1001']);

		/** What somebody hears who only listens: the beginnings of the frames, as hex. */
		const listen = (query: string) => {
			const socket = new WebSocket(`${server.url}/${ROOM}?${query}`);
			onTestFinished(() => socket.close());
			const heard: string[] = [];
			socket.on('message', (data: Buffer) => heard.push(data.subarray(0, 2).toString('hex')));
			const documentFrames = () => heard.filter((head) => head.startsWith('00'));
			return { socket, heard, documentFrames };
		};
		const ben = listen('person=ben');
		const vic = listen('person=vic&role=viewer');
		await until(() => [ben, vic].every(({ heard }) => heard.some((head) => head.startsWith('01'))));
		ann.doc.getMap('cards').set('b', 1);
		await until(() => ann.isSaved);
		for (const { socket } of [ben, vic]) socket.send(Uint8Array.of(0, 0, 1, 0));
		const [step1, step2, update] = ['0000', '0001', '0002'];
		await until(() => [ben, vic].every(({ heard }) => heard.includes(step2!)));
		expect(ben.documentFrames()).toEqual([step1, step2]);
		expect(vic.documentFrames()).toEqual([step2]);
		ann.doc.getMap('cards').set('c', 1);
		await until(() => [ben, vic].every(({ heard }) => heard.includes(update!)));
	});

	it('[P1] [K1] cannot speak for one another, nor for the server', async () => {
		const { connect } = await setUp();
		const ann = connect('person=ann');
		const eve = connect('person=eve');
		await until(() => ann.isSynchronised && eve.isSynchronised);
		ann.sendState(1001, 1, { at: 'home' });
		await until(() => eve.heard.has(1001) && eve.people !== undefined);
		eve.sendState(STAGE_CLIENT_ID, Date.now() * 2, { round: { state: 'forged' } });
		eve.sendState(PROGRESS_CLIENT_ID, 1, { round: 'forged', placed: [9] });
		eve.sendState(1001, 50, { at: 'the pub' });
		eve.sendState(SERVER_CLIENT_ID, Date.now() * 2, { people: {} });
		eve.sendState(1002, 1, { name: 'ann' });
		eve.sendState(1003, 1, { second: true });
		await until(() => ann.heard.has(1002) && ann.people?.['1002']);
		expect(ann.heard.get(STAGE_CLIENT_ID)?.state).toEqual(EMPTY_STAGE);
		expect(ann.heard.has(PROGRESS_CLIENT_ID)).toBe(false);
		expect(ann.heard.get(1001)?.state ?? { at: 'home' }).toEqual({ at: 'home' });
		expect(ann.heard.has(1003)).toBe(false);
		expect(ann.people?.['1002']).toMatchObject({ id: 'eve', name: 'Name of eve' });
		expect(ann.people?.['1001']).toMatchObject({ id: 'ann' });
		expect(eve.people?.['1001']).toMatchObject({ id: 'ann' });
	});

	it('[P1] cannot take the place of who has just left', async () => {
		const { connect } = await setUp();
		const ann = connect('person=ann');
		const eve = connect('person=eve');
		await until(() => ann.isSynchronised && eve.isSynchronised);
		ann.sendState(1001, 5, { at: 'home' });
		await until(() => eve.heard.get(1001)?.state);
		ann.close();
		await until(() => eve.heard.get(1001)?.state === null, 'ann gone');
		eve.sendState(1001, 90, { at: 'the pub' });
		eve.sendState(1002, 1, {});
		const bob = connect('person=bob');
		await until(() => bob.people?.['1002']);
		expect(bob.heard.has(1001)).toBe(false);
	});

	it('[P3] take over from their own half-open connection', async () => {
		const { connect } = await setUp();
		const old = connect('person=ann');
		const bob = connect('person=bob');
		await until(() => old.isSynchronised && bob.isSynchronised);
		old.sendState(1001, 7, { at: 'home' });
		await until(() => bob.heard.get(1001)?.state?.at === 'home');
		const anew = connect('person=ann');
		await until(() => anew.isSynchronised);
		anew.sendState(1001, 7, { at: 'home again' });
		await until(() => bob.heard.get(1001)?.state?.at === 'home again');
		await until(() => old.closeCode !== undefined, 'the old connection cut');
		expect(anew.isOpen).toBe(true);
	});

	it('[P6] cannot put a book into their state', async () => {
		const { connect } = await setUp();
		const eve = connect('person=eve');
		await until(() => eve.isSynchronised);
		eve.sendState(1002, 1, { text: 'x'.repeat(10_000) });
		await until(() => eve.closeCode === CLOSE.tooLarge);
	});

	it('[V4] cannot write under the client id of somebody else', async () => {
		const { connect, db } = await setUp();
		const ann = connect('person=ann&ack=1');
		const eve = connect('person=eve');
		await until(() => ann.isSynchronised && eve.isSynchronised);
		ann.sendState(ann.doc.clientID, 1, {});
		await until(() => eve.people?.[ann.doc.clientID]);
		const forged = new Y.Doc();
		forged.clientID = ann.doc.clientID;
		forged.getMap('cards').set('forged', 1);
		eve.sendSync(SYNC.update, Y.encodeStateAsUpdate(forged));
		await until(() => eve.closeCode === CLOSE.tryLater);
		ann.doc.getMap('cards').set('mine', 1);
		await until(() => ann.isSaved);
		expect((await storedDocument(db)).getMap('cards').toJSON()).toEqual({ mine: 1 });
	});
});
