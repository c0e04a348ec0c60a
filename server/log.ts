/**
 * The one logger: a JSON line each on standard error, written at once so that the last words of a
 * process are not lost. Never log a token, a cookie, a room code, an address, a name or a text that
 * somebody typed; ids are fine. Errors come from libraries that do not know this rule: of them only
 * what cannot say more is logged.
 */
import { destination, pino, type Logger } from 'pino';
import type { LogLevel } from './config.ts';

export type Log = Logger;

export function createLog(level: LogLevel): Log {
	return pino(
		{
			level,
			base: undefined,
			timestamp: () => `,"time":"${new Date().toISOString()}"`,
			serializers: { err: describeError }
		},
		destination({ dest: 2, sync: true })
	);
}

interface ErrorInWords {
	type: string;
	message: string;
	code?: string | number;
	errcode?: number;
	/** Where it was thrown, without the message. */
	stack?: string;
	cause?: ErrorInWords;
}

/** Causes within causes, at most so deep. */
const DEPTH = 5;
const E_MAIL = /[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g;

/**
 * An error without what it may have been given: databases and parsers put values into messages and
 * properties of their errors (`detail`, `parameters`, `input`).
 */
export function describeError(thrown: unknown, depth = DEPTH): ErrorInWords {
	if (!(thrown instanceof Error)) return { type: typeof thrown, message: 'no error was thrown' };
	const { name, stack, cause } = thrown;
	const { code, errcode } = thrown as { code?: unknown; errcode?: unknown };
	const frames = stack?.slice(stack.search(/\n\s+at /) + 1);
	return {
		type: name,
		message: messageOf(thrown),
		...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
		...(typeof errcode === 'number' ? { errcode } : {}),
		...(frames?.trimStart().startsWith('at ') ? { stack: frames } : {}),
		...(cause === undefined || depth === 0 ? {} : { cause: describeError(cause, depth - 1) })
	};
}

function messageOf({ name, message }: Error): string {
	// JSON.parse quotes what it could not read.
	if (name === 'SyntaxError') return 'a text that cannot be read';
	return message.replaceAll(E_MAIL, '<e-mail>');
}
