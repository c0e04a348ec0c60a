/**
 * Where the structs of an update lie, checked before Yjs sees them. A struct says it by the type it
 * is in, or by its neighbours there; each is looked up in the document, then in the update itself.
 *
 * - Shared types lie only so deep in each other. Yjs reads and deletes them by recursion: some two
 *   thousand levels, 24 kB on the wire, and a deletion above them throws for everybody, for good.
 * - Both neighbours lie in the same place, and what is named as a type is one. Otherwise it depends
 *   on what is collected as garbage when, and a document and its log come to differ.
 *
 * No honest client writes anything else. An update that overlaps with what is known is checked as
 * Yjs takes it, without that (`withoutKnownPart`): the rest of a struct that is cut lies after it.
 */
import * as Y from 'yjs';
import { walkStructs, type Position, type Struct } from './check-update.ts';
import { FrameError } from './cursor.ts';

/** Throws `FrameError` when a struct of `update`, which was checked, cannot lie in `doc` so. */
export function checkPlaces(doc: Y.Doc, update: Uint8Array, maxDepth: number): void {
	const places = new Places(doc, update);
	for (const struct of places.structs) {
		// Yjs leaves out what is known, whatever it says of itself this time.
		if (isIn(doc, { client: struct.client, clock: struct.clock + struct.length - 1 })) continue;
		places.checkNeighbours(struct);
		if (struct.isType && places.of(struct).depth >= maxDepth) {
			throw new FrameError('types nested too deep');
		}
	}
}

/** A list, or one key of a map. */
interface Place {
	/** The same for all that lie in it. */
	name: string;
	/** Levels of types above what lies in it: 0 in a root. */
	depth: number;
}

/** Of what is erased for good, and of what is in no place that is known: it will not be there either. */
const NOWHERE: Place = { name: '', depth: 0 };

class Places {
	readonly structs: Struct[] = [];
	readonly #doc: Y.Doc;
	readonly #byClient = new Map<number, Struct[]>();
	readonly #known = new Map<Struct, Place>();
	readonly #rootNames = new Map<unknown, string>();

	constructor(doc: Y.Doc, update: Uint8Array) {
		this.#doc = doc;
		for (const [name, type] of doc.share) this.#rootNames.set(type, name);
		walkStructs(update, (struct) => {
			this.structs.push(struct);
			const own = this.#byClient.get(struct.client);
			if (own === undefined) this.#byClient.set(struct.client, [struct]);
			else own.push(struct);
		});
	}

	/** Throws `FrameError`. */
	checkNeighbours({ place }: Struct): void {
		if (place?.is === 'parent') return this.#expectType(place.of);
		if (place?.is !== 'neighbour' || place.right === undefined) return;
		const [left, right] = [this.#at(place.of), this.#at(place.right)];
		if (left.name !== right.name) throw new FrameError('neighbours in two places');
		// What a key of a map holds comes after what it held before, and before nothing.
		if (left.name.startsWith(KEY)) throw new FrameError('a key between two others');
	}

	/** Follows neighbours until one says its type, or is in the document; then back. */
	of(struct: Struct): Place {
		const path = new Set<Struct>();
		let found: Place = NOWHERE;
		for (let at: Struct | undefined = struct; at !== undefined && !path.has(at);) {
			const known = this.#known.get(at);
			if (known !== undefined) {
				found = known;
				break;
			}
			path.add(at);
			const { place }: Struct = at;
			if (place?.is !== 'neighbour') {
				found = this.#said(place);
				break;
			}
			at = this.#fresh(place.of);
			if (at === undefined) found = this.#inDocument(place.of);
		}
		for (const each of path) this.#known.set(each, found);
		return found;
	}

	#at(position: Position): Place {
		const fresh = this.#fresh(position);
		return fresh === undefined ? this.#inDocument(position) : this.of(fresh);
	}

	#said(place: Exclude<Struct['place'], { is: 'neighbour' }>): Place {
		if (place === undefined) return NOWHERE;
		if (place.is === 'root') return { name: nameOf(`/${place.name}`, place.key), depth: 0 };
		const fresh = this.#fresh(place.of);
		const { client, clock } = place.of;
		const name = nameOf(`${client}:${clock}`, place.key);
		if (fresh !== undefined) return { name, depth: this.of(fresh).depth + 1 };
		const item = this.#item(place.of);
		return item === null ? NOWHERE : { name, depth: depthOf(item) };
	}

	/** In the update, and not in the document: of that an update can say nothing else. */
	#fresh(position: Position): Struct | undefined {
		return isIn(this.#doc, position)
			? undefined
			: structAt(this.#byClient.get(position.client) ?? [], position.clock);
	}

	#inDocument(position: Position): Place {
		const item = this.#item(position);
		if (item === null || !(item.parent instanceof Y.AbstractType)) return NOWHERE;
		const { _item: owner } = item.parent;
		const type =
			owner === null
				? `/${this.#rootNames.get(item.parent) ?? ''}`
				: `${owner.id.client}:${owner.id.clock}`;
		return { name: nameOf(type, item.parentSub), depth: owner === null ? 0 : depthOf(owner) };
	}

	/** Null for what is erased for good, or not there. */
	#item(position: Position): Y.Item | null {
		if (!isIn(this.#doc, position)) return null;
		const found = Y.getItem(this.#doc.store, Y.createID(position.client, position.clock));
		return found instanceof Y.Item ? found : null;
	}

	#expectType(position: Position): void {
		const fresh = this.#fresh(position);
		const item = this.#item(position);
		const isOne =
			fresh === undefined
				? item === null || item.deleted || item.content instanceof Y.ContentType
				: fresh.isType || fresh.isGone;
		if (!isOne) throw new FrameError('a parent that is no type');
	}
}

/** Begins the name of a key's place; lists have none. */
const KEY = '#';

function nameOf(type: string, key: string | null): string {
	return key === null ? type : `${KEY}${type}#${key}`;
}

/** Levels of types above what lies in the type that `item` holds. */
function depthOf(item: Y.Item): number {
	let depth = 0;
	for (let at: Y.Item | null = item; at !== null; depth++) {
		at = at.parent instanceof Y.AbstractType ? at.parent._item : null;
	}
	return depth;
}

function isIn({ store }: Y.Doc, { client, clock }: Position): boolean {
	return clock < Y.getState(store, client);
}

function structAt(structs: readonly Struct[], clock: number): Struct | undefined {
	let [low, high] = [0, structs.length - 1];
	while (low <= high) {
		const middle = (low + high) >> 1;
		const struct = structs[middle]!;
		if (clock < struct.clock) high = middle - 1;
		else if (clock >= struct.clock + struct.length) low = middle + 1;
		else return struct;
	}
	return undefined;
}
