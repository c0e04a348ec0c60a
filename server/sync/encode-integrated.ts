/**
 * What a document has, as an update, without what waits in it for content before it (gaps). Whoever
 * got that would send it back, under the id of its author, as content that is new here.
 */
import * as Y from 'yjs';

/** All of it, or what somebody lacks who has what `vector`, an encoded state vector, says. */
export function encodeIntegrated(doc: Y.Doc, vector?: Uint8Array): Uint8Array {
	const { store } = doc;
	const { pendingStructs, pendingDs } = store;
	store.pendingStructs = null;
	store.pendingDs = null;
	try {
		return Y.encodeStateAsUpdate(doc, vector);
	} finally {
		store.pendingStructs = pendingStructs;
		store.pendingDs = pendingDs;
	}
}
