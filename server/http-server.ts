/**
 * The HTTP server around the built app. What the app learns of the scheme and the client's address
 * comes from two headers that only this server sets; whatever a client sent under their names is
 * overwritten.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { clientAddress } from './client-address.ts';
import type { Config } from './config.ts';
import { answersEarly } from './api-edge.ts';
import { answerJson } from './answer-json.ts';
import type { Log } from './log.ts';
import { securityHeaders } from './security-headers.ts';
import { isSyncPath } from './sync/gateway.ts';

export const PROTOCOL_HEADER = 'x-detente-protocol';
export const ADDRESS_HEADER = 'x-detente-address';

/** Time for a request's headers, in milliseconds: with the check below, slow senders go within 10 s. */
const HEADERS_TIMEOUT_MS = 7_000;
/** Time for a whole request. */
const REQUEST_TIMEOUT_MS = 30_000;
/** An idle connection is kept this long for the next request. */
const KEEP_ALIVE_TIMEOUT_MS = 5_000;
/** How often the two time-outs above are looked after. */
const CHECK_EVERY_MS = 2_000;
/** Open connections of any kind; whoever comes beyond is dropped unread. */
const CONNECTIONS_MAX = 10_000;
/** All headers of a request together, in bytes. */
const HEADERS_MAX = 16 * 1024;

/** The handler that adapter-node builds. */
export type AppHandler = (
	request: IncomingMessage,
	response: ServerResponse,
	next: () => void
) => unknown;

export interface HttpServerParts {
	app: AppHandler;
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	config: Pick<Config, 'trustedProxies' | 'origin'>;
	log: Log;
}

export function createHttpServer({ app, upgrade, config, log }: HttpServerParts): Server {
	const server = createServer({
		headersTimeout: HEADERS_TIMEOUT_MS,
		requestTimeout: REQUEST_TIMEOUT_MS,
		keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
		connectionsCheckingInterval: CHECK_EVERY_MS,
		maxHeaderSize: HEADERS_MAX,
		// Others, such as `Upgrade: h2c`, are answered as if they had not asked.
		shouldUpgradeCallback: (request) =>
			isSyncPath(request) && request.headers.upgrade?.toLowerCase() === 'websocket'
	});

	const onEveryAnswer = Object.entries(securityHeaders(config.origin));
	server.maxConnections = CONNECTIONS_MAX;
	server.on('request', (request, response) => {
		response.once('finish', () => discardRest(request));
		for (const [name, value] of onEveryAnswer) response.setHeader(name, value);
		request.headers[PROTOCOL_HEADER] = 'http';
		request.headers[ADDRESS_HEADER] = clientAddress(request, config.trustedProxies);
		if (isSyncPath(request)) return answerUpgradeRequired(response);
		if (answersEarly(request, response)) return;
		try {
			app(request, response, () => answerNotFound(response));
		} catch (err) {
			log.warn({ err, method: request.method }, 'a request that the app cannot take');
			if (!response.headersSent) response.writeHead(400);
			response.end();
		}
	});

	server.on('upgrade', upgrade);

	return server;
}

/**
 * Reads on and throws away what is left of a body that was answered before its end. A connection
 * that is closed with something unread is reset, and then many clients never see the answer.
 * `REQUEST_TIMEOUT_MS` ends this.
 */
function discardRest(request: IncomingMessage): void {
	if (request.complete) return;
	request.removeAllListeners('data');
	request.resume();
}

function answerUpgradeRequired(response: ServerResponse): void {
	response.setHeader('upgrade', 'websocket');
	answerJson(response, 426, 'upgrade-required', 'This address takes websockets only.');
}

function answerNotFound(response: ServerResponse): void {
	answerJson(response, 404, 'not-found', 'There is nothing at this address.');
}
