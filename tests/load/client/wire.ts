/**
 * How each server wants the y-websocket protocol: at which address, and with what around a
 * message. Hocuspocus has one address for all rooms, puts the room's name before every message and
 * wants a token first.
 */
import * as encoding from 'lib0/encoding';
import { MESSAGE, SYNC } from '../../../src/lib/sync/messages.ts';
import { clientFrame } from './client-frame.ts';

export const SERVERS = ['relay', 'ours', 'y-websocket', 'hocuspocus'] as const;
export type ServerName = (typeof SERVERS)[number];

/** Frames and addresses of one room on one server. `person` is who our server takes it for. */
export interface Wire {
	path(person: string): string;
	/** What a client says first, without any document of its own. */
	hello: Buffer;
	/** What a client without a document answers to the server's step 1. */
	nothing: Buffer;
	/** Where the message begins in what the server sends. */
	offset: number;
	frame(message: Uint8Array): Buffer;
}

const EMPTY_VECTOR = Uint8Array.of(0);
const EMPTY_UPDATE = Uint8Array.of(0, 0);

export function wireOf(server: ServerName, room: string): Wire {
	const prefix = server === 'hocuspocus' ? encoded((to) => encoding.writeVarString(to, room)) : [];
	const frame = (message: Uint8Array) => clientFrame(Buffer.from([...prefix, ...message]));
	const hello = [frame(syncMessage(SYNC.step1, EMPTY_VECTOR))];
	if (server === 'hocuspocus') hello.unshift(frame(tokenMessage()));
	return {
		path: (person) =>
			server === 'ours'
				? `/sync/${room}?person=${person}`
				: server === 'hocuspocus'
					? '/'
					: `/${room}`,
		hello: Buffer.concat(hello),
		nothing: frame(syncMessage(SYNC.step2, EMPTY_UPDATE)),
		offset: prefix.length,
		frame
	};
}

export function updateMessage(update: Uint8Array): Uint8Array {
	return syncMessage(SYNC.update, update);
}

function syncMessage(kind: number, payload: Uint8Array): Uint8Array {
	return encoded((to) => {
		encoding.writeVarUint(to, MESSAGE.sync);
		encoding.writeVarUint(to, kind);
		encoding.writeVarUint8Array(to, payload);
	});
}

export function awarenessMessage(clientId: number, clock: number, json: string): Uint8Array {
	const state = encoded((to) => {
		encoding.writeVarUint(to, 1);
		encoding.writeVarUint(to, clientId);
		encoding.writeVarUint(to, clock);
		encoding.writeVarString(to, json);
	});
	return encoded((to) => {
		encoding.writeVarUint(to, MESSAGE.awareness);
		encoding.writeVarUint8Array(to, state);
	});
}

/** Any token does: nothing is configured to look at it. */
function tokenMessage(): Uint8Array {
	return encoded((to) => {
		encoding.writeVarUint(to, MESSAGE.auth);
		encoding.writeVarUint(to, 0);
		encoding.writeVarString(to, 'token');
	});
}

function encoded(write: (encoder: encoding.Encoder) => void): Uint8Array {
	return encoding.encode(write);
}
