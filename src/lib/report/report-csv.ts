/** A report as one table: a line for each thing that it tells, `part` says of what kind. */
import type { CsvField } from '../csv.ts';
import { csvOf } from '../csv.ts';
import { leftToDo } from './left-to-do.ts';
import type { ReportView } from './named-report.ts';
import {
	decisionWords,
	disagreementWords,
	labelOf,
	outcomeWords,
	partWords,
	peopleWords,
	taskWords,
	titleOf,
	whyWords
} from './report-words.ts';

const FIELDS = [
	'part',
	'time',
	'until',
	'round',
	'card',
	'who',
	'from',
	'to',
	'points',
	'low',
	'high',
	'share',
	'count',
	'words',
	'source'
] as const;

type Line = Partial<Record<(typeof FIELDS)[number], CsvField>>;

export function reportCsv(report: ReportView): string {
	const lines = linesOf(report).map((line) => FIELDS.map((field) => line[field] ?? null));
	return csvOf([FIELDS, ...lines]);
}

function linesOf(report: ReportView): Line[] {
	const { before, after, agenda, waterfall, cards, rounds, disagreements, evidence } = report;
	const { openedAt: time, closedAt: until } = report;
	return [
		{ part: 'workshop', time, until, count: report.number, words: report.title },
		{ part: 'people', count: report.count, words: peopleWords(report) },
		...[
			{ part: 'reading before', time, reading: before },
			{ part: 'reading after', time: until, reading: after }
		].map(({ reading: { value, low, high, word, coverage, formula }, ...line }): Line => ({
			...line,
			...{ points: value, low, high, share: coverage, words: word },
			source: `formula ${formula}`
		})),
		...(waterfall?.parts ?? []).map((part): Line => ({
			part: 'change',
			card: titleOf(part.card),
			points: part.moved + part.reweighted,
			words: partWords(part)
		})),
		...agenda.map((step): Line => ({
			part: 'step',
			time: step.at,
			until: step.until,
			count: step.place + 1,
			words: step.title
		})),
		...cards.flatMap(({ card, moves }) =>
			moves.map((move): Line => ({
				part: 'move',
				time: move.at,
				round: move.round?.number ?? null,
				card: titleOf(card),
				who: move.by,
				from: labelOf(move.from),
				to: labelOf(move.to),
				points: move.value,
				words: whyWords(move),
				source: move.source
			}))
		),
		...rounds.flatMap(roundLines),
		...disagreements.map((open): Line => ({
			part: 'open disagreement',
			round: open.kind === 'round' ? open.round : null,
			card: titleOf(open.card),
			words: disagreementWords(open)
		})),
		...evidence.map((entry): Line => ({
			part: 'evidence',
			time: entry.date,
			card: titleOf(entry.card),
			who: entry.by,
			points: entry.direction,
			share: entry.reliability,
			words: entry.what,
			source: [entry.source, entry.url].filter((each) => each !== null).join(', ')
		})),
		...report.actions.map((words): Line => ({ part: 'to be done', words })),
		...leftToDo(report).flatMap((task) =>
			task.cards.map((card): Line => ({
				part: 'to be done',
				card: titleOf(card),
				words: taskWords(task)
			}))
		)
	];
}

function roundLines(round: ReportView['rounds'][number]): Line[] {
	const { number, columns } = round;
	return round.cards.flatMap((card): Line[] => {
		const about = { round: number, card: titleOf(card.card) };
		const words = [outcomeWords(round, card), decisionWords(card)].filter(Boolean).join(' ');
		const { outcome } = card;
		return [
			{
				...{ part: 'round', ...about, time: round.openedAt, until: round.closedAt },
				...{ count: outcome?.voters ?? card.placed, share: outcome?.within ?? null },
				to: card.column === null ? null : labelOf(card.column),
				words
			},
			...(outcome?.counts ?? []).map((count, place): Line => ({
				...{ part: 'round column', ...about, count },
				to: columns?.[place]?.label ?? null
			})),
			...card.answers.map(({ by, column, confidence, reason }): Line => ({
				...{ part: 'answer', ...about, who: by, to: labelOf(column) },
				words: reason,
				source: confidence && `confidence: ${confidence}`
			}))
		];
	});
}
