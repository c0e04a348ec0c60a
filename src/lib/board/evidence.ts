/**
 * The dated evidence of a card. An entry is one plain value: two people who edit the same entry at
 * the same time do not mix, the last one wins. A removed entry is `null`.
 */

import * as Y from 'yjs';
import { BoardError } from './board-error.ts';
import type { Evidence } from './board.ts';
import { findCard } from './card-map.ts';
import {
	checkDate,
	checkLabel,
	checkNumber,
	checkText,
	checkTime,
	checkUrl,
	found
} from './checks.ts';
import { edit, write, type YFields } from './document.ts';
import { DIRECTION_MAX, EVIDENCE_LENGTH, EVIDENCE_MAX, SOURCE_LENGTH } from './limits.ts';
import { newId } from './new-id.ts';
import { readEvidence } from './read-card.ts';

export type NewEvidence = Omit<Evidence, 'id'>;

/** Adds an entry, which counts as a review of the card; returns its id. */
export function addEvidence(
	doc: Y.Doc,
	card: string,
	input: NewEvidence,
	at: string | Date
): string {
	const fields = findCard(doc, card);
	const list = evidenceOf(doc, card);
	const count = [...list].filter(([id, value]) => readEvidence(id, value)).length;
	if (count >= EVIDENCE_MAX) {
		throw new BoardError('too-many-evidence', `A card has at most ${EVIDENCE_MAX} entries.`);
	}
	const value = evidenceValue(input);
	const reviewed = checkTime(at);
	const id = newId();
	edit(doc, () => {
		list.set(id, value);
		write(fields, 'reviewed', reviewed);
	});
	return id;
}

/** Replaces an entry. An `undefined` address or source is taken away. */
export function editEvidence(doc: Y.Doc, card: string, id: string, input: NewEvidence): void {
	const list = evidenceOf(doc, card);
	const value = { ...findEvidence(list, id), ...evidenceValue(input) };
	edit(doc, () => write(list, id, value));
}

export function removeEvidence(doc: Y.Doc, card: string, id: string): void {
	const list = evidenceOf(doc, card);
	findEvidence(list, id);
	edit(doc, () => write(list, id, null));
}

/** The checked value to store. An address or source that is absent or empty becomes `null`. */
export function evidenceValue(input: NewEvidence): object {
	return {
		what: checkLabel(input.what, EVIDENCE_LENGTH),
		date: checkDate(input.date),
		direction: checkNumber(input.direction, -DIRECTION_MAX, DIRECTION_MAX),
		reliability: checkNumber(input.reliability, 0, 1),
		url: input.url ? checkUrl(input.url) : null,
		source: input.source ? checkText(input.source, SOURCE_LENGTH) : null
	};
}

function evidenceOf(doc: Y.Doc, card: string): YFields {
	const list = findCard(doc, card).get('evidence');
	if (list instanceof Y.Map) return list;
	throw new BoardError('damaged-board', 'The evidence of this card cannot be edited.');
}

/** An entry as it is stored, with fields that this version does not know. */
function findEvidence(list: YFields, id: string): object {
	const value = list.get(id);
	found(readEvidence(id, value), 'unknown-evidence', `There is no evidence ${id}.`);
	return value as object;
}
