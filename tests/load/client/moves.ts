/**
 * Moves of cards of a board, made before the load begins, by writers who do not hear each other.
 * Which of them a message brings is read from the clocks in it: structs of one come in order.
 */
import * as decoding from 'lib0/decoding';
import * as Y from '../../sync/yjs.ts';
import { movesOf } from '../../sync/board-moves.ts';
import type { EditSource } from './edits.ts';

/** `count` of each writer. */
export function moves(board: Uint8Array, writers: number, count: number): EditSource {
	const made = Array.from({ length: writers }, (_, writer) =>
		movesOf(board, count, { writer, writers })
	);
	const numbers = made.map(({ ends }) => new Map(ends.map((end, number) => [end, number])));
	let last: Buffer = Buffer.alloc(0);
	let clocks = new Map<number, number>();
	return {
		updates: made.map(({ updates }) => updates),
		read(message, writer) {
			if (!message.equals(last)) {
				last = Buffer.from(message);
				clocks = clocksIn(last);
			}
			return numbers[writer]!.get(clocks.get(made[writer]!.client) ?? -1) ?? -1;
		}
	};
}

/** Of each client, the clock after its last struct in an update message. */
function clocksIn(message: Buffer): Map<number, number> {
	const clocks = new Map<number, number>();
	const update = decoding.readVarUint8Array(decoding.createDecoder(message.subarray(2)));
	for (const { id, length } of Y.decodeUpdate(update).structs) {
		clocks.set(id.client, Math.max(clocks.get(id.client) ?? 0, id.clock + length));
	}
	return clocks;
}

/** The same board under a root that is no board's: nobody records what is done to it. */
export function underAnotherName(board: Uint8Array): Uint8Array {
	const renamed = Buffer.from(board);
	const name = '\u0005cards';
	for (let at = renamed.indexOf(name); at !== -1; at = renamed.indexOf(name, at + 1)) {
		renamed.write('\u0005kards', at);
	}
	return renamed;
}
