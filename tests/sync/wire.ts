/**
 * A connection within this process whose bytes move when the test says so. Both ends are plain
 * streams: real HTTP and real websockets run over them, and see delays, loss, frames in pieces and
 * peers that vanish. Order within a direction is kept, as TCP keeps it.
 *
 * What the server writes counts as unsent until it is delivered, so slow readers are slow here too.
 * What the client writes is on its way at once, and arrives even when the client is gone by then.
 */
import { Duplex } from 'node:stream';

type Done = (error?: Error | null) => void;

/** `bytes` is null at the end of a direction. */
interface Piece {
	bytes: Buffer | null;
	done: Done;
}

/** Low, so that small queues make a stream drain. */
const HIGH_WATER_MARK = 256;

class End extends Duplex {
	readonly #isSlow: boolean;
	readonly #onWritten: (end: End) => void;
	/** Written here, not yet at the other end. */
	readonly way: Piece[] = [];

	constructor(isSlow: boolean, onWritten: (end: End) => void) {
		super({ highWaterMark: HIGH_WATER_MARK });
		this.#isSlow = isSlow;
		this.#onWritten = onWritten;
	}

	override _read(): void {
		// The other end pushes.
	}

	override _write(bytes: Buffer, _encoding: BufferEncoding, done: Done): void {
		this.#send({ bytes, done: this.#isSlow ? done : () => undefined });
		if (!this.#isSlow) done();
	}

	override _final(done: Done): void {
		this.#send({ bytes: null, done: () => undefined });
		done();
	}

	override _destroy(_error: Error | null, done: Done): void {
		this.#send({ bytes: null, done: () => undefined });
		done(null);
	}

	#send(piece: Piece): void {
		this.way.push(piece);
		this.#onWritten(this);
	}
}

export class Wire {
	readonly client: Duplex;
	readonly server: Duplex;
	readonly #client: End;
	readonly #server: End;
	#isManual = false;
	#isCut = false;
	/** The server has sent the closing frame of a websocket. */
	isClosing = false;

	constructor() {
		const onWritten = (end: End) => {
			if (!this.#isManual) process.nextTick(() => this.#deliver(end));
		};
		this.client = this.#client = new End(false, onWritten);
		this.server = this.#server = new End(true, onWritten);
	}

	/** Whether anything is on its way. */
	get isBusy(): boolean {
		return !this.#isCut && this.#client.way.length + this.#server.way.length > 0;
	}

	/** From now on nothing moves by itself. */
	beManual(): void {
		this.#isManual = true;
	}

	/** Everything moves by itself, beginning with what waits. */
	beAutomatic(): void {
		this.#isManual = false;
		while (this.#deliver(this.#client));
		while (this.#deliver(this.#server));
	}

	/** Delivers up to `count` pieces of what one side wrote. */
	deliver(from: 'client' | 'server', count: number): void {
		const end = from === 'client' ? this.#client : this.#server;
		while (count-- > 0 && this.#deliver(end));
	}

	/** Breaks the next piece in two, at a part of its length between 0 and 1. */
	split(from: 'client' | 'server', part: number): void {
		const { way } = from === 'client' ? this.#client : this.#server;
		const bytes = way[0]?.bytes;
		if (!bytes || bytes.length < 2) return;
		const at = 1 + Math.floor(part * (bytes.length - 1));
		const [{ done }] = way as [Piece];
		const pieces: Piece[] = [
			{ bytes: bytes.subarray(0, at), done: () => undefined },
			{ bytes: bytes.subarray(at), done }
		];
		way.splice(0, 1, ...pieces);
	}

	/** Both sides lose the connection and whatever was on its way. */
	cut(): void {
		this.#isCut = true;
		this.#client.destroy();
		this.#server.destroy();
	}

	#deliver(from: End): boolean {
		const to = from === this.#client ? this.#server : this.#client;
		const piece = this.#isCut ? undefined : from.way.shift();
		if (piece === undefined) return false;
		if (from === this.#server && piece.bytes?.[0] === CLOSING_FRAME) this.isClosing = true;
		if (!to.destroyed && !to.readableEnded) to.push(piece.bytes);
		piece.done();
		return true;
	}
}

/** FIN and the opcode of a closing (RFC 6455, 5.2). */
const CLOSING_FRAME = 0x88;
