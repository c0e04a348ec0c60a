/**
 * The one logger: a JSON line each on standard error, written at once so that the last words of a
 * process are not lost. Never log a token, a cookie or a room code.
 */
import { destination, pino, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type Log = Logger;

export function createLog(level: LogLevel): Log {
	return pino(
		{ level, base: undefined, timestamp: () => `,"time":"${new Date().toISOString()}"` },
		destination({ dest: 2, sync: true })
	);
}
