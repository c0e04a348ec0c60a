/**
 * Reading bytes that nobody has checked yet: every function throws a `FrameError` where lib0's
 * would read past the end, return NaN or a number that is not exact.
 */
import * as decoding from 'lib0/decoding';
import { CLOSE, type CloseCode } from '#sync/close-codes.ts';

/** What a client sent cannot be taken, and the code that its connection is closed with. */
export class FrameError extends Error {
	override readonly name = 'FrameError';
	readonly closeCode: CloseCode;

	/** `message` goes out as the reason of the closing: ASCII, below 123 characters. */
	constructor(message: string, closeCode: CloseCode = CLOSE.badFrame, options?: ErrorOptions) {
		super(message, options);
		this.closeCode = closeCode;
	}
}

export type Cursor = decoding.Decoder;

export function cursorOver(bytes: Uint8Array): Cursor {
	return decoding.createDecoder(bytes);
}

export function bytesLeft(cursor: Cursor): number {
	return cursor.arr.length - cursor.pos;
}

/** An exact integer of at least 0: seven bits a byte, the lowest first. */
export function readUint(cursor: Cursor): number {
	const { arr } = cursor;
	let value = 0;
	for (let scale = 1; scale <= Number.MAX_SAFE_INTEGER; scale *= 128) {
		if (cursor.pos >= arr.length) throw new FrameError('bytes end early');
		const byte = arr[cursor.pos++]!;
		value += (byte & 0x7f) * scale;
		if (byte >= 0x80) continue;
		if (!Number.isSafeInteger(value)) break;
		return value;
	}
	throw new FrameError('a number out of range');
}

export function readByte(cursor: Cursor): number {
	if (bytesLeft(cursor) < 1) throw new FrameError('bytes end early');
	return decoding.readUint8(cursor);
}

/** How many of something follow, each at least `bytesEach` long. */
export function readCount(cursor: Cursor, bytesEach: number): number {
	const count = readUint(cursor);
	if (count * bytesEach > bytesLeft(cursor)) throw new FrameError('a count beyond the bytes');
	return count;
}

/** A view on the next bytes, their number first; copy it to keep it. */
export function readBytes(cursor: Cursor): Uint8Array {
	const length = readCount(cursor, 1);
	return decoding.readUint8Array(cursor, length);
}

/** Throws unless it is UTF-8. */
export function readString(cursor: Cursor): string {
	return guarded(() => decoding.readVarString(cursor));
}

export function skipBytes(cursor: Cursor, count: number): void {
	if (count > bytesLeft(cursor)) throw new FrameError('bytes end early');
	cursor.pos += count;
}

export function expectEnd(cursor: Cursor): void {
	if (bytesLeft(cursor) !== 0) throw new FrameError('bytes after the end');
}

function guarded<T>(read: () => T): T {
	try {
		return read();
	} catch (cause) {
		throw new FrameError('bytes that cannot be read', CLOSE.badFrame, { cause });
	}
}
