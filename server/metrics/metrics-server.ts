/**
 * `GET /metrics` on a port of its own, on this machine's loopback alone. A page in a browser on this
 * machine cannot read it: it is of another origin, and a name that merely leads here is refused.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerJson } from '../answer-json.ts';
import { CannotStart } from '../cannot-start.ts';
import type { Log } from '../log.ts';
import type { Figures } from './figures.ts';

const HOST = '127.0.0.1';
const OWN_NAMES = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

export interface MetricsServer {
	/** Such as `http://127.0.0.1:9100/metrics`. */
	address: string;
	close(): Promise<void>;
}

/** Throws `CannotStart` when the port is not to be had. */
export async function startMetrics(
	port: number,
	figures: Pick<Figures, 'text'>,
	log: Log
): Promise<MetricsServer> {
	const server = createServer((request, response) => {
		answer(request, response, figures).catch((err: unknown) => {
			log.error({ err }, 'cannot tell figures');
			if (!response.headersSent) response.writeHead(500);
			response.end();
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', ({ message }) =>
			reject(new CannotStart(`METRICS_PORT is ${port}, but that port cannot be used: ${message}.`))
		);
		server.listen({ host: HOST, port }, resolve);
	});
	return {
		address: `http://${HOST}:${(server.address() as AddressInfo).port}/metrics`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			})
	};
}

async function answer(
	{ url, method, headers }: IncomingMessage,
	response: ServerResponse,
	figures: Pick<Figures, 'text'>
): Promise<void> {
	if (!OWN_NAMES.test(headers.host ?? '') || url !== '/metrics' || method !== 'GET') {
		return answerJson(response, 404, 'not-found', 'There is nothing at this address.');
	}
	const { type, body } = await figures.text();
	response.writeHead(200, {
		'content-type': type,
		'cache-control': 'no-store',
		'x-content-type-options': 'nosniff'
	});
	response.end(body);
}
