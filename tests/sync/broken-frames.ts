/** Frames broken in every way: bytes changed, inserted, removed, moved, another frame's end. */
import * as Y from 'yjs';
import { encodeStep1, encodeUpdate } from '../../server/sync/protocol.ts';
import { editAtRandom } from './edits.ts';
import type { Random } from './random.ts';

export function honestFrames(random: Random): Uint8Array[] {
	const doc = new Y.Doc();
	const frames: Uint8Array[] = [];
	doc.on('update', (update) => frames.push(encodeUpdate(update)));
	for (let i = 0; i < 60; i++) editAtRandom(doc, random);
	frames.push(encodeStep1(Y.encodeStateVector(doc)), encodeUpdate(Y.encodeStateAsUpdate(doc)));
	frames.push(Uint8Array.of(1, 9, 1, 5, 1, 5, ...Buffer.from('{"a"}')), Uint8Array.of(3));
	return frames;
}

/** One to three changes: bytes changed, inserted, removed, moved up, another frame's end. */
export function broken(frames: readonly Uint8Array[], random: Random): Uint8Array {
	const bytes = [...random.pick(frames)];
	for (let changes = 1 + random.below(3); changes > 0 && bytes.length > 0; changes--) {
		const at = random.below(bytes.length);
		switch (random.below(8)) {
			case 0:
				bytes.splice(at, 1);
				break;
			case 1:
				bytes.splice(at, 0, random.below(256));
				break;
			case 2:
				bytes.length = at;
				break;
			case 3:
				// A length, count, clock or client id that is far too large.
				bytes.splice(at, 1, 255, 255, 255, random.pick([127, 255]), 15);
				break;
			case 4:
				bytes[at] = 0;
				break;
			case 5:
				bytes.splice(at, bytes.length, ...random.pick(frames).slice(at));
				break;
			case 6:
				bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random.below(12)));
				break;
			default:
				bytes[at] = random.below(256);
		}
	}
	return Uint8Array.from(bytes);
}
