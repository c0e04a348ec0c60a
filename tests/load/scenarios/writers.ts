/**
 * Writers in a room and those who hear them: sends numbered edits and notes, at those who are
 * watched, how long each took to arrive.
 */
import type { Client } from '../client/client.ts';
import { edits, markReader } from '../client/edits.ts';
import { updateMessage } from '../client/wire.ts';

export class Writers {
	/** Milliseconds from sending to arriving, for every edit at everybody who is watched. */
	readonly latencies: number[] = [];
	readonly #writers: readonly Client[];
	readonly #frames: Buffer[][];
	readonly #sentAt: number[][];
	readonly #read: (frame: Buffer, writer: number) => number;
	/** The last number of each writer that each watched client has heard. */
	readonly #heard = new Map<Client, number[]>();
	#isTiming = false;

	/** `count` edits of each. */
	constructor(writers: readonly Client[], count: number) {
		this.#writers = writers;
		this.#frames = writers.map((client, writer) =>
			edits(writer, count).map((update) => client.wire.frame(updateMessage(update)))
		);
		this.#sentAt = writers.map(() => []);
		this.#read = markReader(writers.length);
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
		for (let writer = 0; writer < heard.length; writer++) {
			if (client === this.#writers[writer]) continue;
			const last = this.#read(frame, writer);
			const sentAt = this.#sentAt[writer]!;
			for (let number = heard[writer]! + 1; number <= last; number++) {
				if (this.#isTiming) this.latencies.push(now - sentAt[number]!);
			}
			heard[writer] = Math.max(heard[writer]!, last);
		}
	}
}
