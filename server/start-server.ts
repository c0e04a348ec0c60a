/**
 * The whole server as one function, so that tests start what `main.ts` starts: configuration ->
 * backend -> built app -> HTTP and websockets -> orderly end.
 */
import { existsSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isIPv6 } from 'node:net';
import { createBackend, handOver } from './backend.ts';
import { CannotStart } from './cannot-start.ts';
import type { Config } from './config.ts';
import {
	ADDRESS_HEADER,
	createHttpServer,
	PROTOCOL_HEADER,
	type AppHandler
} from './http-server.ts';
import type { Log } from './log.ts';
import type { Figures } from './metrics/figures.ts';
import { startMetrics, type MetricsServer } from './metrics/metrics-server.ts';

/** A request's body, in bytes. The interface for programs has a lower limit of its own. */
const BODY_MAX = 512 * 1024;
/** How long requests under way may take once the server stops, in milliseconds. */
const REQUESTS_GRACE_MS = 3_000;

const HANDLER = new URL('../build/handler.js', import.meta.url);

export interface RunningServer {
	/** Where it listens, such as `http://127.0.0.1:3000`. */
	address: string;
	/** Ends it: what came in is stored, sockets are closed with 1012. */
	close(): Promise<void>;
}

/** Starts the server. Throws `CannotStart` for what the person who starts it can put right. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
	const figures = config.metricsPort === undefined ? undefined : await loadFigures();
	const backend = await createBackend(config, log, figures);
	try {
		handOver(backend.services);
		const app = await loadApp(config);
		const server = createHttpServer({ app, upgrade: backend.upgrade, config, log });
		const metrics = await openMetrics(config, figures, log);
		await listen(server, config);
		return {
			address: addressOf(server),
			async close() {
				// Requests under way may still need the database.
				await Promise.all([stopServing(server), backend.stopRooms(), metrics?.close()]);
				await backend.close();
			}
		};
	} catch (error) {
		await backend.close();
		throw error;
	}
}

/** Loaded only where figures are wanted. */
async function loadFigures(): Promise<Figures> {
	return (await import('./metrics/figures.ts')).createFigures();
}

async function openMetrics(
	{ metricsPort }: Config,
	figures: Figures | undefined,
	log: Log
): Promise<MetricsServer | undefined> {
	if (metricsPort === undefined || figures === undefined) return undefined;
	const metrics = await startMetrics(metricsPort, figures, log);
	log.info({ address: metrics.address }, 'figures are to be had');
	return metrics;
}

/** The handler reads its settings from the environment when it is loaded, so they are put there. */
async function loadApp(config: Config): Promise<AppHandler> {
	if (!existsSync(HANDLER)) {
		throw new CannotStart('The app is not built. Run `npm start`, or `npm run build` first.');
	}
	setEnvironment({
		ORIGIN: config.origin,
		PROTOCOL_HEADER,
		ADDRESS_HEADER,
		HOST_HEADER: undefined,
		PORT_HEADER: undefined,
		XFF_DEPTH: undefined,
		BODY_SIZE_LIMIT: String(BODY_MAX)
	});
	const { handler } = (await import(HANDLER.href)) as { handler: AppHandler };
	return handler;
}

function setEnvironment(values: Record<string, string | undefined>): void {
	for (const [name, value] of Object.entries(values)) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
}

function listen(server: Server, { host, port }: Config): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', (error) => reject(cannotListen(error, host, port)));
		server.listen({ host, port }, () => {
			server.removeAllListeners('error');
			resolve();
		});
	});
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): CannotStart {
	switch (error.code) {
		case 'EADDRINUSE':
			return new CannotStart(
				`PORT is ${port}, but another program is using that port of ${host}. Stop it, or set PORT to a free one.`
			);
		case 'EACCES':
			return new CannotStart(
				`PORT is ${port}, but this user may not listen on it. Set PORT to 1024 or above.`
			);
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
		case 'EADDRNOTAVAIL':
			return new CannotStart(
				`HOST is ${JSON.stringify(host)}, but must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.`
			);
		default:
			return new CannotStart(`Cannot listen on ${host}, port ${port}: ${error.message}.`);
	}
}

/** Every interface is reachable as this machine's own address. */
function addressOf(server: Server): string {
	const { address, port } = server.address() as AddressInfo;
	const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
	return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** Takes nothing new, lets requests under way finish, then cuts what is left. */
function stopServing(server: Server): Promise<void> {
	return new Promise((resolve) => {
		const cut = setTimeout(() => server.closeAllConnections(), REQUESTS_GRACE_MS);
		server.close(() => {
			clearTimeout(cut);
			resolve();
		});
	});
}
