/**
 * A websocket client with next to no work a frame, so that hundreds of them in one process keep
 * up with the server that is measured: one reused buffer a socket, no events, no copies.
 */
import { connect, type Socket } from 'node:net';
import { pongFrame } from './client-frame.ts';

const READ_BYTES = 64 * 1024;
const CLOSE = 8;
const PING = 9;

export class RawSocket {
	/** Rejects when the server refuses the upgrade. */
	readonly opened: Promise<void>;
	/** Code of the closing that the server began; 1006 without a word. */
	closedWith: number | undefined;
	/** Bytes that came, frames and all. */
	received = 0;
	readonly #socket: Socket;
	readonly #onMessage: (message: Buffer) => void;
	#isUpgraded = false;
	/** The beginning of what has not come whole. */
	#rest: Buffer | undefined;

	/** `onMessage` gets bytes that are only there during the call. */
	constructor(
		port: number,
		path: string,
		onMessage: (message: Buffer) => void,
		headers: Record<string, string> = {}
	) {
		this.#onMessage = onMessage;
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		this.opened = promise;
		const buffer = Buffer.allocUnsafe(READ_BYTES);
		this.#socket = connect({
			port,
			host: '127.0.0.1',
			noDelay: true,
			onread: {
				buffer,
				callback: (length) => {
					this.#read(buffer.subarray(0, length), resolve, reject);
					return true;
				}
			}
		});
		this.#socket.on('error', reject);
		this.#socket.on('close', () => {
			this.closedWith ??= 1006;
			reject(new Error(`closed with ${this.closedWith}`));
		});
		const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
		this.#socket.write(
			`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${lines.join('')}Connection: Upgrade\r\nUpgrade: websocket\r\n` +
				'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
		);
	}

	/** A whole client frame, or several. Returns false when the rest waits in memory. */
	write(frame: Buffer): boolean {
		return this.#socket.write(frame);
	}

	async drained(): Promise<void> {
		if (!this.#socket.writableNeedDrain) return;
		await new Promise((resolve) => this.#socket.once('drain', resolve));
	}

	/** What comes from now on stays unread. */
	pause(): void {
		this.#socket.pause();
	}

	/** Ends it without a word, on our side. */
	destroy(): void {
		this.closedWith ??= 0;
		this.#socket.destroy();
	}

	#read(chunk: Buffer, opened: () => void, refused: (error: Error) => void): void {
		this.received += chunk.length;
		let bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk]);
		this.#rest = undefined;
		if (!this.#isUpgraded) {
			const end = bytes.indexOf('\r\n\r\n');
			if (end === -1) return void (this.#rest = Buffer.from(bytes));
			const status = bytes.toString('latin1', 9, 12);
			if (status !== '101') return refused(new Error(`status ${status} instead of an upgrade`));
			this.#isUpgraded = true;
			opened();
			bytes = bytes.subarray(end + 4);
		}
		this.#readFrames(bytes);
	}

	#readFrames(bytes: Buffer): void {
		let at = 0;
		while (bytes.length - at >= 2) {
			const short = bytes[at + 1]! & 0x7f;
			const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
			if (start > bytes.length) break;
			const end = start + lengthOf(bytes, at, short);
			if (end > bytes.length) break;
			this.#take(bytes[at]! & 0x0f, bytes.subarray(start, end));
			at = end;
		}
		if (at < bytes.length) this.#rest = Buffer.from(bytes.subarray(at));
	}

	#take(opcode: number, payload: Buffer): void {
		if (opcode === PING) this.#socket.write(pongFrame(payload));
		else if (opcode === CLOSE)
			this.closedWith ??= payload.length < 2 ? 1005 : payload.readUInt16BE();
		else this.#onMessage(payload);
	}
}

function lengthOf(bytes: Buffer, at: number, short: number): number {
	if (short < 126) return short;
	return short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
}
