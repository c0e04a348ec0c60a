/**
 * Templates: data files that a room starts from. `parseTemplate` checks one, `instantiate` makes the
 * first stored update of a room from it.
 *
 * An event stands in the file once and becomes one entry of evidence on each card that it bears on.
 */

import * as v from 'valibot';
import * as Y from 'yjs';
import { BoardError } from './board-error.ts';
import { CONFIDENCES, TONES } from './board.ts';
import { cardMap, type CardContent } from './card-map.ts';
import { checkText, checkTime } from './checks.ts';
import { columnMap } from './columns.ts';
import { root, SCHEMA_VERSION, type MetaField } from './document.ts';
import { evidenceValue } from './evidence.ts';
import {
	CARDS_MAX,
	COLUMNS_MAX,
	COLUMNS_MIN,
	DIRECTION_MAX,
	EVIDENCE_LENGTH,
	EVIDENCE_MAX,
	LABEL_LENGTH,
	NOTES_LENGTH,
	QUESTION_LENGTH,
	SCORE_MAX,
	SCORE_MIN,
	SIGNPOST_LENGTH,
	SOURCE_LENGTH,
	THEMES_MAX,
	TITLE_LENGTH,
	WEIGHT_MAX
} from './limits.ts';
import { isId } from './new-id.ts';
import { ranks } from './rank.ts';
import { themeMap } from './themes.ts';
import { readDate, readUrl } from './values.ts';

const id = v.pipe(
	v.string(),
	v.check(
		(text) => isId(text),
		'An id has letters, digits, "-" and "_", and begins with a letter or digit.'
	)
);
const between = (min: number, max: number) =>
	v.pipe(v.number(), v.finite(), v.minValue(min), v.maxValue(max));
const label = v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(LABEL_LENGTH));
const signpost = v.pipe(v.string(), v.maxLength(SIGNPOST_LENGTH));

const columnSchema = v.strictObject({ id, label, score: between(SCORE_MIN, SCORE_MAX) });

const themeSchema = v.strictObject({ id, label, tone: v.picklist(TONES) });

const cardSchema = v.strictObject({
	id,
	title: v.pipe(v.string(), v.nonEmpty(), v.maxLength(TITLE_LENGTH)),
	notes: v.optional(v.pipe(v.string(), v.maxLength(NOTES_LENGTH)), ''),
	/** Id of a column. Cards of a column stand in the order of the file. */
	column: id,
	weight: between(0, WEIGHT_MAX),
	confidence: v.optional(v.picklist(CONFIDENCES)),
	theme: v.optional(id),
	signposts: v.optional(v.strictObject({ up: signpost, down: signpost }), { up: '', down: '' })
});

/**
 * `reliability` says how far the source is to be trusted that the event happened as told:
 * 0.9 the primary text of an official body (a resolution, a report, a joint statement, a charge);
 * 0.8 public record: reported alike by many independent sources, or acknowledged by those involved;
 * 0.7 a specialised observer's account; 0.5 a single outlet, or one side's claim.
 */
const eventSchema = v.strictObject({
	id,
	what: v.pipe(v.string(), v.nonEmpty(), v.maxLength(EVIDENCE_LENGTH)),
	date: v.pipe(
		v.string(),
		v.check((text) => readDate(text) !== undefined, 'Not a day.')
	),
	reliability: between(0, 1),
	source: v.optional(v.pipe(v.string(), v.maxLength(SOURCE_LENGTH))),
	url: v.optional(
		v.pipe(
			v.string(),
			v.check((text) => readUrl(text) !== undefined, 'Not an http(s) address.')
		)
	),
	/** Id of each card that the event bears on, and its direction there (Goldstein scale). */
	directions: v.record(id, between(-DIRECTION_MAX, DIRECTION_MAX))
});

const templateSchema = v.strictObject({
	/** The name of the file, without `.json`. */
	id,
	title: v.pipe(v.string(), v.nonEmpty(), v.maxLength(TITLE_LENGTH)),
	/** What the template is, for whoever chooses one. It is not part of the board. */
	description: v.pipe(v.string(), v.nonEmpty(), v.maxLength(QUESTION_LENGTH)),
	question: v.pipe(v.string(), v.maxLength(QUESTION_LENGTH)),
	columns: v.pipe(v.array(columnSchema), v.minLength(COLUMNS_MIN), v.maxLength(COLUMNS_MAX)),
	themes: v.pipe(v.array(themeSchema), v.maxLength(THEMES_MAX)),
	cards: v.pipe(v.array(cardSchema), v.maxLength(CARDS_MAX)),
	events: v.array(eventSchema)
});

export type Template = v.InferOutput<typeof templateSchema>;
type TemplateCard = Template['cards'][number];
type TemplateEvent = Template['events'][number];

/**
 * Checks the content of a template file: its shape, and that everything it refers to is there.
 *
 * @param name what the message of a thrown `BoardError` (`invalid-template`) calls the file
 */
export function parseTemplate(json: unknown, name = 'The template'): Template {
	const result = v.safeParse(templateSchema, json);
	if (!result.success) {
		const [issue] = result.issues;
		throw invalid(name, `${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
	}
	for (const problem of problemsOf(result.output)) throw invalid(name, problem);
	return result.output;
}

function invalid(name: string, problem: string): BoardError {
	return new BoardError('invalid-template', `${name} is not valid: ${problem}`);
}

function* problemsOf({ columns, themes, cards, events }: Template): Generator<string> {
	for (const list of [columns, themes, cards, events]) {
		const ids = new Set<string>();
		for (const each of list) {
			if (ids.has(each.id)) yield `the id "${each.id}" stands twice`;
			ids.add(each.id);
		}
	}
	for (const card of cards) {
		if (!has(columns, card.column)) yield `card "${card.id}" stands in no column of the template`;
		if (card.theme && !has(themes, card.theme)) yield `card "${card.id}" has an unknown theme`;
		if (bearingOn(events, card).length > EVIDENCE_MAX)
			yield `card "${card.id}" has too many events`;
	}
	for (const event of events) {
		const unknown = Object.keys(event.directions).find((card) => !has(cards, card));
		if (unknown) yield `event "${event.id}" bears on an unknown card "${unknown}"`;
	}
}

function has(list: readonly { id: string }[], wanted: string): boolean {
	return list.some((each) => each.id === wanted);
}

function bearingOn(events: readonly TemplateEvent[], card: TemplateCard): TemplateEvent[] {
	return events.filter((event) => Object.hasOwn(event.directions, card.id));
}

export interface Opening {
	/** The room's own title; the template's when left out or blank. */
	title?: string;
	/**
	 * When the room is opened. Every card counts as reviewed then: whoever opens a room takes the
	 * placements over as the starting position.
	 */
	at: string | Date;
}

/** The first stored update of a room: the only content that is not made by people's operations. */
export function instantiate(template: Template, { title, at }: Opening): Uint8Array {
	const reviewed = checkTime(at);
	const meta: Record<MetaField, unknown> = {
		title: checkText(title?.trim() || template.title, TITLE_LENGTH),
		question: template.question,
		schema: SCHEMA_VERSION
	};
	const order = ranks(template.cards.length);
	const doc = new Y.Doc();
	doc.transact(() => {
		for (const [field, value] of Object.entries(meta)) root(doc, 'meta')?.set(field, value);
		for (const each of template.columns) root(doc, 'columns')?.set(each.id, columnMap(each));
		for (const each of template.themes) root(doc, 'themes')?.set(each.id, themeMap(each));
		template.cards.forEach((card, index) => {
			const content: CardContent = {
				...card,
				place: { column: card.column, rank: order[index] ?? '' },
				reviewed,
				evidence: bearingOn(template.events, card).map((event) => entryOn(event, card))
			};
			root(doc, 'cards')?.set(card.id, cardMap(content));
		});
	});
	const update = Y.encodeStateAsUpdate(doc);
	doc.destroy();
	return update;
}

function entryOn(event: TemplateEvent, card: TemplateCard): [id: string, value: object] {
	return [event.id, evidenceValue({ ...event, direction: event.directions[card.id] ?? 0 })];
}
