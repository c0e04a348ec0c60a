/**
 * An update may overlap with what is known. Yjs takes that, unless an item begins where the known
 * end is erased for good and says itself to be somewhere else: then it throws. No honest client
 * sends such an item. So what is known is left out first.
 */
import * as Y from 'yjs';
import type { ClientRange } from './check-update.ts';

/** `update`, whose structs are `ranges`, without what `doc` has, when that ends within a range. */
export function withoutKnownPart(
	doc: Y.Doc,
	update: Uint8Array,
	ranges: readonly ClientRange[]
): Uint8Array {
	const overlaps = ranges.some(({ client, from, to }) => {
		const known = Y.getState(doc.store, client);
		return from < known && known < to;
	});
	return overlaps ? Y.diffUpdate(update, Y.encodeStateVector(doc)) : update;
}
