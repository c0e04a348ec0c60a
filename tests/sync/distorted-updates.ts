/**
 * Updates that decode as well as an honest one and say something else: lengths, clocks, ids,
 * neighbours, parents, contents, order, deletions.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Random } from './random.ts';

type Struct = Y.Item | Y.GC | Y.Skip;
type Deletion = { client: number; clock: number; len: number };

/** An update as it is written, open to every change. */
interface Parts {
	groups: { client: number; clock: number; structs: Struct[] }[];
	deletions: Deletion[];
}

/** One or two changes to `update`. `ids` are client ids that mean something. */
export function distorted(update: Uint8Array, ids: readonly number[], random: Random): Uint8Array {
	const parts = read(update);
	for (let changes = 1 + random.below(2); changes > 0; changes--) distort(parts, ids, random);
	return write(parts);
}

function read(update: Uint8Array): Parts {
	const { structs, ds } = Y.decodeUpdate(update);
	const groups: Parts['groups'] = [];
	for (const struct of structs) {
		const { client, clock } = struct.id;
		if (groups.at(-1)?.client !== client) groups.push({ client, clock, structs: [] });
		groups.at(-1)!.structs.push(struct);
	}
	const deletions = [...ds.clients].flatMap(([client, ranges]) =>
		ranges.map(({ clock, len }) => ({ client, clock, len }))
	);
	return { groups, deletions };
}

function write({ groups, deletions }: Parts): Uint8Array {
	const encoder = new Y.UpdateEncoderV1();
	const { restEncoder } = encoder;
	encoding.writeVarUint(restEncoder, groups.length);
	for (const { client, clock, structs } of groups) {
		encoding.writeVarUint(restEncoder, structs.length);
		encoding.writeVarUint(restEncoder, client);
		encoding.writeVarUint(restEncoder, clock);
		for (const struct of structs) struct.write(encoder, 0);
	}
	encoding.writeVarUint(restEncoder, deletions.length);
	for (const { client, clock, len } of deletions) {
		for (const number of [client, 1, clock, len]) encoding.writeVarUint(restEncoder, number);
	}
	return encoder.toUint8Array();
}

function distort({ groups, deletions }: Parts, ids: readonly number[], random: Random): void {
	if (groups.length === 0 || random.chance(0.2)) return distortDeletions(deletions, ids, random);
	const group = random.pick(groups);
	const at = random.below(group.structs.length);
	const struct = group.structs[at];
	switch (random.below(8)) {
		case 0:
			group.clock = numberNear(group.clock, random);
			return;
		case 1:
			group.client = random.chance(0.8) ? random.pick(ids) : numberNear(group.client, random);
			return;
		case 2:
			group.structs.splice(at, 1);
			return;
		case 3:
			if (struct) group.structs.splice(random.below(group.structs.length), 0, struct);
			return;
		case 4: {
			const Kind = random.chance(0.5) ? Y.GC : Y.Skip;
			group.structs[at] = new Kind(Y.createID(group.client, group.clock), numberNear(1, random));
			return;
		}
		default:
			if (struct instanceof Y.Item) distortItem(struct, ids, random);
	}
}

function distortDeletions(deletions: Deletion[], ids: readonly number[], random: Random): void {
	const old = random.pick(deletions) ?? { client: random.pick(ids), clock: 0, len: 1 };
	deletions.push({
		client: random.chance(0.5) ? random.pick(ids) : old.client,
		clock: numberNear(old.clock, random),
		len: numberNear(old.len, random)
	});
}

const ROOTS = ['cards', 'list', 'text', '__proto__', 'constructor', '', 'x'.repeat(300)];

function distortItem(item: Y.Item, ids: readonly number[], random: Random): void {
	const someId = () => Y.createID(random.pick(ids), numberNear(item.id.clock, random));
	const idOrNull = () => (random.chance(0.3) ? null : someId());
	switch (random.below(5)) {
		case 0:
			item.origin = idOrNull();
			break;
		case 1:
			item.rightOrigin = idOrNull();
			break;
		case 2:
			item.origin = item.rightOrigin = null;
			setParent(item, random.chance(0.5) ? someId() : random.pick(ROOTS));
			break;
		case 3:
			item.parentSub = random.pick([null, ...ROOTS]);
			break;
		default:
			item.content = someContent(random);
	}
	// With neighbours, an update does not say the parent.
	const hasNeighbour = item.origin !== null || item.rightOrigin !== null;
	if (!hasNeighbour && item.parent === null) setParent(item, 'cards');
}

/** Before it is integrated, an item's parent is an id or the name of a root. */
function setParent(item: Y.Item, parent: Y.ID | string): void {
	item.parent = parent as Y.Item['parent'];
}

function someContent(random: Random): Y.Item['content'] {
	const text = random.pick(['', 'a', 'détente 🕊', '\ud83d', 'y'.repeat(2_000)]);
	const type = random.pick([
		() => new Y.Map(),
		() => new Y.Array(),
		() => new Y.Text(),
		() => new Y.XmlElement(random.pick(ROOTS)),
		() => new Y.XmlFragment(),
		() => new Y.XmlText()
	]);
	return random.pick<() => Y.Item['content']>([
		() => new Y.ContentDeleted(numberNear(3, random)),
		() => new Y.ContentJSON([text, null, { a: [text] }]),
		() => new Y.ContentBinary(new Uint8Array(random.below(50))),
		() => new Y.ContentString(text),
		() => new Y.ContentEmbed(nested(random.below(60))),
		() => new Y.ContentFormat(random.pick(ROOTS), text),
		() => new Y.ContentType(type()),
		() => new Y.ContentAny([nested(random.below(60)), text, undefined]),
		() => new Y.ContentDoc(new Y.Doc())
	])();
}

function nested(depth: number): object {
	return JSON.parse('['.repeat(depth) + '{"__proto__": 1}' + ']'.repeat(depth)) as object;
}

/** Beside it, at an end, or where numbers stop being exact. */
function numberNear(number: number, random: Random): number {
	const near = [0, 1, number + 1, number + 2, Math.max(0, number - 1), number + random.below(200)];
	const far = [2 ** 31 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER];
	return random.pick(random.chance(0.75) ? near : far);
}
