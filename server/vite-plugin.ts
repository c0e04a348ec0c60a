/**
 * `vite dev` with the real server behind it: the same services and the same websocket, on Vite's
 * own HTTP server. The server's modules are loaded by Node, not bundled into Vite's configuration;
 * a change to them needs a restart of `npm run dev`.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin, ViteDevServer } from 'vite';
import type * as ApiEdge from './api-edge.ts';
import type * as Backend from './backend.ts';
import type * as Config from './config.ts';
import type * as Log from './log.ts';
import type * as Gateway from './sync/gateway.ts';

export function detenteServer(): Plugin {
	return {
		name: 'detente-server',
		// Vitest starts Vite too, but brings what it needs itself.
		apply: (_, { command, mode, isPreview }) =>
			command === 'serve' && mode !== 'test' && isPreview !== true,
		configureServer: startBackend
	};
}

async function startBackend(vite: ViteDevServer): Promise<void> {
	const { httpServer } = vite;
	if (httpServer === null) return;
	const { createBackend, handOver } = await load<typeof Backend>('backend.ts');
	const { readConfig } = await load<typeof Config>('config.ts');
	const { createLog } = await load<typeof Log>('log.ts');
	const { answersEarly } = await load<typeof ApiEdge>('api-edge.ts');
	const { isSyncPath } = await load<typeof Gateway>('sync/gateway.ts');

	const config = readConfig();
	const log = createLog(config.logLevel);
	// When Vite restarts itself, it makes the new server before it ends the old one.
	await running()?.close();
	const backend = await createBackend(config, log);
	setRunning(backend);
	handOver(backend.services);
	vite.middlewares.use((request, response, next) => {
		if (!answersEarly(request, response)) next();
	});
	httpServer.on('upgrade', (request, socket, head) => {
		// Vite's own websocket is at another address and has its own listener.
		if (isSyncPath(request)) backend.upgrade(request, socket, head);
	});

	// Vite waits for this before it exits; the HTTP server waits for open sockets.
	const close = vite.close.bind(vite);
	vite.close = async () => {
		await backend.close();
		await close();
	};
}

/** Kept beyond this module, which a restart of Vite evaluates anew. */
const RUNNING = Symbol.for('detente.backend-in-development');

function running(): Backend.Backend | undefined {
	return (globalThis as { [RUNNING]?: Backend.Backend })[RUNNING];
}

function setRunning(backend: Backend.Backend): void {
	Object.assign(globalThis, { [RUNNING]: backend });
}

/** A module of this folder, as Node loads it: a bundler cannot follow the address. */
async function load<T>(file: string): Promise<T> {
	return (await import(pathToFileURL(join(import.meta.dirname, file)).href)) as T;
}
