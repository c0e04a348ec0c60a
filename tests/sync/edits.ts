/** Random edits of the kinds that a board knows: values, text, nested maps, deletions. */
import * as Y from 'yjs';
import type { Random } from './random.ts';

export function editAtRandom(doc: Y.Doc, random: Random): void {
	const cards = doc.getMap<Y.Map<unknown>>('cards');
	const ids = [...cards.keys()];
	const id = ids.length > 0 && random.chance(0.8) ? random.pick(ids) : `c${random.below(12)}`;
	const card = cards.get(id);
	if (!(card instanceof Y.Map)) return addCard(cards, id);
	const text = card.get('title');
	switch (random.below(6)) {
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
		default:
			if (text instanceof Y.Text) text.insert(random.below(text.length + 1), 'détente 🕊');
	}
}

function addCard(cards: Y.Map<Y.Map<unknown>>, id: string): void {
	const card = new Y.Map<unknown>();
	card.set('title', new Y.Text('A card'));
	cards.set(id, card);
}
