/**
 * One open page of a room, as the server sees it: synchronises, says that it is there and renews
 * that, and hears the stage. What everybody hears alike is read once for all pages of this process.
 */
import * as decoding from 'lib0/decoding';
import { MESSAGE, SYNC } from '../../../src/lib/sync/messages.ts';
import {
	PROGRESS_CLIENT_ID,
	withProgress,
	type RoundProgress
} from '../../../src/lib/stage/progress.ts';
import { STAGE_CLIENT_ID, type StageState } from '../../../src/lib/stage/stage-state.ts';
import { RawSocket } from '../client/raw-socket.ts';
import { awarenessMessage, wireOf } from '../client/wire.ts';

/** The stock client renews its state after this long. */
const RENEW_MS = 15_000;

const { hello, nothing, frame } = wireOf('ours', '');

export class Page {
	/** Resolves once the document is here. Rejects when the connection ends first. */
	readonly ready: Promise<void>;
	stage: StageState | undefined;
	/** Called after `stage` has changed. */
	onStage: (stage: StageState) => void = () => {};
	/** The document as it came, as one update; nothing follows it. */
	document: Uint8Array = new Uint8Array();
	/** Gets update messages: bytes that are only there during the call. */
	onUpdate: ((message: Buffer) => void) | undefined;
	readonly #socket: RawSocket;
	readonly #gotDocument: () => void;
	readonly #renewal: NodeJS.Timeout;

	constructor(port: number, room: string, cookie: string) {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		this.ready = promise;
		this.#gotDocument = resolve;
		const take = (message: Buffer) => this.#take(message);
		this.#socket = new RawSocket(port, `/sync/${room}?ack=1`, take, { cookie });
		const clientId = 1 + Math.floor(Math.random() * (2 ** 32 - 1));
		let clock = 0;
		const sayHere = () => this.send(awarenessMessage(clientId, clock++, '{}'));
		this.#renewal = setInterval(sayHere, RENEW_MS);
		this.#socket.opened
			.then(() => {
				this.#socket.write(hello);
				sayHere();
			})
			.catch(reject);
	}

	/** Bytes that came so far, all frames. */
	get received(): number {
		return this.#socket.received;
	}

	/** Why the server closed it; undefined while it is open. */
	get closedWith(): number | undefined {
		return this.#socket.closedWith;
	}

	send(message: Uint8Array): void {
		this.#socket.write(frame(message));
	}

	close(): void {
		clearInterval(this.#renewal);
		this.#socket.destroy();
	}

	#take(message: Buffer): void {
		if (message[0] === MESSAGE.awareness) return this.#takeTold(toldIn(message));
		if (message[0] !== MESSAGE.sync) return;
		if (message[1] === SYNC.step1) return void this.#socket.write(nothing);
		if (message[1] === SYNC.update) return this.onUpdate?.(message);
		const update = decoding.readVarUint8Array(decoding.createDecoder(message.subarray(2)));
		this.document = update.slice();
		this.#gotDocument();
	}

	#takeTold({ stage = this.stage, progress }: Told): void {
		if (stage === undefined || (stage === this.stage && progress === undefined)) return;
		this.stage = withProgress(stage, progress);
		this.onStage(this.stage);
	}
}

interface Told {
	stage?: StageState;
	progress?: RoundProgress;
}

let lastFrame: Buffer = Buffer.alloc(0);
let lastTold: Told = {};

/** What an awareness message says of the stage, if anything. */
function toldIn(message: Buffer): Told {
	if (message.equals(lastFrame)) return lastTold;
	lastFrame = Buffer.from(message);
	lastTold = {};
	const outer = decoding.createDecoder(lastFrame);
	decoding.readVarUint(outer);
	const states = decoding.createDecoder(decoding.readVarUint8Array(outer));
	for (let left = decoding.readVarUint(states); left > 0; left--) {
		const clientId = decoding.readVarUint(states);
		decoding.readVarUint(states);
		const json = Buffer.from(decoding.readVarUint8Array(states)).toString();
		if (clientId === STAGE_CLIENT_ID) lastTold.stage = JSON.parse(json);
		if (clientId === PROGRESS_CLIENT_ID) lastTold.progress = JSON.parse(json);
	}
	return lastTold;
}
