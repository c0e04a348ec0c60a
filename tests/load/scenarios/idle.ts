/** Connections that synchronised and say nothing. */
import { connectClients, closings } from '../client/client.ts';
import type { Scenario, Variant } from './scenario.ts';

interface Idle extends Variant {
	connections: number;
}

const PER_ROOM = 100;

export const idle: Scenario<Idle> = {
	name: 'idle',
	about: `${PER_ROOM} connections a room, synchronised, silent`,
	units: { rss: 'kB a connection', held: 'kB a connection, held by JavaScript' },
	variants: (quick) =>
		(quick ? [100] : [1_000]).map((connections) => ({
			name: `${connections.toLocaleString('en')} connections`,
			rooms: connections / PER_ROOM + 1,
			connections
		})),
	targets: () => [
		{ figure: 'rss', of: ['y-websocket'], atMost: 1 },
		{ figure: 'held', of: ['y-websocket'], atMost: 1 }
	],
	async drive(load, { connections }) {
		// What the code itself takes once it runs is not a connection's.
		const others = await connectClients(load, PER_ROOM, () => 'room-0');
		for (const other of others) other.destroy();
		const before = await load.memory();
		const room = (index: number) => `room-${1 + Math.floor(index / PER_ROOM)}`;
		const clients = await connectClients(load, connections, room);
		const after = await load.memory();
		return {
			rss: (after.rss - before.rss) / 1_000 / connections,
			held: (after.held - before.held) / 1_000 / connections,
			missing: 0,
			closed: Object.values(closings(clients)).reduce((sum, each) => sum + each, 0)
		};
	}
};
