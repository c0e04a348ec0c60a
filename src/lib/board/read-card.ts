/**
 * One card, whatever stands in its map: invalid values fall back, over-long text is cut. Nothing is
 * written: fields that this version does not know stay where they are.
 */

import * as Y from 'yjs';
import { CONFIDENCES, type Card, type Evidence, type Signposts } from './board.ts';
import type { CardField } from './document.ts';
import {
	DIRECTION_MAX,
	EVIDENCE_LENGTH,
	EVIDENCE_MAX,
	NOTES_LENGTH,
	RANK_LENGTH,
	SIGNPOST_LENGTH,
	SOURCE_LENGTH,
	SPREAD_MAX,
	TITLE_LENGTH,
	WEIGHT_MAX
} from './limits.ts';
import { isId } from './new-id.ts';
import type { Columns } from './read-columns.ts';
import {
	compareText,
	readChoice,
	readDate,
	readField,
	readNumber,
	readText,
	readTime,
	readUrl
} from './values.ts';

/** What a card without a valid weight counts. */
export const DEFAULT_WEIGHT = 1;
/** How far a source without a valid reliability is trusted. */
export const DEFAULT_RELIABILITY = 0.5;

/**
 * @param columns of the same board; decides which of them shows the card
 * @param themes ids of the board's themes
 */
export function readCard(
	id: string,
	fields: Y.Map<unknown>,
	columns: Columns,
	themes: ReadonlySet<unknown>
): Card {
	const get = (field: CardField) => fields.get(field);
	const signpost = (field: keyof Signposts) =>
		readText(readField(get('signposts'), field), SIGNPOST_LENGTH);
	const theme = get('theme');
	return {
		id,
		title: readText(get('title'), TITLE_LENGTH),
		notes: readText(get('notes'), NOTES_LENGTH),
		column: columns.showing(readField(get('place'), 'column')),
		rank: readRank(fields),
		weight: readNumber(get('weight'), 0, WEIGHT_MAX) ?? DEFAULT_WEIGHT,
		confidence: readChoice(get('confidence'), CONFIDENCES),
		theme: themes.has(theme) ? (theme as string) : undefined,
		signposts: { up: signpost('up'), down: signpost('down') },
		reviewed: readTime(get('reviewed')),
		spread: readNumber(get('spread'), 0, SPREAD_MAX) ?? 0,
		evidence: readEvidenceList(get('evidence'))
	};
}

/** Where the card stands in its column: '' (at the top) when that is no string. */
export function readRank(fields: Y.Map<unknown>): string {
	return readText(readField(fields.get('place'), 'rank'), RANK_LENGTH);
}

/** Newest first, then by id; of more than `EVIDENCE_MAX`, the newest. */
function readEvidenceList(value: unknown): Evidence[] {
	if (!(value instanceof Y.Map)) return [];
	const entries: Evidence[] = [];
	for (const [id, fields] of value.entries()) {
		const evidence = isId(id) ? readEvidence(id, fields) : undefined;
		if (evidence) entries.push(evidence);
	}
	entries.sort((a, b) => compareText(b.date, a.date) || compareText(a.id, b.id));
	return entries.slice(0, EVIDENCE_MAX);
}

/** Undefined for a removed entry (`null`) and for one without a date or without words. */
export function readEvidence(id: string, value: unknown): Evidence | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	if (!checkedValues.has(value)) checkedValues.set(value, checkEvidence(value));
	const checked = checkedValues.get(value);
	return checked && { id, ...checked };
}

/**
 * What was read from a stored value. A value in a Y.Doc is only ever replaced, never changed, and
 * checking the addresses of a large board anew at each keystroke would take longer than all the rest.
 */
const checkedValues = new WeakMap<object, Omit<Evidence, 'id'> | undefined>();

function checkEvidence(value: object): Omit<Evidence, 'id'> | undefined {
	const get = (field: keyof Evidence) => readField(value, field);
	const what = readText(get('what'), EVIDENCE_LENGTH);
	const date = readDate(get('date'));
	if (!date || !what) return undefined;
	return {
		what,
		date,
		direction: readNumber(get('direction'), -DIRECTION_MAX, DIRECTION_MAX) ?? 0,
		reliability: readNumber(get('reliability'), 0, 1) ?? DEFAULT_RELIABILITY,
		url: readUrl(get('url')),
		source: readText(get('source'), SOURCE_LENGTH) || undefined
	};
}
