/** Frames as a websocket client sends them: one message each, masked as RFC 6455 asks. */

/** One mask for all: servers unmask it like any other, and patching a frame in place stays easy. */
const MASK = [0x5a, 0xc3, 0x7e, 0x91] as const;

const BINARY = 0x82;
const PONG = 0x8a;

export function clientFrame(payload: Uint8Array, opcode = BINARY): Buffer {
	const { length } = payload;
	const start = length < 126 ? 6 : length < 65_536 ? 8 : 14;
	const frame = Buffer.alloc(start + length);
	frame[0] = opcode;
	if (start === 6) frame[1] = 0x80 | length;
	if (start === 8) {
		frame[1] = 0x80 | 126;
		frame.writeUInt16BE(length, 2);
	}
	if (start === 14) {
		frame[1] = 0x80 | 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	frame.set(MASK, start - 4);
	for (let at = 0; at < length; at++) frame[start + at] = payload[at]! ^ MASK[at & 3]!;
	return frame;
}

export function pongFrame(payload: Uint8Array): Buffer {
	return clientFrame(payload, PONG);
}
