/**
 * How deep the shared types of an update lie in each other. Yjs deletes and reads nested types by
 * recursion: some two thousand levels, 24 kB on the wire, and a deletion above them throws for
 * everybody, for good. A board has three levels. So depth is bounded before an update is applied.
 *
 * A struct says where it is by a root, by the type it is in, or by a neighbour in the same type;
 * each is looked up in the update itself, then in the document. Content deleted there has no depth,
 * nor has what is in no place that is known: it will not be in the document either.
 */
import * as Y from 'yjs';
import { walkStructs, type Position, type Struct } from './check-update.ts';
import { FrameError } from './cursor.ts';

/** Throws `FrameError` when a type of `update`, which was checked, would lie too deep in `doc`. */
export function checkNesting(doc: Y.Doc, update: Uint8Array, maxDepth: number): void {
	const structs = new Structs(update);
	const depths = new Map<Struct, number>();
	for (const struct of structs.types) {
		if (depthOf(struct, structs, doc, depths) > maxDepth) {
			throw new FrameError('types nested too deep');
		}
	}
}

/** The structs of one update, found by a position within them. */
class Structs {
	readonly types: Struct[] = [];
	readonly #byClient = new Map<number, Struct[]>();

	constructor(update: Uint8Array) {
		walkStructs(update, (struct) => {
			const own = this.#byClient.get(struct.client);
			if (own === undefined) this.#byClient.set(struct.client, [struct]);
			else own.push(struct);
			if (struct.isType) this.types.push(struct);
		});
	}

	at({ client, clock }: Position): Struct | undefined {
		const own = this.#byClient.get(client) ?? [];
		let [low, high] = [0, own.length - 1];
		while (low <= high) {
			const middle = (low + high) >> 1;
			const struct = own[middle]!;
			if (clock < struct.clock) high = middle - 1;
			else if (clock >= struct.clock + struct.length) low = middle + 1;
			else return struct;
		}
		return undefined;
	}
}

/** 1 in a root. Goes up until it meets a root, the document or what is known, then back down. */
function depthOf(
	struct: Struct,
	structs: Structs,
	doc: Y.Doc,
	depths: Map<Struct, number>
): number {
	const path = new Set<Struct>();
	let depth = 0;
	for (let at: Struct | undefined = struct; at !== undefined;) {
		const known = depths.get(at);
		if (known !== undefined) {
			depth = known;
			break;
		}
		if (path.has(at)) break;
		path.add(at);
		const place: Struct['place'] = at.place;
		if (place === undefined) break;
		// What the document has, an update can say nothing else of.
		at = isIn(doc, place.of) ? undefined : structs.at(place.of);
		if (at === undefined) depth = depthInDocument(doc, place.of);
	}
	for (const each of [...path].reverse()) {
		// A neighbour lies as deep; whatever is within a type, one deeper; in a root, at 1.
		if (each.place === undefined) depth = 1;
		else if (each.place.is === 'parent') depth += 1;
		depths.set(each, depth);
	}
	return depth;
}

function isIn({ store }: Y.Doc, { client, clock }: Position): boolean {
	return clock < Y.getState(store, client);
}

function depthInDocument(doc: Y.Doc, position: Position): number {
	if (!isIn(doc, position)) return 0;
	const found = Y.getItem(doc.store, Y.createID(position.client, position.clock));
	let depth = 0;
	for (let item: Y.Item | null = found instanceof Y.Item ? found : null; item !== null; depth++) {
		item = item.parent instanceof Y.AbstractType ? item.parent._item : null;
	}
	return depth;
}
