/** Random edits of the kinds that a board knows: values, text, nested maps, columns, deletions. */
import * as Y from 'yjs';
import type { Random } from './random.ts';

export function editAtRandom(doc: Y.Doc, random: Random): void {
	const cards = doc.getMap<Y.Map<unknown>>('cards');
	const ids = [...cards.keys()];
	const id = ids.length > 0 && random.chance(0.8) ? random.pick(ids) : `c${random.below(12)}`;
	const card = cards.get(id);
	if (!(card instanceof Y.Map)) return addCard(cards, id);
	const text = card.get('title');
	switch (random.below(9)) {
		case 0:
			card.set('place', { column: `k${random.below(5)}`, rank: `a${random.below(99)}` });
			return;
		case 1:
			cards.delete(id);
			return;
		case 2:
			card.delete('place');
			return;
		case 3:
			if (text instanceof Y.Text && text.length > 2) text.delete(random.below(text.length - 2), 2);
			return;
		case 4:
			card.set('weight', random.below(6));
			card.set('archived', random.chance(0.2));
			return;
		case 5:
			return editEvidence(card, random);
		case 6:
			return editColumn(doc, random);
		default:
			if (text instanceof Y.Text) text.insert(random.below(text.length + 1), 'détente 🕊');
	}
}

function addCard(cards: Y.Map<Y.Map<unknown>>, id: string): void {
	const card = new Y.Map<unknown>();
	card.set('title', new Y.Text('A card'));
	cards.set(id, card);
}

function editEvidence(card: Y.Map<unknown>, random: Random): void {
	const list = card.get('evidence');
	if (!(list instanceof Y.Map)) return void card.set('evidence', new Y.Map());
	const day = `2026-01-0${1 + random.below(9)}`;
	const entry = { what: 'They met.', date: day, direction: random.below(10), reliability: 1 };
	list.set(`e${random.below(4)}`, random.chance(0.2) ? null : entry);
	card.set('reviewed', `${day}T00:00:00.000Z`);
}

function editColumn(doc: Y.Doc, random: Random): void {
	const columns = doc.getMap<Y.Map<unknown>>('columns');
	const id = `k${random.below(5)}`;
	const column = columns.get(id);
	if (column instanceof Y.Map) return void column.set('removed', random.chance(0.5));
	columns.set(id, new Y.Map(Object.entries({ label: id, score: 20 * random.below(10) - 90 })));
}
