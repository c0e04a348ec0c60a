/**
 * A message as it stands on the wire: one unmasked binary websocket frame (RFC 6455, 5.2) in one
 * buffer, made once however many get it. Two thirds of a fan-out's cost are writes to sockets, and
 * one buffer is cheaper to write than ws's header and payload.
 */

declare const isFramed: unique symbol;
export type WireFrame = Buffer & { readonly [isFramed]: true };

/** FIN, and the opcode of binary data. */
const BINARY = 0x82;

export function wireFrame(message: Uint8Array): WireFrame {
	const { length } = message;
	const start = length < 126 ? 2 : length < 65_536 ? 4 : 10;
	const frame = Buffer.allocUnsafe(start + length);
	frame[0] = BINARY;
	if (start === 2) frame[1] = length;
	if (start === 4) {
		frame[1] = 126;
		frame.writeUInt16BE(length, 2);
	}
	if (start === 10) {
		frame[1] = 127;
		frame.writeBigUInt64BE(BigInt(length), 2);
	}
	frame.set(message, start);
	return frame as WireFrame;
}
