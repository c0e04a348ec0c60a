/** One client in one room: synchronises without a document and hands on what it hears. */
import { MESSAGE, SYNC } from '../../../src/lib/sync/messages.ts';
import { RawSocket } from './raw-socket.ts';
import { wireOf, type ServerName, type Wire } from './wire.ts';

export interface Address {
	server: ServerName;
	port: number;
}

export class Client {
	readonly wire: Wire;
	/** Resolves with the bytes of the document as it came. Rejects when the connection ends first. */
	readonly synchronised: Promise<number>;
	/** Frames that came. */
	frames = 0;
	/** Both get bytes that are only there during the call. */
	onUpdate: ((message: Buffer) => void) | undefined;
	onAwareness: ((message: Buffer) => void) | undefined;
	readonly #socket: RawSocket;
	readonly #gotDocument: (bytes: number) => void;

	constructor({ server, port }: Address, room: string, person: string) {
		this.wire = wireOf(server, room);
		const { promise, resolve, reject } = Promise.withResolvers<number>();
		this.synchronised = promise;
		this.#gotDocument = resolve;
		this.#socket = new RawSocket(port, this.wire.path(person), (message) => this.#take(message));
		this.#socket.opened.then(() => this.#socket.write(this.wire.hello)).catch(reject);
		setTimeout(() => reject(new Error('not synchronised within 30 s')), 30_000).unref();
	}

	/** The code that the server closed it with. */
	get closedWith(): number | undefined {
		return this.#socket.closedWith;
	}

	send(frame: Buffer): boolean {
		return this.#socket.write(frame);
	}

	drained(): Promise<void> {
		return this.#socket.drained();
	}

	stopReading(): void {
		this.#socket.pause();
	}

	destroy(): void {
		this.#socket.destroy();
	}

	#take(message: Buffer): void {
		this.frames += 1;
		const { offset, nothing } = this.wire;
		const type = message[offset];
		if (type === MESSAGE.awareness) return this.onAwareness?.(message);
		if (type !== MESSAGE.sync && type !== SYNC_REPLY) return;
		const kind = message[offset + 1];
		if (kind === SYNC.step1) this.#socket.write(nothing);
		else if (kind === SYNC.step2) this.#gotDocument(message.length - offset);
		else this.onUpdate?.(message);
	}
}

/** Hocuspocus's own type for a step 1 that answers one. */
const SYNC_REPLY = 4;

/** `count` clients, each in the room that `roomOf` says, all synchronised; some at a time. */
export async function connectClients(
	address: Address,
	count: number,
	roomOf: (index: number) => string
): Promise<Client[]> {
	const clients: Client[] = [];
	while (clients.length < count) {
		const next = Array.from({ length: Math.min(50, count - clients.length) }, (_, index) => {
			const number = clients.length + index;
			return new Client(address, roomOf(number), `p${number}`);
		});
		await Promise.all(next.map((client) => client.synchronised));
		clients.push(...next);
	}
	return clients;
}

/** `count` of them, spread evenly: servers send in the order in which clients came. */
export function spread(clients: readonly Client[], count: number): Client[] {
	const step = clients.length / Math.min(count, clients.length);
	return Array.from({ length: Math.min(count, clients.length) }, (_, index) => {
		return clients[Math.floor((index + 0.5) * step)]!;
	});
}

/** How many the server has closed, by code. */
export function closings(clients: readonly Client[]): Record<number, number> {
	const codes: Record<number, number> = {};
	for (const { closedWith } of clients) {
		if (closedWith) codes[closedWith] = (codes[closedWith] ?? 0) + 1;
	}
	return codes;
}
