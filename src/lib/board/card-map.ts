/** A card as it is stored, and finding one. */

import * as Y from 'yjs';
import type { Confidence, Signposts } from './board.ts';
import { found } from './checks.ts';
import { entry, type CardField, type Place, type YFields } from './document.ts';

/** Everything that a card's map is made of, checked. */
export interface CardContent {
	title: string;
	notes: string;
	place: Place;
	weight: number;
	confidence?: Confidence;
	theme?: string;
	signposts: Signposts;
	/** ISO time; null for a card that was never reviewed. */
	reviewed: string | null;
	/** Id and value of each entry. */
	evidence: [id: string, value: object][];
}

/** A card's map, whole: the only place that makes its nested types. */
export function cardMap(content: CardContent): YFields {
	const fields: Record<CardField, unknown> = {
		title: new Y.Text(content.title),
		notes: new Y.Text(content.notes),
		place: content.place,
		weight: content.weight,
		confidence: content.confidence ?? null,
		theme: content.theme ?? null,
		signposts: content.signposts,
		reviewed: content.reviewed,
		spread: 0,
		archived: false,
		evidence: new Y.Map(content.evidence),
		thread: new Y.Map()
	};
	return new Y.Map(Object.entries(fields));
}

/** The map of a card; throws `unknown-card`. */
export function findCard(doc: Y.Doc, id: string): YFields {
	return found(entry(doc, 'cards', id), 'unknown-card', `There is no card ${id}.`);
}
