/** The record in plain words: one sentence an entry, without who did it. */
import type { Column, Confidence, Evidence, Theme } from '#board/board.ts';
import { signed } from '#barometer/figures.ts';
import type { HistoryEntry } from '../../../server/history/history.ts';
import type { Decision } from '../rounds/round-state.ts';
import type { CardPatch, HistoryKind } from './board-event.ts';

type Sentence = (title: string, entry: HistoryEntry, was: Values, became: Values) => string;
/** Of what happened in the room. */
interface RoomValues {
	name?: string;
	number?: number;
	what?: string;
	title?: string;
	how?: Decision;
}
type Values = CardPatch & Partial<Omit<Column & Theme, 'id'>> & RoomValues;

const confidence = (value: Confidence | null | undefined) => value ?? 'not set';
const what = (evidence: Evidence | null | undefined) => `“${evidence?.what ?? ''}”`;

const BECAME: Readonly<Record<string, string>> = {
	opened: 'was opened',
	closed: 'was closed',
	revealed: 'was revealed',
	dropped: 'was put away unseen'
};

const SENTENCES: Readonly<Record<HistoryKind, Sentence>> = {
	board: () => 'The record begins with the board as it stood.',
	checkpoint: (_, __, ___, { name }) => `set the checkpoint “${name}”.`,
	hand: () => 'turned the set hand to another checkpoint.',
	round: (_, __, ___, { number, what }) => `Blind round ${number} ${BECAME[what ?? ''] ?? ''}.`,
	workshop: (_, __, ___, { number, what }) => `Workshop ${number} ${BECAME[what ?? ''] ?? ''}.`,
	step: (_, __, ___, { title }) => `went on to the step “${title ?? ''}”.`,
	'round.decided': (title, { to }, _, { number, how }) => {
		if (how === 'left') return `left ${title} where it stood, after blind round ${number}.`;
		const did = how === 'adopted' ? 'adopted the median of' : 'placed by hand, after';
		return `${did} blind round ${number}: ${title} stands in ${known(to)}.`;
	},
	'card.added': (title, { to }) => `added ${title}${to === null ? '' : ` to ${to}`}.`,
	'card.gone': (title) => `took ${title} off the board for good.`,
	'card.moved': (title, { from, to }) => `moved ${title} from ${known(from)} to ${known(to)}.`,
	'card.shifted': (title, { from, to }) =>
		`${title} is shown in ${known(to)} instead of ${known(from)}, since columns changed.`,
	'card.weighed': (title, _, was, became) =>
		`changed the weight of ${title} from ${was.weight} to ${became.weight}.`,
	'card.confidence': (title, _, was, became) =>
		`changed the confidence in ${title} from ${confidence(was.confidence)} to ${confidence(became.confidence)}.`,
	'card.theme': (title, { from, to }) =>
		`changed the theme of ${title} from ${from ?? 'none'} to ${to ?? 'none'}.`,
	'card.spread': (title, _, was, became) =>
		`changed how far people disagree about ${title} from ${points(was)} to ${points(became)}.`,
	'card.reviewed': (title) => `looked at ${title}: still so.`,
	'card.archived': (title) => `moved ${title} to the trash.`,
	'card.restored': (title) => `took ${title} out of the trash.`,
	'evidence.added': (title, _, __, { evidence }) => `added evidence to ${title}: ${what(evidence)}`,
	'evidence.changed': (title, _, __, { evidence }) =>
		`changed evidence of ${title}: ${what(evidence)}`,
	'evidence.removed': (title, _, { evidence }) => `removed evidence of ${title}: ${what(evidence)}`,
	column: (_, { was, became }, before, after) =>
		changeOf('column', [was, became], [withScore(before), withScore(after)]),
	theme: (_, { was, became }, before, after) =>
		changeOf('theme', [was, became], [`“${before.label}”`, `“${after.label}”`])
};

/** What happened, to stand after `whoOf`; a whole sentence where nobody did it. */
export function sentenceOf(entry: HistoryEntry): string {
	const title = entry.subject === null ? '' : (entry.subject.title ?? 'a parameter that is gone');
	const was = (entry.was ?? {}) as Values;
	const became = (entry.became ?? {}) as Values;
	return SENTENCES[entry.kind](title || 'Untitled', entry, was, became);
}

const BY_ITSELF: ReadonlySet<HistoryKind> = new Set(['board', 'workshop', 'round', 'card.shifted']);

/** Null where an entry is a sentence without a person. */
export function whoOf({ kind, by }: HistoryEntry): string | null {
	return BY_ITSELF.has(kind) ? null : (by?.name ?? 'Somebody who is no longer known');
}

/** A move that nobody gave a reason for: it is asserted, not argued. */
export function isAsserted({ kind, reason }: HistoryEntry): boolean {
	return kind === 'card.moved' && reason === null;
}

function known(label: string | null): string {
	return label ?? 'a column that is gone';
}

function points({ spread }: Values): string {
	return `${Math.round(spread ?? 0)} points`;
}

function withScore({ label, score }: Values): string {
	return `“${label}” at ${signed(score ?? 0)}`;
}

function changeOf(thing: string, [was, became]: [unknown, unknown], words: [string, string]) {
	if (was === null) return `added the ${thing} ${words[1]}.`;
	if (became === null) return `removed the ${thing} ${words[0]}.`;
	return `changed the ${thing} ${words[0]} to ${words[1]}.`;
}
