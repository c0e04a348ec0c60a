/**
 * The door: HTTP upgrades of `/sync/<room>`. Path and `Origin` are judged before the upgrade, with
 * an HTTP status; the person after it, with a close code, since a browser shows a page nothing of
 * a refused upgrade. Until then the socket is not read.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { CLOSE, type CloseCode } from '#sync/close-codes.ts';
import type { PublicPerson } from '#sync/people.ts';
import type { LiveRooms } from './live-rooms.ts';

export type Authorization = { person: PublicPerson; epoch: number } | { close: CloseCode };

export interface GatewayOptions {
	liveRooms: LiveRooms;
	/** Who this is and whether they may be in the room. */
	authorize(request: IncomingMessage, roomId: string): Promise<Authorization>;
	/** Whether a page of this `Origin` (undefined: none was sent) may connect. */
	allowsOrigin(request: IncomingMessage): boolean;
	log: Logger;
}

export interface Gateway {
	/** For the HTTP server's 'upgrade' event. */
	upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
	/** Refuses from now on, and resolves when every socket is closed. */
	close(): Promise<void>;
}

interface Asked {
	roomId: string;
	ack: boolean;
	/** Null when the client did not say. */
	epoch: string | null;
}

/** How long clients may take to answer the closing when the server stops, in milliseconds. */
const CLOSING_MS = 1_000;

/** Whether an upgrade is the gateway's to answer. */
export function isSyncPath(request: IncomingMessage): boolean {
	return request.url?.startsWith('/sync/') ?? false;
}

export function createGateway({
	liveRooms,
	authorize,
	allowsOrigin,
	log
}: GatewayOptions): Gateway {
	const { limits, figures } = liveRooms;
	// `@types/ws` does not know all of ws 8.23.
	const options: ServerOptions & { closeTimeout: number } = {
		noServer: true,
		perMessageDeflate: false,
		// Twice our own limit, so that what is a little too large gets our code and not ws's 1009.
		maxPayload: 2 * limits.maxFrameBytes,
		maxFragments: limits.maxFragments,
		maxBufferedChunks: limits.maxBufferedChunks,
		closeTimeout: limits.closeMs,
		// A connection answers pings itself, and not without end.
		autoPong: false
	};
	const server = new WebSocketServer(options);
	// One for all: a function made for each upgrade would keep its request for as long as the socket.
	const onSocketError = (error: Error) => log.debug({ err: error }, 'a socket failed');
	let waiting = 0;
	let isClosing = false;

	function refuse(socket: WebSocket, code: CloseCode): void {
		figures.closed(code);
		socket.resume();
		socket.close(code);
	}

	async function admit(
		socket: WebSocket,
		stream: Duplex,
		request: IncomingMessage,
		asked: Asked
	): Promise<void> {
		const { roomId, ack } = asked;
		const lookUp = () => withDeadline(authorize(request, roomId), limits.authorizeMs);
		const seen = liveRooms.rights.of(roomId);
		const authorization = await lookUp();
		if (isClosing) return refuse(socket, CLOSE.restarting);
		if ('close' in authorization) return refuse(socket, authorization.close);
		const { person, epoch } = authorization;
		if (asked.epoch !== null && asked.epoch !== String(epoch))
			return refuse(socket, CLOSE.roomGone);
		const connection = await liveRooms.accept(socket, stream, { id: roomId }, person, { ack });
		// Whoever was not here yet has not been told of what changed since it was looked up.
		if (seen === liveRooms.rights.of(roomId)) return;
		await liveRooms.rights.settle(roomId, lookUp, (found) => {
			// Another of their browsers may still be signed in.
			if ('close' in found) connection.close(found.close);
			else liveRooms.assign(roomId, found.person);
		});
	}

	function onOpen(socket: WebSocket, stream: Duplex, request: IncomingMessage, asked: Asked): void {
		socket.pause();
		socket.on('error', onSocketError);
		waiting += 1;
		admit(socket, stream, request, asked)
			.catch((error: unknown) => {
				log.error({ err: error, room: asked.roomId }, 'cannot authorise a connection');
				refuse(socket, CLOSE.tryLater);
			})
			.finally(() => (waiting -= 1));
	}

	return {
		upgrade(request, socket, head) {
			socket.on('error', onSocketError);
			const asked = readRequest(request);
			if (asked === null) return endWith(socket, '404 Not Found');
			if (!allowsOrigin(request)) return endWith(socket, '403 Forbidden');
			if (isClosing || waiting >= limits.maxWaitingSockets) {
				return endWith(socket, '503 Service Unavailable');
			}
			server.handleUpgrade(request, socket, head, (opened) => {
				onOpen(opened, socket, request, asked);
			});
		},
		async close() {
			isClosing = true;
			const { clients } = server;
			await Promise.race([allClosed(clients), pause(CLOSING_MS, undefined, { ref: false })]);
			for (const socket of clients) socket.terminate();
			server.close();
		}
	};
}

/** Null unless it is `/sync/<room>`. */
function readRequest(request: IncomingMessage): Asked | null {
	const url = URL.parse(request.url ?? '', 'http://localhost');
	const roomId = url?.pathname.match(/^\/sync\/([A-Za-z0-9_-]{1,64})$/)?.[1];
	if (url === null || roomId === undefined) return null;
	const { searchParams } = url;
	return { roomId, ack: searchParams.get('ack') === '1', epoch: searchParams.get('epoch') };
}

function endWith(socket: Duplex, status: string): void {
	socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
		socket.destroy()
	);
}

async function withDeadline<T>(work: Promise<T>, ms: number): Promise<T> {
	const { promise: late, reject } = Promise.withResolvers<never>();
	const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}

async function allClosed(clients: Set<WebSocket>): Promise<void> {
	const closing = [...clients].map((socket) => {
		return new Promise((resolve) => socket.once('close', resolve));
	});
	await Promise.all(closing);
}
