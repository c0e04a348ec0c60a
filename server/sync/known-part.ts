/**
 * An update may overlap with what is known. Yjs takes that, unless an item begins where the known
 * end is erased for good and says itself to be somewhere else: then it throws. Of an item that it
 * knows whole it still looks up the neighbours, and parts what stands there: a character of two UTF-16
 * units is lost by that, in memory alone, if a crafted item says to lie within it. So what is known is
 * left out first.
 */
import * as Y from 'yjs';
import type { ClientRange } from './check-update.ts';

/** `update`, whose structs are `ranges`, without what `doc` has of them. */
export function withoutKnownPart(
	doc: Y.Doc,
	update: Uint8Array,
	ranges: readonly ClientRange[]
): Uint8Array {
	const overlaps = ranges.some(({ client, from }) => from < Y.getState(doc.store, client));
	return overlaps ? Y.diffUpdate(update, Y.encodeStateVector(doc)) : update;
}
