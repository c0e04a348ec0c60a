/**
 * A report as Markdown. Whatever people wrote stands as plain text in one line: nothing of it
 * becomes markup, a link or HTML.
 */
import { signed } from '#barometer/figures.ts';
import { leftToDo } from './left-to-do.ts';
import type { ReportView } from './named-report.ts';
import type { ReportReading } from './report.ts';
import {
	changeWords,
	countWords,
	coverageWords,
	decisionWords,
	disagreementWords,
	evidenceWords,
	gapsIn,
	headingOf,
	labelOf,
	lengthWords,
	outcomeWords,
	partWords,
	peopleWords,
	periodWords,
	rangeWords,
	roundWords,
	taskWords,
	timeOf,
	titleOf,
	whyWords
} from './report-words.ts';

export function reportMarkdown(report: ReportView): string {
	const { before, after } = report;
	const people = peopleWords(report);
	return blocks(
		`# ${text(`${headingOf(report)}: ${report.title || 'Untitled board'}`)}`,
		`${text(periodWords(report))} (UTC). ${countWords(report)}${people ? `: ${text(people)}` : ''}.`,
		'## The reading',
		`${text(changeWords(report))}`,
		table(
			['', 'Reading', 'Likely range', 'Coverage'],
			[figures('Before', before), figures('After', after)]
		),
		`Version ${after.formula} of the formulas.`,
		...waterfall(report),
		...todo(report),
		...section('Open disagreements', report.disagreements, (open) =>
			item(`**${text(titleOf(open.card))}**: ${text(disagreementWords(open))}`)
		),
		...moves(report),
		...rounds(report),
		...section('Evidence added', report.evidence, (entry) => {
			const source = [entry.source === null ? '' : text(entry.source), link(entry.url)]
				.filter((each) => each !== '')
				.join(', ');
			const by = entry.by === null ? '' : `, added by ${text(entry.by)}`;
			return item(
				`**${text(titleOf(entry.card))}**: ${text(entry.what)} (${text(evidenceWords(entry))}${source ? `, ${source}` : ''}${by})`
			);
		}),
		...section('Agenda', report.agenda, ({ at, until, title }) =>
			item(`${timeOf(at)} ${text(title)}${until ? ` (${lengthWords(at, until)})` : ''}`)
		),
		...gapsIn(report).map((gap) => `_${gap}_`)
	);
}

function figures(name: string, reading: ReportReading): string[] {
	const { value, word } = reading;
	const figure = value === null ? 'none' : `${signed(value)} ${word === null ? '' : text(word)}`;
	return [name, figure.trim(), text(rangeWords(reading)), text(coverageWords(reading))];
}

function waterfall({ waterfall: change }: ReportView): string[] {
	if (change === null || change.total === null || change.parts.length === 0) return [];
	return [
		table(
			['What changed it', '', 'Points'],
			[
				...change.parts.map((part) => [
					text(titleOf(part.card)),
					partWords(part),
					signed(part.moved + part.reweighted, 1)
				]),
				['Together', '', signed(change.total, 1)]
			]
		)
	];
}

function todo(report: ReportView): string[] {
	const tasks = leftToDo(report).map(
		(task) => `${taskWords(task)}: ${task.cards.map((card) => text(titleOf(card))).join('; ')}`
	);
	return section('To be done', [...report.actions.map(text), ...tasks], (line) =>
		item(`[ ] ${line}`)
	);
}

function moves({ cards }: ReportView): string[] {
	return section('Moves', cards, ({ card, moves: list }) => {
		const lines = list.map((move) => {
			const by = move.by === null ? '' : `${text(move.by)}, `;
			const source = move.source === null ? '' : ` (${link(move.sourceUrl) || text(move.source)})`;
			const way = `${text(labelOf(move.from))} → ${text(labelOf(move.to))}`;
			return `  ${item(`${timeOf(move.at)}, ${by}${way}: ${text(whyWords(move))}${source}`)}`;
		});
		return [item(`**${text(titleOf(card))}**`), ...lines].join('\n');
	});
}

function rounds(report: ReportView): string[] {
	return report.rounds.flatMap((round) => [
		`## Blind round ${round.number}`,
		text(roundWords(round)),
		round.cards
			.map((card) => {
				const counts =
					card.outcome?.counts
						.map((count, place) => `${text(round.columns?.[place]?.label ?? '')} ${count}`)
						.join(', ') ?? '';
				const words = [outcomeWords(round, card), decisionWords(card)].filter(Boolean).join(' ');
				const answers = card.answers.map(({ by, column, reason }) => {
					const who = [by === null ? '' : text(by), text(labelOf(column))].filter(Boolean);
					return `  ${item(`${who.join(', ')}${reason === null ? '' : `: ${text(reason)}`}`)}`;
				});
				const head = `**${text(titleOf(card.card))}**: ${counts && `${counts}. `}${text(words)}`;
				return [item(head), ...answers].join('\n');
			})
			.join('\n')
	]);
}

function section<T>(heading: string, entries: readonly T[], line: (entry: T) => string): string[] {
	return entries.length === 0 ? [] : [`## ${heading}`, entries.map(line).join('\n')];
}

const item = (line: string): string => `- ${line}`;

const blocks = (...parts: string[]): string => `${parts.join('\n\n')}\n`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** CommonMark lets every ASCII punctuation mark be escaped; a line break would begin a block. */
function text(words: string): string {
	return words
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[\\`*_{}[\]<>#|~&!@$^=]/g, '\\$&')
		.replace(/^([-+]|\d+[.)])/, (mark) => `${mark.slice(0, -1)}\\${mark.slice(-1)}`)
		.replace(/:\/\//g, '\\://')
		.replace(/www\./gi, (mark) => `${mark.slice(0, -1)}\\.`);
}

/** An http(s) address as `readUrl` gives it: nothing in it ends a link. */
function link(url: string | null): string {
	return url === null ? '' : `<${url}>`;
}
