import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { editAtRandom } from '../../tests/sync/edits.ts';
import { seededRandom } from '../../tests/sync/random.ts';
import { checkUpdate } from './check-update.ts';
import { checkPlaces } from './places.ts';

const MAX = 16;

/** Maps within maps under the root `cards`, `depth` of them, in one update each or in one for all. */
function nested(depth: number): { all: Uint8Array; each: Uint8Array[] } {
	const doc = new Y.Doc();
	const each: Uint8Array[] = [];
	doc.on('update', (update) => each.push(update));
	let map = doc.getMap<unknown>('cards');
	for (let level = 0; level < depth; level++) {
		const inner = new Y.Map<unknown>();
		map.set('k', inner);
		map = inner;
	}
	return { all: Y.encodeStateAsUpdate(doc), each };
}

describe('places', () => {
	it('[V8] is counted within one update', () => {
		expect(() => checkPlaces(new Y.Doc(), nested(MAX).all, MAX)).not.toThrow();
		expect(() => checkPlaces(new Y.Doc(), nested(MAX + 1).all, MAX)).toThrow('too deep');
		expect(() => checkPlaces(new Y.Doc(), nested(5_000).all, MAX)).toThrow('too deep');
	});

	it('[V8] goes on from what is in the document', () => {
		const doc = new Y.Doc();
		const { each } = nested(MAX + 1);
		for (const update of each.slice(0, MAX)) {
			checkPlaces(doc, update, MAX);
			Y.applyUpdate(doc, update);
		}
		expect(() => checkPlaces(doc, each[MAX]!, MAX)).toThrow('too deep');
	});

	it('[V8] is the same for a type that only names its neighbour', () => {
		const doc = new Y.Doc();
		const { each } = nested(MAX);
		for (const update of each) Y.applyUpdate(doc, update);
		let deepest = doc.getMap<unknown>('cards');
		while (deepest.get('k') instanceof Y.Map) deepest = deepest.get('k') as Y.Map<unknown>;
		const rival = new Y.Doc();
		Y.applyUpdate(rival, Y.encodeStateAsUpdate(doc));
		const updates: Uint8Array[] = [];
		rival.on('update', (update) => updates.push(update));
		let parent = rival.getMap<unknown>('cards');
		while (parent.get('k') instanceof Y.Map) parent = parent.get('k') as Y.Map<unknown>;
		// A value, then types that replace it: they say no parent, only whom they come after.
		parent.set('x', 1);
		parent.set('x', new Y.Map());
		parent.set('x', new Y.Map());
		Y.applyUpdate(doc, updates[0]!);
		expect(() => checkPlaces(doc, updates[1]!, MAX)).toThrow('too deep');
		expect(() => checkPlaces(doc, Y.mergeUpdates(updates), MAX)).toThrow('too deep');
		expect(() => checkPlaces(doc, Y.mergeUpdates(updates), MAX + 1)).not.toThrow();
	});

	it('[V8] of what lies in deleted content does not matter', () => {
		const doc = new Y.Doc();
		const { all, each } = nested(3);
		Y.applyUpdate(doc, all);
		doc.getMap('cards').delete('k');
		expect(() => checkPlaces(doc, each[2]!, MAX)).not.toThrow();
	});

	it('[V8] is not what an update says of structs that the document has', () => {
		const doc = new Y.Doc();
		doc.clientID = 1;
		let map = doc.getMap<unknown>('cards');
		for (let level = 0; level < MAX; level++) {
			const inner = new Y.Map<unknown>();
			map.set('k', inner);
			map = inner;
		}
		// The same structs, all of them in a root; what comes next is within the last.
		const liar = new Y.Doc();
		liar.clientID = 1;
		for (let level = 0; level < MAX - 1; level++)
			liar.getMap('cards').set(`k${level}`, new Y.Map());
		const last = new Y.Map<unknown>();
		liar.getMap('cards').set('last', last);
		last.set('deeper', new Y.Map());
		expect(() => checkPlaces(doc, Y.encodeStateAsUpdate(liar), MAX)).toThrow('too deep');
	});

	it('[V8] is found quickly among many neighbours', () => {
		const doc = new Y.Doc();
		const list = doc.getArray<unknown>('list');
		doc.transact(() => {
			for (let index = 0; index < 20_000; index++) list.push([new Y.Map()]);
		});
		expect(() => checkPlaces(new Y.Doc(), Y.encodeStateAsUpdate(doc), 1)).not.toThrow();
	});

	/** The update that the bytes are; client 1 has a list `l` of two and a map `m` of one key. */
	const base = () => {
		const doc = new Y.Doc();
		doc.clientID = 1;
		doc.getArray('l').push(['a', 'b']);
		doc.getMap('m').set('k', 1);
		return doc;
	};

	it.each([
		['neighbours in a list and in a map', '01 01 02 00 c8 01 00 01 02 01 77 01 78 00'],
		['neighbours of one key', '01 01 02 00 c8 01 02 01 02 01 77 01 78 00'],
		['a parent that is text', '01 01 02 00 28 00 01 00 01 6b 01 77 01 78 00']
	])('[V9] cannot have %s', (_, bytes) => {
		const update = Buffer.from(bytes.replaceAll(' ', ''), 'hex');
		checkUpdate(update);
		expect(() => checkPlaces(base(), update, MAX)).toThrow(/place|key|type/);
	});

	it('[V9] may have whatever people write, also at the edge of what was erased', () => {
		for (let seed = 1; seed <= 60; seed++) {
			const random = seededRandom(seed);
			const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
			const updates: Uint8Array[][] = docs.map(() => []);
			docs.forEach((doc, own) => {
				doc.on('update', (update: Uint8Array, origin: unknown) => {
					if (origin !== 'other') updates[own]!.push(update);
				});
			});
			const server = new Y.Doc();
			for (let step = 0; step < 120; step++) {
				const own = random.below(docs.length);
				if (random.chance(0.7)) editAtRandom(docs[own]!, random);
				for (const update of random.chance(0.3) ? updates[own]!.splice(0) : []) {
					checkUpdate(update);
					checkPlaces(server, update, MAX);
					Y.applyUpdate(server, update);
				}
				if (random.chance(0.1)) Y.applyUpdate(docs[own]!, Y.encodeStateAsUpdate(server), 'other');
			}
		}
	});
});
