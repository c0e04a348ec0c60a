/**
 * Five move cards of a board, everybody in the room hears it. Ours records each move, with the
 * reading after it; the same edits of what is no board are recorded by nobody, so the difference is
 * what recording costs.
 */
import { templateBoard } from '../../sync/board-moves.ts';
import { closings, connectClients, spread } from '../client/client.ts';
import { moves as movesOf, underAnotherName } from '../client/moves.ts';
import { updateMessage } from '../client/wire.ts';
import { quantile } from '../run/statistics.ts';
import { pace, within } from './pace.ts';
import type { Scenario, Variant } from './scenario.ts';
import { Writers } from './writers.ts';

interface Moves extends Variant {
	cards: number;
	isBoard: boolean;
	/** Seconds before measuring, until what runs is compiled, and those that are measured. */
	warmUp: number;
	seconds: number;
}

const WRITERS = 5;
const LISTENERS = 45;
const PER_SECOND = 20 * WRITERS;
/** Clients whose every frame is read. */
const WATCHED = 10;

export const moves: Scenario<Moves> = {
	name: 'moves',
	about: `1 room, ${WRITERS} move cards 20 times a second each, ${LISTENERS} listen`,
	units: { cpu: 'ms a move', median: 'ms', p99: 'ms' },
	variants: (quick) =>
		[40, 500].flatMap((cards) =>
			[true, false].map((isBoard) => ({
				name: isBoard ? `${cards} cards` : `${cards} cards, unrecorded`,
				rooms: 1,
				cards,
				isBoard,
				...(isBoard ? {} : { servers: ['ours'] as const }),
				warmUp: quick ? 2 : 8,
				seconds: quick ? 2 : 5
			}))
		),
	targets: () => [],
	async drive(load, { cards, isBoard, warmUp, seconds }) {
		const clients = await connectClients(load, WRITERS + LISTENERS, () => 'room-0');
		const [first, ...others] = clients;
		const board = templateBoard(cards);
		const seed = updateMessage(isBoard ? board : underAnotherName(board));
		let haveIt = 0;
		for (const client of others) client.onUpdate = () => (haveIt += 1);
		first!.send(first!.wire.frame(seed));
		const edits = movesOf(board, WRITERS, 20 * (warmUp + seconds) + 1);
		if (!(await within(20, () => haveIt === others.length))) throw new Error('no board');

		const writers = new Writers(clients.slice(0, WRITERS), edits);
		for (const client of spread(clients.slice(WRITERS), WATCHED)) writers.watch(client);
		await pace(PER_SECOND, PER_SECOND * warmUp, (turn) => writers.sendNext(turn));

		const stopClock = await load.startClock();
		writers.startTiming();
		await pace(PER_SECOND, PER_SECOND * seconds, (turn) => writers.sendNext(turn));
		for (const client of clients) writers.watch(client);
		for (let writer = 0; writer < WRITERS; writer++) writers.sendNext(writer);
		await within(20, () => writers.waiting === 0);
		const cpu = await stopClock();

		return {
			cpu: (1_000 * cpu) / (PER_SECOND * seconds + WRITERS),
			median: quantile(writers.latencies, 0.5),
			p99: quantile(writers.latencies, 0.99),
			missing: writers.waiting,
			closed: Object.values(closings(clients)).reduce((sum, each) => sum + each, 0)
		};
	}
};
