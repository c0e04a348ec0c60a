/** A report in plain words, for its page and its files alike. Times are in UTC. */
import { percent, percentReached, signed } from '#barometer/figures.ts';
import { dayOf } from '../ago.ts';
import { consensusWords, halfWords, medianWords } from '../rounds/outcome-words.ts';
import type { Task } from './left-to-do.ts';
import type { ReportView } from './named-report.ts';
import type {
	CardName,
	ColumnName,
	Disagreement,
	ReportReading,
	ReportRound,
	ReportRoundCard,
	Waterfall
} from './report.ts';

const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

export function titleOf({ title }: CardName): string {
	return title === null ? 'A parameter that is gone' : title || 'Untitled';
}

export function labelOf({ label }: ColumnName): string {
	return label === null ? 'a column that is gone' : label || 'Untitled';
}

export function headingOf({ number }: Pick<ReportView, 'number'>): string {
	return `Workshop ${number}`;
}

/** "3 March 2026, 09:00 to 12:30". */
export function periodWords({
	openedAt,
	closedAt
}: Pick<ReportView, 'openedAt' | 'closedAt'>): string {
	const start = `${dayOf(openedAt)}, ${timeOf(openedAt)}`;
	if (closedAt === null) return `${start}, not closed yet`;
	const isSameDay = closedAt.slice(0, 10) === openedAt.slice(0, 10);
	return `${start} to ${isSameDay ? '' : `${dayOf(closedAt)}, `}${timeOf(closedAt)}`;
}

export function timeOf(iso: string): string {
	return iso.slice(11, 16);
}

/** "under a minute", "12 min", "1 h 5 min". */
export function lengthWords(from: string, to: string): string {
	const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
	if (minutes < 1) return 'under a minute';
	const hours = Math.floor(minutes / 60);
	const rest = `${minutes % 60} min`;
	return hours === 0 ? rest : minutes % 60 === 0 ? `${hours} h` : `${hours} h ${rest}`;
}

export function countWords({ count }: Pick<ReportView, 'count'>): string {
	return count === 1 ? '1 person took part' : `${count} people took part`;
}

/** Those whose names are shown, and how many more there were; null where none are. */
export function peopleWords({
	count,
	people
}: Pick<ReportView, 'count' | 'people'>): string | null {
	if (people === null || people.length === 0) return null;
	const more = count - people.length;
	const others = more === 1 ? '1 other' : `${more} others`;
	return list.format(more > 0 ? [...people, others] : people);
}

/** "likely between +14 and +36". */
export function rangeWords({ low, high }: ReportReading): string {
	return low === null || high === null
		? 'Nothing counted.'
		: `likely between ${signed(low)} and ${signed(high)}`;
}

export function coverageWords({ coverage }: ReportReading): string {
	return `${percentReached(coverage)} of the weight reviewed lately`;
}

/** What the workshop did to the reading, in a sentence. */
export function changeWords({
	before,
	after,
	waterfall
}: Pick<ReportView, 'before' | 'after' | 'waterfall'>): string {
	if (before.value === null || after.value === null) {
		return 'There was no reading before or after it, so that nothing can be compared.';
	}
	if (waterfall === null) {
		return 'The record no longer knows the board of the opening, so that the change cannot be told card by card.';
	}
	const total = signed(after.value - before.value, 1);
	if (Number(total) === 0) return 'The reading is where it was.';
	return `The reading changed by ${total}.`;
}

type Part = Waterfall['parts'][number];

export function partWords({ kind, moved, reweighted }: Part): string {
	if (kind === 'added') return 'came onto the board';
	if (kind === 'removed') return 'left the board';
	if (moved !== 0) return reweighted === 0 ? 'moved' : 'moved, and its share changed';
	return 'its share changed';
}

type Move = ReportView['cards'][number]['moves'][number];

export function isAsserted({ reason, round }: Move): boolean {
	return reason === null && round === null;
}

/** Why it was moved; the reason of its own, if there is one, stands as it is. */
export function whyWords({ reason, round }: Move): string {
	if (reason !== null) return reason;
	if (round === null) return 'Asserted: no reason given.';
	const how = round.how === 'adopted' ? 'the middle of the answers' : 'placed by hand';
	return `After blind round ${round.number}: ${how}.`;
}

export function roundWords({
	state,
	isNamed,
	isRepeat,
	least
}: Omit<ReportRound<unknown>, 'cards'>): string {
	if (state === 'dropped') return 'It was put away unseen, and its answers were erased.';
	const names = isNamed
		? 'Answers with names'
		: `Answers without names, shown only if there are ${least} or more`;
	const again = isRepeat ? ', asked again' : '';
	return `${names}${again}.${state === 'open' ? ' Not revealed.' : ''}`;
}

/** How the answers lay, and what was made of them. */
export function outcomeWords(
	{ columns, consensus, least }: Pick<ReportRound<unknown>, 'columns' | 'consensus' | 'least'>,
	card: ReportRoundCard<unknown>
): string {
	const { outcome, placed } = card;
	if (outcome === null || columns === null) {
		if (columns === null) return `${answers(placed)}, not shown.`;
		return placed < least
			? `Fewer than ${least} answered, so nothing is shown.`
			: 'It had left the board, so nothing is shown.';
	}
	const half = halfWords(outcome, columns);
	return [
		`${answers(outcome.voters)}, the middle is ${medianWords(outcome, columns)}.`,
		...(half === null ? [] : [half]),
		`${consensusWords(outcome, consensus)}.`
	].join(' ');
}

export function decisionWords({
	decision,
	column,
	outcome
}: ReportRoundCard<unknown>): string | null {
	if (decision === null) return outcome === null ? null : 'Nothing was decided.';
	if (decision === 'left' || column === null) return 'Left where it stood.';
	return `Put into ${labelOf(column)}${decision === 'adopted' ? ', the middle' : ' by hand'}.`;
}

const answers = (count: number): string => (count === 1 ? '1 answer' : `${count} answers`);

export function disagreementWords(open: Disagreement): string {
	switch (open.kind) {
		case 'round':
			return `Blind round ${open.round} found no consensus: ${percent(open.within)} within one column of the middle, ${percent(open.consensus)} were agreed upon.`;
		case 'spread':
			return `People stand far apart: their answers spread by ${open.spread.toFixed(0)} points.`;
		case 'evidence':
			return `Its evidence points to ${signed(open.lean)}, and it stands at ${signed(open.position)}.`;
	}
}

export function evidenceWords({
	date,
	direction,
	reliability
}: Pick<ReportView['evidence'][number], 'date' | 'direction' | 'reliability'>): string {
	return `${dayOf(date)}, direction ${signed(direction, 1)}, reliability ${percent(reliability)}`;
}

const TASK_WORDS: Readonly<Record<Task['kind'], string>> = {
	disagreements: 'Settle what is open',
	reasons: 'Say why it was moved',
	reviews: 'Look at it again'
};

export function taskWords({ kind }: Task): string {
	return TASK_WORDS[kind];
}

/** What the report does not hold, in sentences. */
export function gapsIn({ isCut, leftOut }: Pick<ReportView, 'isCut' | 'leftOut'>): string[] {
	const gaps: [count: number, words: string][] = [
		[leftOut.moves, 'moves'],
		[leftOut.evidence, 'pieces of evidence'],
		[leftOut.steps, 'steps of the agenda'],
		[leftOut.answers, 'answers of rounds']
	];
	const cut =
		'The record was shortened within this workshop: moves without a reason may be missing.';
	return [
		...(isCut ? [cut] : []),
		...gaps
			.filter(([count]) => count > 0)
			.map(([count, words]) => `${count} ${words} were too many to be kept here.`)
	];
}
