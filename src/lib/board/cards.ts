/**
 * What a person does with cards. Each function is one transaction, checks its input first, and
 * throws a `BoardError` without having changed anything when the input is impossible.
 */

import type * as Y from 'yjs';
import { BoardError } from './board-error.ts';
import { CONFIDENCES, type Confidence, type Signposts } from './board.ts';
import { cardMap, findCard } from './card-map.ts';
import { checkChoice, checkNumber, checkText, checkTime, found } from './checks.ts';
import { edit, root, write, type CardField } from './document.ts';
import { CARDS_MAX, SIGNPOST_LENGTH, SPREAD_MAX, TITLE_LENGTH, WEIGHT_MAX } from './limits.ts';
import { newId } from './new-id.ts';
import { columnOf, placesToInsert, type Target } from './place.ts';
import { cardEntries, readThemes } from './read-board.ts';
import { DEFAULT_WEIGHT } from './read-card.ts';

export interface NewCard {
	title: string;
	/** Id of a column shown. The card goes to its end. */
	column: string;
	/** Id of a theme of the board. */
	theme?: string;
	/** 0 to 5; 1 when left out. */
	weight?: number;
	confidence?: Confidence;
}

/** Adds a card at the end of a column; returns its id. */
export function addCard(doc: Y.Doc, input: NewCard, at: string | Date): string {
	checkRoom(doc);
	const content = {
		title: checkText(input.title, TITLE_LENGTH),
		notes: '',
		weight: checkNumber(input.weight ?? DEFAULT_WEIGHT, 0, WEIGHT_MAX),
		confidence: checkConfidence(input.confidence),
		theme: checkTheme(doc, input.theme),
		signposts: { up: '', down: '' },
		reviewed: checkTime(at),
		evidence: []
	};
	const cards = found(root(doc, 'cards'), 'damaged-board', 'The board cannot hold cards.');
	const id = newId();
	const places = placesToInsert(doc, id, { column: input.column });
	edit(doc, () => {
		for (const [other, place] of places) {
			if (other === id) cards.set(id, cardMap({ ...content, place }));
			else write(findCard(doc, other), 'place', place);
		}
	});
	return id;
}

/**
 * Puts a card at a spot of a column: a move, or a new order within its column. Only a change of
 * column counts as a review.
 */
export function moveCard(doc: Y.Doc, id: string, to: Target, at: string | Date): void {
	const card = findCard(doc, id);
	const reviewed = checkTime(at);
	const changesColumn = columnOf(doc, card) !== to.column;
	const places = placesToInsert(doc, id, to);
	edit(doc, () => {
		for (const [each, place] of places) write(findCard(doc, each), 'place', place);
		if (changesColumn) write(card, 'reviewed', reviewed);
	});
}

/** "Still so": the placement was looked at and holds. */
export function confirmCard(doc: Y.Doc, id: string, at: string | Date): void {
	setField(doc, id, 'reviewed', checkTime(at));
}

/** @param weight 0 (watched, not counted) to 5 */
export function setWeight(doc: Y.Doc, id: string, weight: number): void {
	setField(doc, id, 'weight', checkNumber(weight, 0, WEIGHT_MAX));
}

export function setConfidence(doc: Y.Doc, id: string, confidence: Confidence | undefined): void {
	setField(doc, id, 'confidence', checkConfidence(confidence) ?? null);
}

export function setTheme(doc: Y.Doc, id: string, theme: string | undefined): void {
	setField(doc, id, 'theme', checkTheme(doc, theme) ?? null);
}

export function setSignposts(doc: Y.Doc, id: string, signposts: Signposts): void {
	const up = checkText(signposts.up, SIGNPOST_LENGTH);
	const down = checkText(signposts.down, SIGNPOST_LENGTH);
	setField(doc, id, 'signposts', { up, down });
}

/** @param spread standard deviation of the positions after an estimate round, 0 to 100 */
export function setSpread(doc: Y.Doc, id: string, spread: number): void {
	setField(doc, id, 'spread', checkNumber(spread, 0, SPREAD_MAX));
}

/** Puts a card into the trash. It keeps its place. */
export function archiveCard(doc: Y.Doc, id: string): void {
	setField(doc, id, 'archived', true);
}

/** Takes a card out of the trash, back to where it stood. */
export function restoreCard(doc: Y.Doc, id: string): void {
	if (findCard(doc, id).get('archived') === true) checkRoom(doc);
	setField(doc, id, 'archived', false);
}

function setField(doc: Y.Doc, id: string, field: CardField, value: unknown): void {
	const card = findCard(doc, id);
	edit(doc, () => write(card, field, value));
}

/** One card more than are shown would hide one of them. */
function checkRoom(doc: Y.Doc): void {
	if (cardEntries(doc).placed.length < CARDS_MAX) return;
	throw new BoardError('too-many-cards', `A board has at most ${CARDS_MAX} cards.`);
}

function checkConfidence(confidence: Confidence | undefined): Confidence | undefined {
	return confidence === undefined ? undefined : checkChoice(confidence, CONFIDENCES);
}

function checkTheme(doc: Y.Doc, id: string | undefined): string | undefined {
	if (id === undefined || readThemes(doc).some((theme) => theme.id === id)) return id;
	throw new BoardError('unknown-theme', `There is no theme ${id}.`);
}
