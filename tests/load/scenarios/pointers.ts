/**
 * The pointers of a room's people: moves them, and knows how old what each watched client sees of
 * the others is. A state says when it was sent, at a fixed place of its JSON.
 */
import * as decoding from 'lib0/decoding';
import type { Client } from '../client/client.ts';
import { awarenessMessage } from '../client/wire.ts';

const FIRST_ID = 3_000_000_000;
const BEFORE_TIME = '{"t":'.length;
const DIGITS = 9;
/** Looked-at pairs each time. */
const PAIRS = 200;

/** Tenths of a millisecond, as a number of nine digits for the first ten hours. */
const now = (): number => 100_000_000 + Math.round(performance.now() * 10);

export class Pointers {
	/** Milliseconds. */
	readonly ages: number[] = [];
	readonly #clients: readonly Client[];
	readonly #clocks: number[];
	readonly #sentAt: number[];
	/** When what each watched client sees of each other was sent; 0 before it saw any. */
	readonly #seen = new Map<Client, Float64Array>();

	constructor(clients: readonly Client[]) {
		this.#clients = clients;
		this.#clocks = clients.map(() => 0);
		this.#sentAt = clients.map(() => 0);
	}

	watch(client: Client): void {
		if (this.#seen.has(client)) return;
		const seen = new Float64Array(this.#clients.length);
		this.#seen.set(client, seen);
		const next = client.onAwareness;
		client.onAwareness = (message) => {
			note(seen, message.subarray(client.wire.offset + 1));
			next?.(message);
		};
	}

	move(index: number): void {
		const client = this.#clients[index]!;
		const time = now();
		const clock = ++this.#clocks[index]!;
		const x = (clock * 37) % 1_000;
		const json = `{"t":${time},"pointer":{"x":${x},"y":${1_000 - x}},"card":"c${index}"}`;
		this.#sentAt[index] = time;
		client.send(client.wire.frame(awarenessMessage(FIRST_ID + index, clock, json)));
	}

	/** Takes the age of what some people see of some others. */
	look(): void {
		const at = now();
		const watched = [...this.#seen];
		for (let pair = 0; pair < PAIRS; pair++) {
			const [client, seen] = watched[pair % watched.length]!;
			const other = Math.floor(Math.random() * this.#clients.length);
			if (this.#clients[other] !== client && seen[other]! > 0)
				this.ages.push((at - seen[other]!) / 10);
		}
	}

	/** Pairs of which one does not see the other's last state. */
	get missing(): number {
		let missing = 0;
		for (const [client, seen] of this.#seen) {
			for (const [index, time] of this.#sentAt.entries()) {
				if (seen[index] !== time && this.#clients[index] !== client) missing += 1;
			}
		}
		return missing;
	}
}

function note(seen: Float64Array, message: Buffer): void {
	const decoder = decoding.createDecoder(message);
	decoding.readVarUint(decoder);
	for (let left = decoding.readVarUint(decoder); left > 0; left--) {
		const index = decoding.readVarUint(decoder) - FIRST_ID;
		decoding.readVarUint(decoder);
		const length = decoding.readVarUint(decoder);
		const start = decoder.pos + BEFORE_TIME;
		decoder.pos += length;
		if (index < 0 || index >= seen.length || length < BEFORE_TIME + DIGITS) continue;
		seen[index] = Math.max(seen[index]!, readDigits(message, start));
	}
}

function readDigits(bytes: Buffer, start: number): number {
	let number = 0;
	for (let at = start; at < start + DIGITS; at++) number = 10 * number + bytes[at]! - 48;
	return number;
}
