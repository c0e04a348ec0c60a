/**
 * What the server says of itself in figures, in Prometheus' format: how much, never who. No label
 * names a room, a person or an address. What can be read when somebody asks is read then; what must
 * be counted is counted for each commit, closing and sign-in.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { LiveRooms } from '../sync/live-rooms.ts';
import type { SyncFigures } from '../sync/sync-figures.ts';

/** In seconds. A commit takes about one millisecond on a disk of today. */
const COMMIT_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5];

export type SignInOutcome = 'done' | 'failed' | 'refused';

export interface Figures {
	sync: SyncFigures;
	signedIn(outcome: SignInOutcome): void;
	/** What is read from the rooms from now on. */
	watch(rooms: Pick<LiveRooms, 'loaded' | 'connections' | 'storing'>): void;
	/** All of it, as text. */
	text(): Promise<{ type: string; body: string }>;
}

export function createFigures(): Figures {
	const register = new Registry();
	const registers = [register];
	collectDefaultMetrics({ register });

	const updates = new Counter({
		name: 'detente_updates_stored_total',
		help: 'Updates of boards that were stored.',
		registers
	});
	const commits = new Histogram({
		name: 'detente_commit_seconds',
		help: 'How long storing took, by commit.',
		buckets: COMMIT_BUCKETS,
		registers
	});
	const closings = new Counter({
		name: 'detente_connections_closed_total',
		help: 'Websockets that the server closed, by close code (4400: a frame that it does not take).',
		labelNames: ['code'],
		registers
	});
	const signIns = new Counter({
		name: 'detente_sign_ins_total',
		help: 'Tries to sign in: done, failed (something was wrong), refused (too many, or no storage).',
		labelNames: ['outcome'],
		registers
	});
	for (const outcome of ['done', 'failed', 'refused']) signIns.inc({ outcome }, 0);

	return {
		sync: {
			committed(count, seconds) {
				updates.inc(count);
				commits.observe(seconds);
			},
			closed: (code) => closings.inc({ code })
		},
		signedIn: (outcome) => signIns.inc({ outcome }),
		watch(rooms) {
			gauge('detente_rooms_loaded', 'Rooms in memory.', () => rooms.loaded.length);
			gauge('detente_connections', 'Websockets in rooms.', () => rooms.connections);
			gauge('detente_storing', '1 while the database takes what is to be stored, else 0.', () =>
				rooms.storing ? 1 : 0
			);
		},
		text: async () => ({ type: register.contentType, body: await register.metrics() })
	};

	function gauge(name: string, help: string, read: () => number): void {
		new Gauge({
			name,
			help,
			registers,
			collect() {
				this.set(read());
			}
		});
	}
}
