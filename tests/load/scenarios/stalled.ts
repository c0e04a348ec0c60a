/** Some stop reading while a room goes on: what the others feel, and what is kept for those who don't. */
import * as Y from '../../sync/yjs.ts';
import { closings, connectClients, type Client } from '../client/client.ts';
import { updateMessage } from '../client/wire.ts';
import { quantile } from '../run/statistics.ts';
import { pace, within } from './pace.ts';
import type { Scenario, Variant } from './scenario.ts';
import { Writers } from './writers.ts';

interface Stalled extends Variant {
	stalled: number;
	seconds: number;
}

const WRITERS = 5;
const LISTENERS = 5;
const PER_SECOND = 20 * WRITERS;
/** One more writes so much that a socket's queue is soon full. */
const BIG_BYTES = 200_000;
const BIG_PER_SECOND = 10;

export const stalled: Scenario<Stalled> = {
	name: 'stalled',
	about: `${WRITERS + LISTENERS} go on, edits of ${BIG_BYTES / 1_000} kB among theirs; the rest never read`,
	units: { cpu: '% of a core', median: 'ms', p99: 'ms', kept: 'MB for each who does not read' },
	variants: (quick) => [
		{ name: `${quick ? 2 : 10} stop`, rooms: 1, stalled: quick ? 2 : 10, seconds: quick ? 2 : 10 }
	],
	targets: () => [
		{ figure: 'p99', atMost: 500 },
		{ figure: 'kept', atMost: 8 }
	],
	async drive(load, { stalled: count, seconds }) {
		const clients = await connectClients(load, WRITERS + LISTENERS + 1 + count, () => 'room-0');
		const writers = new Writers(clients.slice(0, WRITERS), 20 * (seconds + 1) + 1);
		const going = clients.slice(0, WRITERS + LISTENERS);
		const big = clients[WRITERS + LISTENERS] as Client;
		const bigFrames = bigEdits(big, BIG_PER_SECOND * seconds);
		for (const client of going) writers.watch(client);
		await pace(PER_SECOND, PER_SECOND, (turn) => writers.sendNext(turn));
		const before = await load.memory();
		for (const client of clients.slice(-count)) client.stopReading();

		const stopClock = await load.startClock();
		writers.startTiming();
		const each = PER_SECOND / BIG_PER_SECOND;
		await pace(PER_SECOND, PER_SECOND * seconds, (turn) => {
			writers.sendNext(turn);
			if (turn % each === 0) big.send(bigFrames[turn / each]!);
		});
		await within(20, () => writers.waiting === 0);
		const cpu = await stopClock();
		const after = await load.memory();
		return {
			cpu: (100 * cpu) / seconds,
			median: quantile(writers.latencies, 0.5),
			p99: quantile(writers.latencies, 0.99),
			kept: (after.held - before.held) / 1e6 / count,
			missing: writers.waiting,
			closed: Object.values(closings(going)).reduce((sum, closed) => sum + closed, 0)
		};
	}
};

/** One value written over and over: the document stays as large as one of them. */
function bigEdits(client: Client, count: number): Buffer[] {
	const doc = new Y.Doc();
	const frames: Buffer[] = [];
	doc.on('update', (update) => frames.push(client.wire.frame(updateMessage(update))));
	for (let edit = 0; edit < count; edit++) {
		doc.getMap('big').set('value', String(edit % 10).repeat(BIG_BYTES));
	}
	doc.destroy();
	return frames;
}
