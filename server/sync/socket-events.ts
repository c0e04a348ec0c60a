/**
 * What happens to a websocket, told to one object. The functions that hear of it are shared by all
 * sockets: functions of their own for each, and what they hold on to, add up over thousands of
 * connections that say nothing.
 */
import type { RawData, WebSocket } from 'ws';

export interface SocketEvents {
	onMessage(data: RawData, isBinary: boolean): void;
	onPing(data: Buffer): void;
	onPong(): void;
	onClose(): void;
	/** A close follows. */
	onError(): void;
}

const listeners = new WeakMap<WebSocket, SocketEvents>();

/** Once a socket. */
export function listenTo(socket: WebSocket, listener: SocketEvents): void {
	listeners.set(socket, listener);
	socket.on('message', onMessage);
	socket.on('ping', onPing);
	socket.on('pong', onPong);
	socket.on('close', onClose);
	socket.on('error', onError);
}

function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void {
	listeners.get(this)?.onMessage(data, isBinary);
}

function onPing(this: WebSocket, data: Buffer): void {
	listeners.get(this)?.onPing(data);
}

function onPong(this: WebSocket): void {
	listeners.get(this)?.onPong();
}

function onClose(this: WebSocket): void {
	listeners.get(this)?.onClose();
}

function onError(this: WebSocket): void {
	listeners.get(this)?.onError();
}
