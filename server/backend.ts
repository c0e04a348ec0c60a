/**
 * Everything behind the app, from a configuration: database, migrations, templates, live rooms,
 * services. Production (`start-server.ts`) and development (`vite-plugin.ts`) make the same one.
 */
import { CLOSE } from '#sync/close-codes.ts';
import { FailedSignIns } from './audit/failed-sign-ins.ts';
import { authorize } from './auth/authorize.ts';
import { allowsOrigin } from './auth/origin.ts';
import { CannotStart } from './cannot-start.ts';
import type { Config } from './config.ts';
import { createServices } from './create-services.ts';
import { lockFolder, makeFolder } from './database/data-folder.ts';
import { databaseFile, openDatabase, type Database } from './database/database.ts';
import { migrate } from './database/migrate.ts';
import type { Log } from './log.ts';
import { createOutbox } from './mail/outbox.ts';
import { Summaries } from './rooms/summaries.ts';
import { countingSignIns } from './metrics/count-sign-ins.ts';
import type { Figures } from './metrics/figures.ts';
import { watchOperator } from './admin/watch-operator.ts';
import { createCutOff } from './auth/cut-off.ts';
import { startRoundKeeper } from './rounds/round-keeper.ts';
import { createSpotlightKeeper } from './stage/spotlight-keeper.ts';
import { startSweeping } from './rooms/sweep.ts';
import { loadTemplates } from './rooms/templates.ts';
import { SERVICES, type Services } from './services.ts';
import { isBroken, isStorageFailure } from './storage-failure.ts';
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

/**
 * Throws `CannotStart` when the data folder or a template is unusable. `figures` counts, when
 * somebody wants to know.
 */
export async function createBackend(config: Config, log: Log, figures?: Figures): Promise<Backend> {
	const templates = await loadTemplates();
	const { db, release } = await openFolder(config.dataDir);
	const liveRooms = createLiveRooms({ db, log, figures: figures?.sync });
	figures?.watch(liveRooms);
	const { mail, origin } = config;
	const outbox = mail === undefined ? null : createOutbox({ ...mail, log });
	const summaries = new Summaries({ db, liveRooms, log });
	const spotlights = createSpotlightKeeper({ db, liveRooms, log });
	liveRooms.onChanged((roomId) => {
		summaries.note(roomId);
		spotlights.note(roomId);
	});
	await summaries.start();
	const failedSignIns = new FailedSignIns(db, log);
	const created = createServices({
		db,
		liveRooms,
		summaries,
		templates,
		log,
		mail: outbox === null || origin === undefined ? null : { outbox, origin },
		roomsPerHour: config.roomsPerHour,
		signUpsPerHour: config.signUpsPerHour,
		guestRetentionDays: config.guestRetentionDays,
		failedSignIns
	});
	const services = figures === undefined ? created : countingSignIns(created, figures);
	const gateway = createGateway({
		liveRooms,
		authorize: (request, roomId) => authorize({ db, accounts: services.accounts }, request, roomId),
		allowsOrigin: (request) => allowsOrigin(request, config.origin),
		log
	});
	const sweeping = startSweeping(db, log, {
		cutOff: (roomId, personId) => liveRooms.disconnect(roomId, personId, CLOSE.roomGone),
		// Guests whose time is over are still named in the rooms where they are connected.
		afterwards: () => services.reassess({}),
		retention: config
	});

	const watch = await watchOperator({ db, liveRooms, cutOff: createCutOff(liveRooms), log });
	const rounds = startRoundKeeper({ db, liveRooms, log });

	const stopRooms = once(async () => {
		// Drains the rooms and tells their sockets; then the door waits until those are closed.
		await liveRooms.close();
		await gateway.close();
	});
	return {
		services,
		upgrade: (request, socket, head) => gateway.upgrade(request, socket, head),
		stopRooms,
		close: once(async () => {
			await rounds.stop();
			await watch.stop();
			await stopRooms();
			await sweeping.stop();
			await outbox?.close();
			await Promise.all([sweeping.stop(), summaries.stop()]);
			await db.destroy();
			release();
		})
	};
}

/** Where the app finds the services; the app and the server share no modules at run time. */
export function handOver(services: Services): void {
	Object.assign(globalThis, { [Symbol.for(SERVICES)]: services });
}

/** Takes the data folder, and opens the database in it at the newest schema. */
async function openFolder(dataDir: string): Promise<{ db: Database; release(): void }> {
	const { release } = explaining(dataDir, () => {
		makeFolder(dataDir);
		return lockFolder(dataDir);
	});
	try {
		return { db: await openMigrated(dataDir), release };
	} catch (error) {
		release();
		throw error;
	}
}

async function openMigrated(dataDir: string): Promise<Database> {
	const db = explaining(dataDir, () => openDatabase(dataDir));
	try {
		await migrate(db);
		return db;
	} catch (error) {
		await db.destroy();
		throw isFromDatabase(error) ? cannotOpen(dataDir, error) : error;
	}
}

/** Whatever goes wrong with files here, a person can put right. */
function explaining<T>(dataDir: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw error instanceof CannotStart ? error : cannotOpen(dataDir, error);
	}
}

function isFromDatabase(error: unknown): error is Error {
	return error instanceof Error && 'errcode' in error;
}

function cannotOpen(dataDir: string, error: unknown): CannotStart {
	const reason = error instanceof Error ? error.message : String(error);
	const file = JSON.stringify(databaseFile(dataDir));
	if (error instanceof Error && isBroken(error)) {
		return new CannotStart(
			`The database ${file} cannot be read: ${reason}. Put a backup in its place, or set DATA_DIR to another folder.`
		);
	}
	if (isFromDatabase(error) && !isStorageFailure(error)) {
		return new CannotStart(
			`The database ${file} cannot be brought up to date: ${reason}. Set DATA_DIR to another folder if it is another program's.`
		);
	}
	return new CannotStart(
		`DATA_DIR is ${JSON.stringify(dataDir)}, but must be a folder that this user may write to: ${reason}.`
	);
}

function once(work: () => Promise<void>): () => Promise<void> {
	let done: Promise<void> | undefined;
	return () => (done ??= work());
}
