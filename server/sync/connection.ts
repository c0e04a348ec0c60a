/**
 * One person's socket in a live room. It turns frames into calls on its room and counts what was
 * received and what is stored; a frame that cannot be taken closes this socket and nothing else.
 *
 *   paused -> joined a room -> synchronised (its first step 1 was answered) -> closed
 *
 * Until it has joined, the socket is not read at all, so that early frames wait in the kernel, in
 * order and bounded. Frames are written to the stream under the websocket: ws, which sends only
 * pings, pongs and the closing here, writes each at once, so they keep their order. A client that reads too slowly first misses awareness, then updates, and gets
 * both at once when its queue has drained.
 */
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { CLOSE, type CloseCode } from '#sync/close-codes.ts';
import type { PublicPerson } from '#sync/people.ts';
import { may } from '../policy/room-policy.ts';
import { FrameError } from './cursor.ts';
import type { Limits } from './limits.ts';
import type { Participant } from './presence.ts';
import { decodeFrame, encodeRole, encodeStorage, encodeStored, type Incoming } from './protocol.ts';
import { listenTo, type SocketEvents } from './socket-events.ts';
import { wireFrame, type WireFrame } from './wire-frame.ts';

/** What a connection asks of its room. */
export interface Host {
	receive(connection: Connection, message: Incoming): void;
	/** The queue has drained after frames were left out. */
	catchUp(connection: Connection): void;
	leave(connection: Connection): void;
	/** Handling a message threw what is no `FrameError`. */
	fail(error: unknown): void;
}

export interface ConnectionOptions {
	/** Tell this client how far its edits are stored. */
	ack: boolean;
	/** Hears of it when the server closes the connection. */
	onClosing?: (code: CloseCode) => void;
}

export class Connection implements Participant, SocketEvents {
	#person: PublicPerson;
	readonly #socket: WebSocket;
	readonly #stream: Duplex;
	readonly #options: ConnectionOptions;
	readonly #limits: Limits;
	#host: Host | undefined;
	#isOpen = true;
	#isAlive = true;
	#isListening = true;
	/** Document messages, from the first. */
	#received = 0;
	/** Bytes of those that wait to be stored. */
	#waitingBytes = 0;
	/** It is not read until they are fewer. */
	#isHeldBack = false;
	/** Since the last heartbeat. */
	#questions = 0;
	#pings = 0;
	#awarenessFrames = 0;
	/** Updates go only to those who have what is before them. */
	isSynchronised = false;
	/** It has sent all that it had when it came: its step 2. */
	hasSentStep2 = false;
	/** Something it sent before its step 2 was left out: nothing counts as stored until that is here. */
	hasLeftOut = false;
	/** What the client has, since updates to it are left out. */
	missedSince: Map<number, number> | undefined;
	missedAwareness = false;

	/** `stream` is what `socket` was made of. */
	constructor(
		socket: WebSocket,
		stream: Duplex,
		person: PublicPerson,
		options: ConnectionOptions,
		limits: Limits
	) {
		this.#socket = socket;
		this.#stream = stream;
		this.#person = person;
		this.#options = options;
		this.#limits = limits;
		socket.pause();
		listenTo(socket, this);
	}

	get isOpen(): boolean {
		return this.#isOpen && this.#socket.readyState === this.#socket.OPEN;
	}

	/** As the others see them. */
	get person(): PublicPerson {
		return this.#person;
	}

	get personId(): string {
		return this.#person.id;
	}

	get isViewer(): boolean {
		return this.#person.role === 'viewer';
	}

	/** As the stage may have it. */
	get isAboveLock(): boolean {
		return may(this.#person.role, 'stage.lead');
	}

	/** What waits to be sent. */
	get queuedBytes(): number {
		return this.#stream.writableLength;
	}

	/** More waits to be sent than it may. */
	get isCongested(): boolean {
		return this.queuedBytes > this.#limits.maxQueueBytes;
	}

	/** Starts reading. */
	join(host: Host): void {
		this.#host = host;
		this.#tellRole();
		this.#socket.resume();
	}

	/** What the person is from now on; what was received before counts as it did. */
	assign(person: PublicPerson): void {
		const hadRole = this.#person.role;
		this.#person = person;
		if (person.role !== hadRole) this.#tellRole();
	}

	/** A document message of that many bytes waits to be stored: who sends too fast is read later. */
	wait(bytes: number): void {
		this.#waitingBytes += bytes;
		if (this.#isHeldBack || this.#waitingBytes <= this.#limits.maxWaitingBytesPerConnection) return;
		this.#isHeldBack = true;
		this.#socket.pause();
	}

	/** It waits no longer. */
	stopWaiting(bytes: number): void {
		this.#waitingBytes -= bytes;
		if (!this.#isHeldBack || this.#waitingBytes > 0) return;
		this.#isHeldBack = false;
		this.#isAlive = true;
		this.#socket.resume();
	}

	/** Few bytes ask for many. Throws `FrameError` when they ask too often. */
	countQuestion(): void {
		this.#questions += 1;
		if (this.#questions > this.#limits.maxQuestionsPerHeartbeat) {
			throw new FrameError('asks too often', CLOSE.tooMuch);
		}
		if (this.isCongested) throw new FrameError('asks faster than it reads', CLOSE.tooMuch);
	}

	/** Throws `FrameError` when there are too many. */
	countAwareness(): void {
		this.#awarenessFrames += 1;
		if (this.#awarenessFrames > this.#limits.maxAwarenessFramesPerHeartbeat) {
			throw new FrameError('too many awareness frames', CLOSE.tooMuch);
		}
	}

	/** The number of the document message that is being received. */
	countReceived(): number {
		return ++this.#received;
	}

	/** Everything up to document message `count` is stored. */
	acknowledge(count: number): void {
		if (this.#options.ack) this.send(wireFrame(encodeStored(count)));
	}

	tellStoring(storing: boolean): void {
		if (this.#options.ack) this.send(wireFrame(encodeStorage(storing)));
	}

	send(frame: WireFrame): void {
		if (this.isOpen) this.#stream.write(frame);
	}

	/** `before` is the state vector before this update. */
	sendUpdate(frame: WireFrame, before: Map<number, number>): void {
		if (!this.isSynchronised || this.missedSince !== undefined) return;
		if (!this.isCongested) return this.send(frame);
		this.missedSince = before;
		this.#catchUpWhenDrained();
	}

	sendAwareness(frame: WireFrame): void {
		if (this.missedAwareness) return;
		if (this.queuedBytes <= this.#limits.maxAwarenessQueueBytes) return this.send(frame);
		this.missedAwareness = true;
		this.#catchUpWhenDrained();
	}

	/** Cuts a socket that has not answered the last ping, and sends the next. */
	beat(): void {
		this.#questions = 0;
		this.#pings = 0;
		this.#awarenessFrames = 0;
		if (!this.#isAlive && !this.#isHeldBack) return this.#socket.terminate();
		this.#isAlive = false;
		if (this.isOpen) this.#socket.ping();
	}

	/** What arrives later is not looked at; a client sends it again when it comes back. */
	stopListening(): void {
		this.#isListening = false;
	}

	/** Nothing that arrives later is looked at. */
	close(code: CloseCode, reason = ''): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#options.onClosing?.(code);
		this.#socket.resume();
		this.#socket.close(code, reason);
		this.onClose();
	}

	superseded(): void {
		this.terminate();
	}

	terminate(): void {
		this.#socket.terminate();
	}

	onMessage(data: RawData, isBinary: boolean): void {
		if (!this.#isOpen || !this.#isListening) return;
		if (this.#host === undefined) return;
		this.#isAlive = true;
		try {
			this.#host.receive(this, this.#decode(data, isBinary));
		} catch (error) {
			if (error instanceof FrameError) this.close(error.closeCode, error.message);
			else this.#host.fail(error);
		}
	}

	onPing(data: Buffer): void {
		if (!this.isOpen) return;
		this.#isAlive = true;
		this.#pings += 1;
		if (this.#pings > this.#limits.maxPingsPerHeartbeat) {
			return this.close(CLOSE.tooMuch, 'too many pings');
		}
		this.#socket.pong(data);
	}

	onPong(): void {
		this.#isAlive = true;
	}

	onClose(): void {
		this.#isOpen = false;
		this.#host?.leave(this);
		this.#host = undefined;
	}

	/** A close follows; ws has already chosen its code (1009 for a frame too large). */
	onError(): void {
		this.#isOpen = false;
	}

	#tellRole(): void {
		if (this.#options.ack) this.send(wireFrame(encodeRole(this.#person.role, this.#received)));
	}

	#decode(data: RawData, isBinary: boolean): Incoming {
		if (!isBinary || !Buffer.isBuffer(data)) throw new FrameError('text, not bytes');
		if (data.byteLength > this.#limits.maxFrameBytes) {
			throw new FrameError('a frame too large', CLOSE.tooLarge);
		}
		return decodeFrame(data);
	}

	#catchUpWhenDrained(): void {
		this.#stream.once('drain', () => this.#host?.catchUp(this));
	}
}
