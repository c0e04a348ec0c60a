/** Many small rooms, in each of which three people write now and then. */
import { closings, connectClients, type Client } from '../client/client.ts';
import { editedBoard } from '../client/edits.ts';
import { updateMessage } from '../client/wire.ts';
import { quantile } from '../run/statistics.ts';
import { pace, within } from './pace.ts';
import { type Scenario, type Variant } from './scenario.ts';
import { Writers } from './writers.ts';

interface ManyRooms extends Variant {
	/** Seconds before measuring, until what runs is compiled, and those that are measured. */
	warmUp: number;
	seconds: number;
}

const PEOPLE = 3;
const CARDS = 30;
const WARM_EDITS = 3_000;

export const manyRooms: Scenario<ManyRooms> = {
	name: 'many-rooms',
	about: `${PEOPLE} clients a room of ${CARDS} cards, an edit a second each`,
	units: {
		cpu: '% of a core',
		rss: 'kB a room',
		held: 'kB a room, held by JavaScript',
		median: 'ms',
		p99: 'ms'
	},
	variants: (quick) =>
		(quick ? [20] : [400]).map((rooms) => ({
			name: `${rooms} rooms`,
			rooms: rooms + 1,
			warmUp: quick ? 1 : 4,
			seconds: quick ? 1 : 10
		})),
	targets: () => [
		{ figure: 'cpu', of: ['y-websocket'], atMost: 1 },
		{ figure: 'rss', of: ['y-websocket'], atMost: 1 },
		{ figure: 'held', of: ['y-websocket'], atMost: 1 }
	],
	async drive(load, { rooms: prepared, warmUp, seconds }) {
		const rooms = prepared - 1;
		const warm = await connectClients(load, PEOPLE, () => `room-${rooms}`);
		// What the code itself takes once it runs is not a room's.
		const warmWriters = new Writers(warm, WARM_EDITS / PEOPLE);
		await pace(WARM_EDITS / 4, WARM_EDITS, (turn) => warmWriters.sendNext(turn));
		for (const client of warm) client.destroy();
		const before = await load.memory();
		const clients = await connectClients(load, rooms * PEOPLE, (index) => `room-${index % rooms}`);
		const board = updateMessage(editedBoard(CARDS, 600));
		for (const client of clients.slice(0, rooms)) client.send(client.wire.frame(board));
		const writers = clients
			.slice(0, rooms)
			.map((_, room) => writersOf(clients, room, rooms, warmUp + seconds));
		const send = (turn: number) => writers[turn % rooms]!.sendNext(Math.floor(turn / rooms));
		const perSecond = rooms * PEOPLE;
		await pace(perSecond, perSecond * warmUp, send);

		for (const each of writers) each.startTiming();
		const stopClock = await load.startClock();
		await pace(perSecond, perSecond * seconds, send);
		await within(20, () => writers.every(({ waiting }) => waiting === 0));
		const cpu = await stopClock();
		const after = await load.memory();
		const latencies = writers.flatMap((each) => each.latencies);
		return {
			cpu: (100 * cpu) / seconds,
			rss: (after.rss - before.rss) / 1_000 / rooms,
			held: (after.held - before.held) / 1_000 / rooms,
			median: quantile(latencies, 0.5),
			p99: quantile(latencies, 0.99),
			missing: writers.reduce((sum, { waiting }) => sum + waiting, 0),
			closed: Object.values(closings(clients)).reduce((sum, each) => sum + each, 0)
		};
	}
};

function writersOf(
	clients: readonly Client[],
	room: number,
	rooms: number,
	seconds: number
): Writers {
	const people = clients.filter((_, index) => index % rooms === room);
	const writers = new Writers(people, seconds + 1);
	for (const person of people) writers.watch(person);
	return writers;
}
