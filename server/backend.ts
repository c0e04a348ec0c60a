/**
 * Everything behind the app, from a configuration: database, migrations, templates, live rooms,
 * services. Production (`start-server.ts`) and development (`vite-plugin.ts`) make the same one.
 */
import { authorize } from './auth/authorize.ts';
import { allowsOrigin } from './auth/origin.ts';
import { CannotStart } from './cannot-start.ts';
import type { Config } from './config.ts';
import { createServices } from './create-services.ts';
import { openDatabase, type Database } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import type { Log } from './log.ts';
import { startSweeping } from './rooms/sweep.ts';
import { loadTemplates } from './rooms/templates.ts';
import { SERVICES, type Services } from './services.ts';
import { isStorageFailure } from './storage-failure.ts';
import { createGateway, type Gateway } from './sync/gateway.ts';
import { createLiveRooms } from './sync/live-rooms.ts';

export interface Backend {
	services: Services;
	/** Takes a websocket's upgrade request. */
	upgrade: Gateway['upgrade'];
	/** Stores what came in and closes every websocket with 1012. */
	stopRooms(): Promise<void>;
	/** That, and closes the database. Either may be called again. */
	close(): Promise<void>;
}

/** Throws `CannotStart` when the data folder or a template is unusable. */
export async function createBackend(config: Config, log: Log): Promise<Backend> {
	const templates = await loadTemplates();
	const db = await openMigrated(config.dataDir);
	const liveRooms = createLiveRooms({ db, log });
	const gateway = createGateway({
		liveRooms,
		authorize: (request, roomId) => authorize(db, request, roomId),
		allowsOrigin: (request) => allowsOrigin(request, config.origin),
		log
	});
	const sweeping = startSweeping(db, log);

	const stopRooms = once(async () => {
		// Drains the rooms and tells their sockets; then the door waits until those are closed.
		await liveRooms.close();
		await gateway.close();
	});
	return {
		services: createServices({ db, liveRooms, templates, log, roomsPerHour: config.roomsPerHour }),
		upgrade: (request, socket, head) => gateway.upgrade(request, socket, head),
		stopRooms,
		close: once(async () => {
			await stopRooms();
			await sweeping.stop();
			await db.destroy();
		})
	};
}

/** Where the app finds the services; the app and the server share no modules at run time. */
export function handOver(services: Services): void {
	Object.assign(globalThis, { [Symbol.for(SERVICES)]: services });
}

async function openMigrated(dataDir: string): Promise<Database> {
	const db = open(dataDir);
	try {
		await migrate(db);
		return db;
	} catch (error) {
		await db.destroy();
		throw isStorageFailure(error) ? unusableFolder(dataDir, error) : error;
	}
}

function open(dataDir: string): Database {
	try {
		return openDatabase(dataDir);
	} catch (error) {
		throw unusableFolder(dataDir, error);
	}
}

function unusableFolder(dataDir: string, error: unknown): CannotStart {
	const reason = error instanceof Error ? error.message : String(error);
	return new CannotStart(
		`DATA_DIR is ${JSON.stringify(dataDir)}, but must be a folder that this user may write to: ${reason}.`
	);
}

function once(work: () => Promise<void>): () => Promise<void> {
	let done: Promise<void> | undefined;
	return () => (done ??= work());
}
