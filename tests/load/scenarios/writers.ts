/**
 * Writers in a room and those who hear them: sends numbered edits and notes, at those who are
 * watched, how long each took to arrive.
 */
import type { Client } from '../client/client.ts';
import { numberedEdits, type EditSource } from '../client/edits.ts';
import { updateMessage } from '../client/wire.ts';

export class Writers {
	/** Milliseconds from sending to arriving, for every edit at everybody who is watched. */
	readonly latencies: number[] = [];
	readonly #writers: readonly Client[];
	readonly #frames: Buffer[][];
	readonly #sentAt: number[][];
	readonly #read: EditSource['read'];
	/** The last number of each writer that each watched client has heard. */
	readonly #heard = new Map<Client, number[]>();
	#isTiming = false;

	/** `count` edits of each, or those of a source. */
	constructor(writers: readonly Client[], edits: number | EditSource) {
		this.#writers = writers;
		const source = typeof edits === 'number' ? numberedEdits(writers.length, edits) : edits;
		this.#frames = writers.map((client, writer) =>
			source.updates[writer]!.map((update) => client.wire.frame(updateMessage(update)))
		);
		this.#sentAt = writers.map(() => []);
		this.#read = (message, writer) => source.read(message, writer);
	}

	/** From now on what `client` hears counts. */
	watch(client: Client): void {
		if (this.#heard.has(client)) return;
		const heard = this.#sentAt.map(({ length }) => length - 1);
		this.#heard.set(client, heard);
		client.onUpdate = (frame) => this.#note(client, heard, frame);
	}

	/** From now on latencies are kept. */
	startTiming(): void {
		this.#isTiming = true;
	}

	/** The writers take turns. */
	sendNext(turn: number): void {
		const writer = turn % this.#writers.length;
		const frame = this.#frames[writer]![this.#sentAt[writer]!.length];
		if (frame === undefined) throw new Error('no edit left to send');
		this.#sentAt[writer]!.push(performance.now());
		this.#writers[writer]!.send(frame);
	}

	/** How many of those who are watched have not heard the last edit of everybody else. */
	get waiting(): number {
		let waiting = 0;
		for (const [client, heard] of this.#heard) {
			const isComplete = heard.every(
				(last, writer) =>
					client === this.#writers[writer] || last === this.#sentAt[writer]!.length - 1
			);
			if (!isComplete) waiting += 1;
		}
		return waiting;
	}

	#note(client: Client, heard: number[], frame: Buffer): void {
		const now = performance.now();
		const message = frame.subarray(client.wire.offset);
		for (let writer = 0; writer < heard.length; writer++) {
			if (client === this.#writers[writer]) continue;
			const last = this.#read(message, writer);
			const sentAt = this.#sentAt[writer]!;
			for (let number = heard[writer]! + 1; number <= last; number++) {
				if (this.#isTiming) this.latencies.push(now - sentAt[number]!);
			}
			heard[writer] = Math.max(heard[writer]!, last);
		}
	}
}
