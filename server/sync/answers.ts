/**
 * Answers to step 1: what a client lacks of the document. Those who have nothing of it, and often
 * come many at once, share one frame until the document changes.
 */
import type * as Y from 'yjs';
import { encodeIntegrated } from './encode-integrated.ts';
import { encodeStep2 } from './protocol.ts';
import { wireFrame, type WireFrame } from './wire-frame.ts';

export class Answers {
	#whole: { doc: Y.Doc; frame: WireFrame } | undefined;

	/** Step 2 for a client that has what `vector`, an encoded state vector, says. */
	to(vector: Uint8Array, doc: Y.Doc): WireFrame {
		const hasNothing = vector.length === 1 && vector[0] === 0;
		if (!hasNothing) return frameOf(encodeIntegrated(doc, vector));
		if (this.#whole?.doc !== doc) {
			this.#whole = { doc, frame: frameOf(encodeIntegrated(doc)) };
		}
		return this.#whole.frame;
	}

	/** The document is another now. */
	forget(): void {
		this.#whole = undefined;
	}
}

const frameOf = (update: Uint8Array): WireFrame => wireFrame(encodeStep2(update));
