/** Many come at once into a room with a long past. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client, connectClients } from '../client/client.ts';
import { updateMessage } from '../client/wire.ts';
import { median } from '../run/statistics.ts';
import { pastOf } from './past.ts';
import { within } from './pace.ts';
import type { Load, Scenario, Variant } from './scenario.ts';

interface Joining extends Variant {
	edits: number;
	rounds: number;
}

const JOINERS = 20;
const CARDS = 300;

export const joining: Scenario<Joining> = {
	name: 'joining',
	about: `${JOINERS} at once into a room of ${CARDS} cards; nobody writes meanwhile`,
	units: { cpu: 'ms a joiner', ready: 'ms until all have it' },
	variants: (quick) => [
		{
			name: quick ? '2,000 edits' : '100,000 edits',
			rooms: 1,
			edits: quick ? 2_000 : 100_000,
			rounds: quick ? 1 : 5
		}
	],
	targets: () => [{ figure: 'cpu', of: ['y-websocket'], atMost: 0.25 }],
	async drive(load, { edits, rounds }) {
		const host = new Client(load, 'room-0', 'host');
		await host.synchronised;
		const past = await pastOf(CARDS, edits);
		host.send(host.wire.frame(updateMessage(past)));
		await joinOnce(load, past.length);

		const cpu: number[] = [];
		const ready: number[] = [];
		for (let round = 0; round < rounds; round++) {
			await pause(200);
			const stopClock = await load.startClock();
			const start = performance.now();
			await joinOnce(load, past.length);
			ready.push(performance.now() - start);
			cpu.push((1_000 * (await stopClock())) / JOINERS);
		}
		return { cpu: median(cpu), ready: median(ready), missing: 0, closed: host.closedWith ? 1 : 0 };
	}
};

/** Throws unless everybody gets all of it. The first to come may be before it is stored. */
async function joinOnce(load: Load, bytes: number): Promise<void> {
	const joiners = await connectClients(load, JOINERS, () => 'room-0');
	const sizes = await Promise.all(joiners.map((client) => client.synchronised));
	for (const joiner of joiners) joiner.destroy();
	await within(1, () => joiners.every(({ closedWith }) => closedWith !== undefined));
	if (sizes.some((size) => size < 0.95 * bytes)) throw new Error(`got only ${Math.min(...sizes)}`);
}
