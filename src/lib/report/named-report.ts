/** A report as somebody reads it: with the names that its people have now, or with none. */
import { readUrl } from '#board/values.ts';
import type { Report, ReportMove } from './report.ts';

/** Whoever was erased since is called that. */
export const NOBODY_KNOWN = 'Somebody who is no longer known';

type Shown = Omit<
	Report<string | null>,
	'version' | 'people' | 'unnamed' | 'sharesNames' | 'cards'
>;

interface ShownMove extends Omit<ReportMove<string | null>, 'seq'> {
	/** The source as an http(s) address, where it is one. */
	sourceUrl: string | null;
}

/** Everywhere `by` is null where names are not shown. */
export interface ReportView extends Shown {
	/** How many took part. */
	count: number;
	/** Their names, in order of the alphabet; null where names are not shown. */
	people: string[] | null;
	cards: {
		card: Report['cards'][number]['card'];
		moves: ShownMove[];
	}[];
}

/** `names` by id; null to show none. */
export function namedReport(
	{ version: _, people, unnamed, sharesNames: __, ...report }: Report,
	names: ReadonlyMap<string, string> | null
): ReportView {
	const nameOf = (who: number | null): string | null =>
		names === null ? null : (names.get(people[who ?? -1] ?? '') ?? NOBODY_KNOWN);
	const ids = new Set(people.filter((id) => id !== null));
	const gone = people.length - people.filter((id) => id !== null).length;
	return {
		...report,
		count: ids.size + gone + unnamed,
		people: names && [...ids].flatMap((id) => names.get(id) ?? []).sort(byName),
		cards: report.cards.map(({ card, moves }) => ({
			card,
			moves: moves.map(({ seq: ___, by, ...move }) => ({
				...move,
				by: nameOf(by),
				sourceUrl: readUrl(move.source) ?? null
			}))
		})),
		rounds: report.rounds.map((round) => ({
			...round,
			cards: round.cards.map((card) => ({
				...card,
				answers: card.answers.map((answer) => ({
					...answer,
					by: round.isNamed ? nameOf(answer.by) : null
				}))
			}))
		})),
		evidence: report.evidence.map((entry) => ({
			...entry,
			by: nameOf(entry.by),
			url: readUrl(entry.url) ?? null
		}))
	};
}

const byName = (a: string, b: string): number => a.localeCompare(b, 'en');
