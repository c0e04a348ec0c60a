/**
 * Everybody moves a pointer twenty times a second. What people see of each other has an age: the
 * time since the newest state that they have of somebody was sent, looked at now and then.
 */
import { closings, connectClients, spread, type Client } from '../client/client.ts';
import { quantile } from '../run/statistics.ts';
import { pace, within } from './pace.ts';
import { Pointers } from './pointers.ts';
import { type Scenario, type Variant } from './scenario.ts';

interface Storm extends Variant {
	clients: number;
	seconds: number;
	/** Everybody sends back what they hear, as the stock provider does. */
	echo: boolean;
}

const PER_SECOND = 20;
/** Clients whose every frame is read; the others read only the last. */
const WATCHED = 10;

export const awareness: Scenario<Storm> = {
	name: 'awareness',
	about: '1 room, everybody sends 20 states a second',
	units: {
		cpu: '% of a core',
		median: 'ms old',
		p99: 'ms old',
		frames: 'frames a client and second'
	},
	variants(quick) {
		const seconds = quick ? 1 : 4;
		return (quick ? [20] : [100, 200]).flatMap((clients): Storm[] => [
			{ name: `${clients} clients`, rooms: 1, clients, seconds, echo: false },
			{
				name: `${clients} clients, echoing`,
				rooms: 1,
				clients,
				seconds,
				echo: true,
				// In a relay an echo never ends.
				servers: ['ours', 'y-websocket', 'hocuspocus']
			}
		]);
	},
	targets: () => [
		{ figure: 'cpu', of: ['hocuspocus'], atMost: 0.25 },
		{ figure: 'median', atMost: 60 },
		{ figure: 'p99', atMost: 200 },
		{ figure: 'missing', atMost: 0 }
	],
	async drive(load, { clients: count, seconds, echo }) {
		const clients = await connectClients(load, count, () => 'room-0');
		const pointers = new Pointers(clients);
		for (const client of spread(clients, WATCHED)) pointers.watch(client);
		if (echo) clients.forEach(sendBackWhatComes);
		const perSecond = count * PER_SECOND;
		await pace(perSecond, perSecond, (turn) => pointers.move(turn % count));

		const framesBefore = clients.reduce((sum, { frames }) => sum + frames, 0);
		const stopClock = await load.startClock();
		const looking = setInterval(() => pointers.look(), 20);
		await pace(perSecond, perSecond * seconds, (turn) => pointers.move(turn % count));
		clearInterval(looking);
		for (const client of clients) pointers.watch(client);
		for (let client = 0; client < count; client++) pointers.move(client);
		await within(10, () => pointers.missing === 0);
		const cpu = await stopClock();
		const frames = clients.reduce((sum, client) => sum + client.frames, -framesBefore);

		return {
			cpu: (100 * cpu) / seconds,
			median: quantile(pointers.ages, 0.5),
			p99: quantile(pointers.ages, 0.99),
			frames: frames / count / seconds,
			missing: pointers.missing,
			closed: Object.values(closings(clients)).reduce((sum, each) => sum + each, 0)
		};
	}
};

/** The same states that came, in a frame of its own. */
function sendBackWhatComes(client: Client): void {
	const { wire } = client;
	const listen = client.onAwareness;
	client.onAwareness = (message) => {
		listen?.(message);
		client.send(wire.frame(message.subarray(wire.offset)));
	};
}
