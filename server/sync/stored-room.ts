/** A document from what is stored of it. */
import * as Y from 'yjs';
import { CorruptRoom, type StoredRoom } from './update-log.ts';

/** Throws `CorruptRoom` when Yjs cannot take what is stored. */
export function documentOf(roomId: string, stored: StoredRoom): Y.Doc {
	const doc = new Y.Doc();
	try {
		doc.transact(() => {
			for (const update of stored.updates) Y.applyUpdate(doc, update);
		});
	} catch (error) {
		doc.destroy();
		throw new CorruptRoom(roomId, `cannot be read: ${String(error)}`);
	}
	return doc;
}
