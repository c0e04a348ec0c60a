/** The frames of the wire as pure functions: bytes to one of `Incoming`, and values to bytes. */
import * as encoding from 'lib0/encoding';
import { MESSAGE, SYNC } from '#sync/messages.ts';
import { ROLES, type Role } from '#sync/people.ts';
import { cursorOver, expectEnd, FrameError, readBytes, readUint, type Cursor } from './cursor.ts';

export type Incoming =
	/** Sync step 1: what the client has; it wants the rest. */
	| { type: 'state-vector'; vector: Uint8Array }
	/** Sync step 2 or a sync update: a document message, which is counted. */
	| { type: 'update'; update: Uint8Array; isStep2: boolean }
	| { type: 'awareness'; states: Uint8Array }
	| { type: 'query-awareness' };

/** Throws `FrameError` for everything that is not exactly one known message. Copies nothing. */
export function decodeFrame(bytes: Uint8Array): Incoming {
	const cursor = cursorOver(bytes);
	const message = readMessage(cursor);
	expectEnd(cursor);
	return message;
}

function readMessage(cursor: Cursor): Incoming {
	const type = readUint(cursor);
	switch (type) {
		case MESSAGE.sync:
			return readSync(cursor);
		case MESSAGE.awareness:
			return { type: 'awareness', states: readBytes(cursor) };
		case MESSAGE.queryAwareness:
			return { type: 'query-awareness' };
		default:
			throw new FrameError(`unknown message type ${type}`);
	}
}

function readSync(cursor: Cursor): Incoming {
	const kind = readUint(cursor);
	switch (kind) {
		case SYNC.step1:
			return { type: 'state-vector', vector: readBytes(cursor) };
		case SYNC.step2:
		case SYNC.update:
			return { type: 'update', update: readBytes(cursor), isStep2: kind === SYNC.step2 };
		default:
			throw new FrameError(`unknown sync message ${kind}`);
	}
}

export function encodeStep1(stateVector: Uint8Array): Uint8Array {
	return encodeSync(SYNC.step1, stateVector);
}

export function encodeStep2(update: Uint8Array): Uint8Array {
	return encodeSync(SYNC.step2, update);
}

export function encodeUpdate(update: Uint8Array): Uint8Array {
	return encodeSync(SYNC.update, update);
}

/** How many document messages of this connection are stored. */
export function encodeStored(count: number): Uint8Array {
	return encodeNumber(MESSAGE.stored, count);
}

export function encodeStorage(storing: boolean): Uint8Array {
	return encodeNumber(MESSAGE.storage, storing ? 0 : 1);
}

/** What a connection may do from its document message `after` + 1 on. */
export function encodeRole(role: Role, after: number): Uint8Array {
	return encodeNumber(MESSAGE.role, ROLES.indexOf(role), after);
}

/** One client's awareness state as it goes over the wire. */
export interface WireState {
	clientId: number;
	clock: number;
	/** JSON in UTF-8; `null` says that the client is gone. */
	json: Uint8Array;
}

export function encodeAwareness(states: readonly WireState[]): Uint8Array {
	const inner = encoding.createEncoder();
	encoding.writeVarUint(inner, states.length);
	for (const { clientId, clock, json } of states) {
		encoding.writeVarUint(inner, clientId);
		encoding.writeVarUint(inner, clock);
		encoding.writeVarUint8Array(inner, json);
	}
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, MESSAGE.awareness);
		encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
	});
}

function encodeSync(kind: number, payload: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, MESSAGE.sync);
		encoding.writeVarUint(encoder, kind);
		encoding.writeVarUint8Array(encoder, payload);
	});
}

function encodeNumber(type: number, ...values: number[]): Uint8Array {
	return encoding.encode((encoder) => {
		for (const value of [type, ...values]) encoding.writeVarUint(encoder, value);
	});
}
