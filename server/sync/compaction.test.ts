import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { encodeVerified, verifyEqual } from './compaction.ts';

function board(): Y.Doc {
	const doc = new Y.Doc();
	const card = new Y.Map<unknown>([['title', new Y.Text('Summit')]]);
	doc.getMap('cards').set('a', card);
	card.set('place', { column: 'k1', rank: 'a0' });
	(card.get('title') as Y.Text).insert(6, 's', { bold: true });
	doc.getArray('list').push([1, 2, 3, Number.NaN]);
	doc.getArray('list').delete(1, 1);
	return doc;
}

describe('a snapshot', () => {
	it('[L2] is the whole document', () => {
		const doc = board();
		const copy = new Y.Doc();
		Y.applyUpdate(copy, encodeVerified(doc));
		verifyEqual(doc, copy);
		expect(copy.getMap('cards').toJSON()).toEqual(doc.getMap('cards').toJSON());
	});

	it('[L2] is refused when it differs in content, deletions or structs', () => {
		const differing = [
			(doc: Y.Doc) => doc.getArray('list').delete(0, 1),
			(doc: Y.Doc) => doc.getMap('cards').set('b', 1)
		];
		for (const change of differing) {
			const doc = board();
			const other = new Y.Doc();
			Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
			change(other);
			expect(() => verifyEqual(doc, other)).toThrow('differ');
		}
		const [one, two] = ['one', 'two'].map((value) => {
			const doc = new Y.Doc();
			doc.clientID = 1;
			doc.getMap('cards').set('a', value);
			return doc;
		});
		expect(() => verifyEqual(one!, two!)).toThrow('contents differ');
	});

	it('[L2] is not made of a document that cannot be encoded', () => {
		const doc = board();
		vi.spyOn(doc.store.clients, 'forEach').mockImplementation(() => {
			throw new Error('broken');
		});
		expect(() => encodeVerified(doc)).toThrow();
	});
});
