import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../rounds/outcome.ts';
import type { ReportView } from './named-report.ts';
import { reportFile } from './report-file.ts';
import type { ReportFormat } from './report-formats.ts';

const READING = { formula: 1, value: -7.4, low: -20, high: 5, word: 'Tension', coverage: 0.62 };
const columns = [
	{ id: 'a', label: 'Conflict', score: -100 },
	{ id: 'b', label: 'Cooperation', score: 100 }
];
const card = (title: string | null) => ({ id: 'x', title });
const at = '2026-03-01T09:30:00.000Z';

/** Everything that a report can tell, with `words` wherever people write some. */
function view(words = 'Trust'): ReportView {
	const [from, to] = columns.map(({ label, score }) => ({ label, score }));
	const move = { at, from: from!, to: to!, by: words, sourceUrl: null, value: 12.5, round: null };
	const answer = { column: to!, confidence: 'high' as const, reason: words, by: words };
	const outcome = outcomeOf([3, 1], [-100, 100], 0.9);
	return {
		...{ number: 2, title: words, openedAt: '2026-03-01T09:00:00.000Z' },
		closedAt: '2026-03-01T12:05:00.000Z',
		...{ count: 3, people: ['Ana', words], columns, before: READING },
		after: { ...READING, value: 12.5, low: null, high: null },
		agenda: [{ place: 0, kind: 'board', title: words, at, until: '2026-03-01T10:35:00.000Z' }],
		waterfall: {
			total: 19.9,
			parts: [{ card: card(words), moved: 20.4, reweighted: -0.5, kind: 'both' }]
		},
		cards: [
			{
				card: card(words),
				moves: [
					{ ...move, reason: words, source: words },
					{ ...move, reason: null, source: null },
					{ ...move, reason: null, source: null, round: { number: 1, how: 'adopted' } }
				]
			}
		],
		rounds: [
			{
				...{ number: 1, state: 'over', isNamed: true, isRepeat: false, least: 1, consensus: 0.9 },
				...{ openedAt: at, closedAt: at, columns },
				cards: [
					{
						...{ card: card(words), placed: 4, outcome, decision: 'adopted', column: from! },
						answers: [answer]
					}
				]
			}
		],
		disagreements: [{ kind: 'round', card: card(null), round: 1, within: 0.75, consensus: 0.9 }],
		evidence: [
			{
				...{ card: card(words), at, by: words, what: words, date: '2026-02-28', direction: -4 },
				...{ reliability: 0.8, url: 'https://example.org/a', source: words }
			}
		],
		overdue: [{ card: card('Hotline'), ageDays: 40 }],
		leftOut: { moves: 7, evidence: 0, steps: 0, answers: 0 },
		...{ isCut: false, actions: [words] }
	};
}

const file = (words: string | undefined, format: ReportFormat) => reportFile(view(words), format);

/** What attacks a reader, a spreadsheet or a converter of Markdown. */
const HOSTILE = [
	'<script>alert(1)</script>',
	'[x](javascript:alert(1))',
	'![x](https://evil.example/x.png)',
	'# Heading\n\n- item | cell `code` **bold** ~~gone~~',
	'=HYPERLINK("https://evil.example")',
	'https://evil.example/auto www.evil.example'
];

describe('a report as Markdown', () => {
	it('tells everything in plain words', () => {
		const { name, type, body } = file(undefined, 'md');
		expect([name, type]).toEqual(['workshop-2.md', 'text/markdown; charset=utf-8']);
		for (const line of [
			'# Workshop 2: Trust',
			'1 March 2026, 09:00 to 12:05 (UTC). 3 people took part: Ana, Trust and 1 other.',
			'The reading changed by +19.9.',
			'| Before | −7 Tension |',
			'| Trust | moved, and its share changed | +19.9 |',
			'- [ ] Trust',
			'- [ ] Look at it again: Hotline',
			'- **A parameter that is gone**: Blind round 1 found no consensus: 75% within',
			'  - 09:30, Trust, Conflict → Cooperation: Trust (Trust)',
			'Conflict 3, Cooperation 1. 4 answers, the middle is Conflict.',
			'Put into Conflict, the middle.',
			'(28 February 2026, direction −4.0, reliability 80%, Trust, <https://example.org/a>, added by Trust)',
			'- 09:30 Trust (1 h 5 min)',
			'_7 moves were too many to be kept here._'
		]) {
			expect(body).toContain(line);
		}
		// Its last move follows a round.
		expect(body).not.toContain('Say why');
	});

	it.each(HOSTILE)('lets %j become neither markup nor a link', (words) => {
		const { body } = file(words, 'md');
		const bare = body.replaceAll('<https://example.org/a>', '');
		expect(bare).not.toMatch(/(?<!\\)[<[`](?! \])|(?<!\\)!\[|(?<!\\):\/\/|(?<!\\)~~|www\./);
		expect(bare.split('\n').filter((line) => line.startsWith('# '))).toHaveLength(1);
		for (const line of bare.split('\n').filter((each) => each.startsWith('|'))) {
			expect([4, 5]).toContain(line.match(/(?<!\\)\|/g)?.length);
		}
	});
});

describe('a report as CSV', () => {
	it('is one table, with figures as numbers', () => {
		const { body, type } = file(undefined, 'csv');
		expect(type).toBe('text/csv; charset=utf-8');
		const [head, ...lines] = body.trimEnd().split('\r\n');
		expect(head).toContain('"part","time","until","round","card","who","from","to","points"');
		expect(lines.every((line) => line.split(',').length >= 15)).toBe(true);
		expect(body).toContain(
			'"reading before","2026-03-01T09:00:00.000Z","","","","","","",-7.4,-20,5,0.62,'
		);
		expect(body).toContain('"round column","","",1,"Trust","","","Cooperation","","","","",1,');
	});

	it('lets no spreadsheet take a text for a formula', () => {
		for (const words of ['=1+1', '@SUM(A1)', ' +1', '-1']) {
			const { body } = file(words, 'csv');
			expect(body).toContain(`"'${words}"`);
			expect(body).not.toContain(`"${words}"`);
		}
		expect(file('a "b"', 'csv').body).toContain('"a ""b"""');
	});
});

it('a report as JSON is what the page shows', () => {
	const { body, type } = file(undefined, 'json');
	expect(type).toBe('application/json');
	expect(JSON.parse(body)).toEqual(view());
});
