import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { checkNesting } from './nesting.ts';

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

describe('nesting', () => {
	it('[V8] is counted within one update', () => {
		expect(() => checkNesting(new Y.Doc(), nested(MAX).all, MAX)).not.toThrow();
		expect(() => checkNesting(new Y.Doc(), nested(MAX + 1).all, MAX)).toThrow('too deep');
		expect(() => checkNesting(new Y.Doc(), nested(5_000).all, MAX)).toThrow('too deep');
	});

	it('[V8] goes on from what is in the document', () => {
		const doc = new Y.Doc();
		const { each } = nested(MAX + 1);
		for (const update of each.slice(0, MAX)) {
			checkNesting(doc, update, MAX);
			Y.applyUpdate(doc, update);
		}
		expect(() => checkNesting(doc, each[MAX]!, MAX)).toThrow('too deep');
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
		expect(() => checkNesting(doc, updates[1]!, MAX)).toThrow('too deep');
		expect(() => checkNesting(doc, Y.mergeUpdates(updates), MAX)).toThrow('too deep');
		expect(() => checkNesting(doc, Y.mergeUpdates(updates), MAX + 1)).not.toThrow();
	});

	it('[V8] of what lies in deleted content does not matter', () => {
		const doc = new Y.Doc();
		const { all, each } = nested(3);
		Y.applyUpdate(doc, all);
		doc.getMap('cards').delete('k');
		expect(() => checkNesting(doc, each[2]!, MAX)).not.toThrow();
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
		expect(() => checkNesting(doc, Y.encodeStateAsUpdate(liar), MAX)).toThrow('too deep');
	});

	it('[V8] is found quickly among many neighbours', () => {
		const doc = new Y.Doc();
		const list = doc.getArray<unknown>('list');
		doc.transact(() => {
			for (let index = 0; index < 20_000; index++) list.push([new Y.Map()]);
		});
		expect(() => checkNesting(new Y.Doc(), Y.encodeStateAsUpdate(doc), 1)).not.toThrow();
	});
});
