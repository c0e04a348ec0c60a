/** Five write, everybody in the room hears it: the cost of passing an edit on, and how soon. */
import { closings, connectClients, spread } from '../client/client.ts';
import { quantile } from '../run/statistics.ts';
import { pace, within } from './pace.ts';
import { PEERS, type Scenario, type Variant } from './scenario.ts';
import { Writers } from './writers.ts';

interface FanOut extends Variant {
	clients: number;
	/** Seconds before measuring, until what runs is compiled, and those that are measured. */
	warmUp: number;
	seconds: number;
}

const WRITERS = 5;
const PER_SECOND = 20 * WRITERS;
/** Clients whose every frame is read. */
const WATCHED = 20;

export const fanOut: Scenario<FanOut> = {
	name: 'fan-out',
	about: '1 room, 5 writers at 20 edits a second each',
	units: { cpu: '% of a core', median: 'ms', p99: 'ms', frames: 'frames a client and second' },
	variants: (quick) =>
		(quick ? [20] : [50, 200, 500]).map((clients) => ({
			name: `${clients} clients`,
			rooms: 1,
			clients,
			warmUp: quick ? 1 : 8,
			seconds: quick ? 1 : 5
		})),
	targets: ({ clients }) =>
		clients < 200
			? [{ figure: 'cpu', of: PEERS, atMost: 1 }]
			: [
					{ figure: 'cpu', of: PEERS, atMost: 0.45 },
					{ figure: 'cpu', of: ['relay'], atMost: 1 },
					{ figure: 'median', atMost: 25 },
					{ figure: 'p99', atMost: 60 }
				],
	async drive(load, { clients: count, warmUp, seconds }) {
		const clients = await connectClients(load, count, () => 'room-0');
		const writers = new Writers(clients.slice(0, WRITERS), 20 * (warmUp + seconds) + 1);
		for (const client of spread(clients.slice(WRITERS), WATCHED)) writers.watch(client);
		await pace(PER_SECOND, PER_SECOND * warmUp, (turn) => writers.sendNext(turn));

		const framesBefore = totalFrames(clients);
		const stopClock = await load.startClock();
		writers.startTiming();
		await pace(PER_SECOND, PER_SECOND * seconds, (turn) => writers.sendNext(turn));
		for (const client of clients) writers.watch(client);
		for (let writer = 0; writer < WRITERS; writer++) writers.sendNext(writer);
		await within(20, () => writers.waiting === 0);
		const cpu = await stopClock();

		return {
			cpu: (100 * cpu) / seconds,
			median: quantile(writers.latencies, 0.5),
			p99: quantile(writers.latencies, 0.99),
			frames: (totalFrames(clients) - framesBefore) / count / seconds,
			missing: writers.waiting,
			closed: Object.values(closings(clients)).reduce((sum, each) => sum + each, 0)
		};
	}
};

function totalFrames(clients: readonly { frames: number }[]): number {
	return clients.reduce((sum, { frames }) => sum + frames, 0);
}
