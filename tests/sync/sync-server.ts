/**
 * A small server around the real gateway, for tests and for the process that they kill. Who comes
 * is what the query says: `?person=ann&role=viewer`.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import { ROLES, type PublicPerson } from '#sync/people.ts';
import type { Database } from '../../server/database/database.ts';
import { createGateway, type GatewayOptions } from '../../server/sync/gateway.ts';
import type { Limits } from '../../server/sync/limits.ts';
import { createLiveRooms, type LiveRooms } from '../../server/sync/live-rooms.ts';

/** A server without a port. */
export interface PortlessServer {
	http: Server;
	liveRooms: LiveRooms;
	stop(): Promise<void>;
}

export interface SyncServer extends PortlessServer {
	port: number;
	url: string;
}

interface PortlessOptions extends Partial<Pick<GatewayOptions, 'authorize' | 'allowsOrigin'>> {
	limits?: Partial<Limits>;
	log?: Logger;
}

export async function startSyncServer(
	db: Database,
	{ port = 0, ...options }: PortlessOptions & { port?: number } = {}
): Promise<SyncServer> {
	const server = createSyncServer(db, options);
	const { http } = server;
	await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
	const { port: actual } = http.address() as AddressInfo;
	return { ...server, port: actual, url: `ws://127.0.0.1:${actual}/sync` };
}

/** `http.emit('connection', stream)` gives it a connection of any kind. */
export function createSyncServer(
	db: Database,
	{ limits = {}, log = pino({ level: 'silent' }), ...options }: PortlessOptions = {}
): PortlessServer {
	const liveRooms = createLiveRooms({ db, log, limits });
	const gateway = createGateway({
		liveRooms,
		authorize: (request) => Promise.resolve({ person: personOf(request), epoch: 1 }),
		allowsOrigin: () => true,
		log,
		...options
	});
	const http = createServer((_, response) => response.end());
	http.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head));
	return {
		http,
		liveRooms,
		async stop() {
			http.close();
			await liveRooms.close();
			await gateway.close();
		}
	};
}

export async function addRoom(db: Database, id: string): Promise<void> {
	const created_at = '2026-01-01T00:00:00Z';
	const room = { id, template: 'blank', created_by: 'p1', created_at, expires_at: null };
	await db.insertInto('rooms').values(room).execute();
}

function personOf(request: IncomingMessage): PublicPerson {
	const { searchParams } = new URL(request.url ?? '', 'http://localhost');
	const id = searchParams.get('person') ?? 'ann';
	const role = ROLES.find((each) => each === searchParams.get('role')) ?? 'editor';
	return { id, name: `Name of ${id}`, colour: 0, role };
}
