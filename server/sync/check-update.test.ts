import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { checkStateVector, checkUpdate } from './check-update.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** One of every kind of content that a client may send. */
function everything(): Y.Doc {
	const doc = new Y.Doc();
	const map = doc.getMap('map');
	map.set('any', { a: [1, -70_000, 1.5, true, null, undefined, 'x', new Uint8Array(3)], b: 10n });
	map.set('bytes', new Uint8Array([1, 2, 3]));
	map.set('nested', new Y.Map([['array', new Y.Array()]]));
	const text = doc.getText('text');
	text.insert(0, 'détente 🕊', { bold: true });
	text.insertEmbed(3, { image: 'x' });
	text.delete(1, 3);
	doc.getXmlFragment('xml').insert(0, [new Y.XmlElement('p'), new Y.XmlText('t')]);
	doc.getArray('list').push([1, 2, 3]);
	doc.getArray('list').delete(0, 2);
	map.delete('nested');
	return doc;
}

describe('an update', () => {
	it('[V2] of every honest kind passes, and says whose structs it carries', () => {
		const doc = everything();
		const { clientID } = doc;
		const to = Y.getState(doc.store, clientID);
		expect(checkUpdate(Y.encodeStateAsUpdate(doc)).ranges).toEqual([
			{ client: clientID, from: 0, to }
		]);
		expect(checkUpdate(hex('0000')).ranges).toEqual([]);
		const gap = Y.mergeUpdates([
			Y.encodeStateAsUpdate(doc, Y.encodeStateVector(new Map([[clientID, 5]])))
		]);
		expect(checkUpdate(gap).ranges).toEqual([{ client: clientID, from: 5, to }]);
	});

	it.each([
		['a GC struct of no length', '01 01 02 00 00 00 00'],
		['an item of no length after another', '01 02 02 00 21 01 01 6d 01 6b 01 a8 02 00 00 00'],
		['an empty string', '01 01 02 00 04 01 01 74 00 00'],
		['an empty list of values', '01 01 02 00 08 01 01 74 00 00'],
		['a skip of no length', '01 01 02 00 0a 00 00'],
		['a delete range of no length', '00 01 02 01 00 00'],
		['delete ranges out of order', '00 01 02 02 0a 01 05 01'],
		['delete ranges that overlap', '00 01 02 02 0a 05 0c 05'],
		['delete ranges of one client twice', '00 02 02 01 0a 05 02 01 14 05'],
		['more structs than bytes', '01 ff ff ff 0f 02 00 00'],
		['more clients than bytes', 'ff ff ff 0f'],
		['more delete ranges than bytes', '00 01 02 ff ff ff 0f'],
		['more values than bytes', '01 01 02 00 08 01 01 74 ff ff 7f 7f 00'],
		['bytes after the end', '00 00 00'],
		['an end that is missing', '00'],
		['a skip with flags, which Yjs reads in two ways', '01 01 02 00 8a 02 00 01 00'],
		['unknown content', '01 01 02 00 1f 01 01 74 01 00'],
		['a subdocument', '01 01 02 00 09 01 01 74 01 61 76 00 00'],
		['an origin in its own future', '01 01 02 00 84 02 00 01 61 00'],
		['a parent in its own future', '01 01 02 00 04 00 02 05 01 61 00'],
		['an unknown kind of parent', '01 01 02 00 04 02 02 05 01 61 00'],
		['text that is not UTF-8', '01 01 02 00 04 01 01 74 01 ff 00'],
		['an embed that is not JSON', '01 01 02 00 05 01 01 74 01 7b 00'],
		['an unknown type', '01 01 02 00 07 01 01 74 09 00'],
		['a __proto__ key', '01 01 02 00 08 01 01 74 01 76 01 09 5f5f70726f746f5f5f 7e 00'],
		['values in values without end', `01 01 02 00 08 01 01 74 01 ${'75 01'.repeat(100)} 7e 00`],
		['a number without end', `00 01 ${'80'.repeat(200)} 00`],
		['a clock out of range', '01 01 02 ff ff ff ff ff ff ff 0f 00 05 00'],
		['encoding V2', Buffer.from(Y.encodeStateAsUpdateV2(everything())).toString('hex')]
	])('[V2] with %s is refused', (_, bytes) => {
		expect(() => checkUpdate(hex(bytes))).toThrow(expect.objectContaining({ name: 'FrameError' }));
	});
});

describe('a state vector', () => {
	it('[V2] is bounded by its bytes', () => {
		expect(() => checkStateVector(Y.encodeStateVector(everything()))).not.toThrow();
		for (const bytes of ['ffffff0f', '01', '0102', '000000', '01020300']) {
			expect(() => checkStateVector(hex(bytes)), bytes).toThrow();
		}
	});

	it('[S4] says what an update builds on', () => {
		const [one, other] = [new Y.Doc(), new Y.Doc()];
		[one.clientID, other.clientID] = [1, 2];
		const updates: Uint8Array[] = [];
		other.on('update', (update) => updates.push(update));
		one.getText('t').insert(0, 'hello');
		Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
		other.getText('t').insert(3, 'p');
		other.getText('t').insert(4, 'q');
		other.getText('t').delete(0, 2);
		const needs = updates.slice(1).map((update) => [...checkUpdate(update).needs]);
		// Between the third and the fourth letter of one; after its own first; two letters erased.
		expect(needs).toEqual([
			[[1, 4]],
			[
				[2, 1],
				[1, 4]
			],
			[[1, 2]]
		]);
		expect([...checkUpdate(Y.encodeStateAsUpdate(other)).needs]).toEqual([]);
	});

	it('[S4] counts a part left out as needed, and refuses a client that comes twice', () => {
		const doc = new Y.Doc();
		doc.clientID = 7;
		const updates: Uint8Array[] = [];
		doc.on('update', (update) => updates.push(update));
		for (const letter of 'abc') doc.getArray('list').push([letter]);
		const withSkip = Y.mergeUpdates([updates[0]!, updates[2]!]);
		expect([...checkUpdate(withSkip).needs]).toEqual([[7, 2]]);
		const twice = hex('02 01 07 00 00 01 01 07 01 00 01 00');
		expect(() => checkUpdate(twice)).toThrow('twice');
	});
});
