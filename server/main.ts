/**
 * The entry: `node server/main.ts`. Exit codes: 0 after SIGINT, SIGTERM or SIGHUP with everything stored,
 * 1 when it cannot start or cannot end in order.
 *
 * Once it runs, nothing that a client sends ends it. An error that nobody caught is logged and the
 * process goes on: what was acknowledged is stored by then, and one room's trouble must not cut
 * off all the others.
 */
import { CannotStart } from './cannot-start.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { startServer } from './start-server.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** From the first signal to the end, at most; in milliseconds. */
const SHUTDOWN_MS = 9_500;

try {
	await run();
} catch (error) {
	const lines = error instanceof CannotStart ? error.sentences : [error];
	for (const line of lines) console.error(line);
	process.exit(1);
}

async function run(): Promise<void> {
	const config = readConfig();
	const log = createLog(config.logLevel);
	const signal = firstSignal();
	const server = await startServer(config, log);

	process.on('unhandledRejection', (err) => log.error({ err }, 'a promise nobody waited for'));
	process.on('uncaughtException', (err) => log.error({ err }, 'an error nobody caught'));
	console.log(`Détente Board is on ${server.address}`);

	const reason = await signal;
	log.info({ signal: reason }, 'stopping');
	setTimeout(() => {
		log.fatal('could not end in time');
		process.exit(1);
	}, SHUTDOWN_MS);
	await server.close();
	log.info('stopped, everything stored');
	process.exit(0);
}

/** Further signals change nothing: Ctrl-C reaches this process directly and through `npm start`. */
function firstSignal(): Promise<NodeJS.Signals> {
	return new Promise((resolve) => {
		for (const signal of SIGNALS) process.on(signal, resolve);
	});
}
