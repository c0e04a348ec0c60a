/**
 * Walks an update (encoding V1) without building anything of it, and refuses what Yjs 13.6 would
 * take and choke on: structs and delete ranges of no length, delete ranges out of order, counts
 * beyond the bytes, references to an item's own future, text that is not UTF-8 or JSON, deep values,
 * subdocuments, anything after the end. The format is that of yjs/src/utils/encoding.js and
 * updates.js, which read a few info bytes differently from each other; only what both read alike
 * passes.
 */
import { CLOSE } from '#sync/close-codes.ts';
import {
	cursorOver,
	expectEnd,
	FrameError,
	readByte,
	readBytes,
	readCount,
	readString,
	readUint,
	skipBytes,
	type Cursor
} from './cursor.ts';

/** The structs of one client in an update: clocks `from` up to but not including `to`. */
export interface ClientRange {
	client: number;
	from: number;
	to: number;
}

export interface Position {
	client: number;
	clock: number;
}

/** What one struct says of itself, its content aside. */
export interface Struct extends Position {
	length: number;
	/** It holds a shared type. */
	isType: boolean;
	/** What it held is erased. */
	isGone: boolean;
	/** It is not there: others after it are. */
	isSkip: boolean;
	/** Undefined for what holds nothing. */
	place:
		| { is: 'root'; name: string; key: string | null }
		| { is: 'parent'; of: Position; key: string | null }
		/** `right` only where there is one on both sides. */
		| { is: 'neighbour'; of: Position; right: Position | undefined }
		| undefined;
}

export interface UpdateSummary {
	/** Whose structs it carries. */
	ranges: ClientRange[];
	/** Where its structs lie is not plain: see `checkPlaces`. */
	hasPlaces: boolean;
	/** What it builds on: how much of whose structs, as in a state vector, must be there before it. */
	needs: Map<number, number>;
}

/** Levels of objects and arrays within one plain value. */
const MAX_VALUE_DEPTH = 32;

/** Throws `FrameError`; else says what the update carries. */
export function checkUpdate(update: Uint8Array): UpdateSummary {
	const cursor = cursorOver(update);
	let hasPlaces = false;
	const needs = new Map<number, number>();
	const named: Position[] = [];
	const ranges = readStructs(
		cursor,
		({ client, clock, length, isType, isSkip, place }) => {
			hasPlaces ||= isType || place?.is === 'parent';
			hasPlaces ||= place?.is === 'neighbour' && place.right !== undefined;
			if (isSkip) needs.set(client, clock + length);
		},
		(position) => named.push(position)
	);
	readDeleteSet(cursor, (position) => named.push(position));
	expectEnd(cursor);
	addNeeds(needs, ranges, named);
	return { ranges, hasPlaces, needs };
}

/** Needed is what is before a range, and what is named and in no range. */
function addNeeds(
	needs: Map<number, number>,
	ranges: readonly ClientRange[],
	named: readonly Position[]
): void {
	const ends = new Map<number, number>();
	for (const { client, from, to } of ranges) {
		if (ends.has(client)) throw new FrameError('a client twice');
		ends.set(client, to);
		if (from > 0 && !needs.has(client)) needs.set(client, from);
	}
	for (const { client, clock } of named) {
		const isBrought = clock < (ends.get(client) ?? 0);
		if (!isBrought && clock >= (needs.get(client) ?? 0)) needs.set(client, clock + 1);
	}
}

/** Calls back with every struct, those of a client in the order of their clocks. */
export function walkStructs(update: Uint8Array, visit: (struct: Struct) => void): void {
	readStructs(cursorOver(update), visit, () => undefined);
}

/** Throws `FrameError` unless the bytes are one state vector. */
export function checkStateVector(vector: Uint8Array): void {
	const cursor = cursorOver(vector);
	for (let left = readCount(cursor, 2); left > 0; left--) {
		readUint(cursor);
		readUint(cursor);
	}
	expectEnd(cursor);
}

/** Calls back with every struct, and with everything that one names or skips. */
function readStructs(
	cursor: Cursor,
	visit: (struct: Struct) => void,
	name: (position: Position) => void
): ClientRange[] {
	const ranges: ClientRange[] = [];
	for (let clients = readCount(cursor, 3); clients > 0; clients--) {
		const structs = readCount(cursor, 2);
		const client = readUint(cursor);
		const from = readUint(cursor);
		let to = from;
		for (let left = structs; left > 0; left--) {
			const struct = readStruct(cursor, { client, clock: to }, name);
			to = advance(to, struct.length);
			visit(struct);
		}
		ranges.push({ client, from, to });
	}
	return ranges;
}

/**
 * Yjs writes the ranges of a client in order, once and apart. While they wait for what they delete,
 * it keeps them as differences that can only be positive: others would delete something else, or
 * make every update after them throw.
 */
function readDeleteSet(cursor: Cursor, name: (position: Position) => void): void {
	const clients = new Set<number>();
	for (let left = readCount(cursor, 2); left > 0; left--) {
		const client = readUint(cursor);
		if (clients.has(client)) throw new FrameError('deletions out of order');
		clients.add(client);
		let end = 0;
		for (let ranges = readCount(cursor, 2); ranges > 0; ranges--) {
			const clock = readUint(cursor);
			if (clock < end) throw new FrameError('deletions out of order');
			end = advance(clock, readUint(cursor));
			name({ client, clock: end - 1 });
		}
	}
}

function advance(clock: number, length: number): number {
	if (length < 1) throw new FrameError('something of no length');
	const end = clock + length;
	if (!Number.isSafeInteger(end)) throw new FrameError('a clock out of range');
	return end;
}

const GC = 0;
const SKIP = 10;
const HAS_ORIGIN = 0b1000_0000;
const HAS_RIGHT_ORIGIN = 0b0100_0000;
const HAS_PARENT_KEY = 0b0010_0000;
const CONTENT = 0b0001_1111;
/** The numbers of content that is erased, and of a shared type. */
const DELETED = 1;
const TYPE = 7;

function readStruct(cursor: Cursor, at: Position, name: (position: Position) => void): Struct {
	const info = readByte(cursor);
	if (info === GC || info === SKIP) {
		const isSkip = info === SKIP;
		return {
			...at,
			length: readUint(cursor),
			isType: false,
			isGone: true,
			isSkip,
			place: undefined
		};
	}
	const kind = info & CONTENT;
	const readContent = CONTENTS[kind];
	if (readContent === undefined) throw new FrameError(`unknown content ${kind}`);
	const left = (info & HAS_ORIGIN) !== 0 ? readReference(cursor, at) : undefined;
	const right = (info & HAS_RIGHT_ORIGIN) !== 0 ? readReference(cursor, at) : undefined;
	const place = placeBetween(left, right) ?? readParent(cursor, at, (info & HAS_PARENT_KEY) !== 0);
	if (left !== undefined) name(left);
	if (right !== undefined) name(right);
	if (place?.is === 'parent') name(place.of);
	const length = readContent(cursor);
	return { ...at, length, isType: kind === TYPE, isGone: kind === DELETED, isSkip: false, place };
}

function placeBetween(left: Position | undefined, right: Position | undefined): Struct['place'] {
	if (left !== undefined) return { is: 'neighbour', of: left, right };
	return right && { is: 'neighbour', of: right, right: undefined };
}

function readParent(cursor: Cursor, at: Position, hasKey: boolean): Struct['place'] {
	const isRoot = readUint(cursor);
	if (isRoot > 1) throw new FrameError('unknown kind of parent');
	if (isRoot === 0) {
		const of = readReference(cursor, at);
		return { is: 'parent', of, key: hasKey ? readString(cursor) : null };
	}
	const name = readString(cursor);
	return { is: 'root', name, key: hasKey ? readString(cursor) : null };
}

function readReference(cursor: Cursor, from: Position): Position {
	const client = readUint(cursor);
	const clock = readUint(cursor);
	if (client === from.client && clock >= from.clock) {
		throw new FrameError('a reference to what comes later');
	}
	return { client, clock };
}

const repeated = (readOne: (cursor: Cursor) => void) => (cursor: Cursor) => {
	const count = readCount(cursor, 1);
	for (let left = count; left > 0; left--) readOne(cursor);
	return count;
};

/** How each kind of content is read, by number; each returns the content's length. */
const CONTENTS: Record<number, (cursor: Cursor) => number> = {
	[DELETED]: readUint,
	/** JSON, as Yjs wrote it before 13 */
	2: repeated((cursor) => {
		const json = readString(cursor);
		if (json !== 'undefined') checkJson(json);
	}),
	/** Binary */
	3: (cursor) => (readBytes(cursor), 1),
	/** String: its length is counted in UTF-16 units */
	4: (cursor) => readString(cursor).length,
	/** Embed */
	5: (cursor) => (checkJson(readString(cursor)), 1),
	/** Format */
	6: (cursor) => (readString(cursor), checkJson(readString(cursor)), 1),
	[TYPE]: (cursor) => (readType(cursor), 1),
	/** Any */
	8: repeated((cursor) => skipAny(cursor, 0))
};

/** Array, Map, Text, XmlElement, XmlFragment, XmlHook, XmlText; two of them have a name. */
function readType(cursor: Cursor): void {
	const type = readUint(cursor);
	if (type > 6) throw new FrameError(`unknown type ${type}`);
	if (type === 3 || type === 5) readString(cursor);
}

function checkJson(json: string): void {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch (cause) {
		throw new FrameError('text that is not JSON', CLOSE.badFrame, { cause });
	}
	checkDepth(value, 0);
}

function checkDepth(value: unknown, depth: number): void {
	if (typeof value !== 'object' || value === null) return;
	if (depth >= MAX_VALUE_DEPTH) throw new FrameError('a value too deep');
	if (Object.hasOwn(value, '__proto__')) throw new FrameError('a forbidden key');
	for (const inner of Object.values(value)) checkDepth(inner, depth + 1);
}

/** One value in lib0's encoding of any value. */
function skipAny(cursor: Cursor, depth: number): void {
	if (depth > MAX_VALUE_DEPTH) throw new FrameError('a value too deep');
	const kind = readByte(cursor);
	switch (kind) {
		case 127: // undefined
		case 126: // null
		case 121: // false
		case 120: // true
			return;
		case 125: // integer
			return skipVarInt(cursor);
		case 124: // 32-bit float
			return skipBytes(cursor, 4);
		case 123: // 64-bit float
		case 122: // 64-bit integer
			return skipBytes(cursor, 8);
		case 119: // string
			readString(cursor);
			return;
		case 118: // object
			for (let left = readCount(cursor, 2); left > 0; left--) {
				if (readString(cursor) === '__proto__') throw new FrameError('a forbidden key');
				skipAny(cursor, depth + 1);
			}
			return;
		case 117: // array
			for (let left = readCount(cursor, 1); left > 0; left--) skipAny(cursor, depth + 1);
			return;
		case 116: // bytes
			readBytes(cursor);
			return;
		default:
			throw new FrameError(`unknown kind of value ${kind}`);
	}
}

/** At most seven bytes hold an exact integer: 6 bits in the first, 7 in each other. */
function skipVarInt(cursor: Cursor): void {
	for (let length = 1; length <= 7; length++) {
		if (readByte(cursor) < 0b1000_0000) return;
	}
	throw new FrameError('a number out of range');
}
