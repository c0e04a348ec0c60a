import { describe, expect, it } from 'vitest';
import * as ws from 'ws';
import { wireFrame } from './wire-frame.ts';

interface FrameOptions {
	fin: boolean;
	rsv1: boolean;
	opcode: number;
	mask: boolean;
	readOnly: boolean;
}

/** `@types/ws` does not know it. */
const { Sender } = ws as unknown as {
	Sender: { frame(data: Buffer, options: FrameOptions): Buffer[] };
};

/** What ws itself sends for a message. */
function framedByWs(message: Uint8Array): Buffer {
	const options = { fin: true, rsv1: false, opcode: 2, mask: false, readOnly: true };
	return Buffer.concat(Sender.frame(Buffer.from(message), options));
}

describe('a wire frame', () => {
	it.each([0, 1, 125, 126, 65_535, 65_536, 200_000])(
		'[W1] of %i bytes is what ws would send',
		(length) => {
			const message = Uint8Array.from({ length }, (_, index) => index % 251);
			expect(wireFrame(message).equals(framedByWs(message))).toBe(true);
		}
	);
});
