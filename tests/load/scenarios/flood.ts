/** One client sends as fast as the server reads; another goes on writing, ten listen. */
import { closings, connectClients, type Client } from '../client/client.ts';
import { edits, markReader } from '../client/edits.ts';
import { updateMessage } from '../client/wire.ts';
import { quantile } from '../run/statistics.ts';
import { pace, within } from './pace.ts';
import { PEERS, type Scenario, type Variant } from './scenario.ts';
import { Writers } from './writers.ts';

interface Flood extends Variant {
	updates: number;
}

const LISTENERS = 10;
/** Frames handed to the socket at once. */
const SLAB = 100;
/** The longest that one run may take, in seconds. */
const LONGEST = 60;

export const flood: Scenario<Flood> = {
	name: 'flood',
	about: 'one client sends all at once; 10 listen to another, who writes 20 times a second',
	units: { cpu: 's', took: 's', median: 'ms', p99: 'ms', longest: 'ms' },
	variants: (quick) => [
		{ name: quick ? '2,000 updates' : '30,000 updates', rooms: 1, updates: quick ? 2_000 : 30_000 }
	],
	targets: () => [{ figure: 'cpu', of: PEERS, atMost: 0.5 }],
	async drive(load, { updates }) {
		const clients = await connectClients(load, LISTENERS + 2, () => 'room-0');
		const [flooder, writer, ...listeners] = clients as [Client, Client, ...Client[]];
		const writers = new Writers([writer], 20 * (LONGEST + 2));
		for (const client of listeners) writers.watch(client);
		const arrived = hearLast(listeners, updates);
		const slabs = slabsOf(flooder, updates);
		await pace(20, 20, () => writers.sendNext(0));

		let isOver = false;
		writers.startTiming();
		const stopClock = await load.startClock();
		const start = performance.now();
		const writing = pace(20, 20 * LONGEST, () => isOver || writers.sendNext(0));
		for (const slab of slabs) {
			flooder.send(slab);
			await flooder.drained();
		}
		await within(LONGEST - 1, () => arrived() === listeners.length);
		const took = (performance.now() - start) / 1_000;
		const cpu = await stopClock();
		isOver = true;
		const missing = listeners.length - arrived();
		await within(5, () => writers.waiting === 0);
		void writing;

		return {
			cpu,
			took,
			median: quantile(writers.latencies, 0.5),
			p99: quantile(writers.latencies, 0.99),
			longest: quantile(writers.latencies, 1),
			missing: missing + writers.waiting,
			closed: Object.values(closings(clients)).reduce((sum, each) => sum + each, 0)
		};
	}
};

/** The flooder writes as number 1, so that its marks are not those of the other writer. */
function slabsOf(flooder: Client, updates: number): Buffer[] {
	const frames = edits(1, updates).map((update) => flooder.wire.frame(updateMessage(update)));
	const slabs: Buffer[] = [];
	for (let at = 0; at < frames.length; at += SLAB) {
		slabs.push(Buffer.concat(frames.slice(at, at + SLAB)));
	}
	return slabs;
}

/** How many have heard the last update of the flood. */
function hearLast(listeners: readonly Client[], updates: number): () => number {
	const read = markReader(2);
	const done = new Set<Client>();
	for (const client of listeners) {
		const next = client.onUpdate;
		client.onUpdate = (frame) => {
			if (read(frame, 1) === updates - 1) done.add(client);
			next?.(frame);
		};
	}
	return () => done.size;
}
