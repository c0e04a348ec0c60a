import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { BoardError } from './board-error.ts';
import { EVIDENCE_MAX } from './limits.ts';
import { readBoard } from './read-board.ts';
import { instantiate, parseTemplate } from './template.ts';
import { AT } from './testing.ts';

const file = (name: string): unknown =>
	JSON.parse(readFileSync(new URL(`./templates/${name}.json`, import.meta.url), 'utf8'));

function opened(name: string, title?: string) {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, instantiate(parseTemplate(file(name)), { title, at: AT }));
	return readBoard(doc);
}

/** What happened when, what it bears on, and how: as the digest of the subject has it. */
const EVENTS = [
	'2021-03-12 4 oewg',
	'2021-04-15 -6 rhetoric red-lines',
	'2021-05-07 -7 ransomware red-lines',
	'2021-05-28 4 oewg',
	'2021-05-30 -5 ransomware',
	'2021-06-16 6 consultations red-lines strategic-stability rhetoric',
	'2021-07-02 -7 ransomware',
	'2021-07-09 2 consultations rhetoric',
	'2021-07-13 2 ransomware',
	'2021-07-27 0 cybercrime-convention',
	'2021-07-28 4 strategic-stability',
	'2021-09-30 4 strategic-stability',
	'2021-10-13 -2 consultations g20',
	'2021-10-19 6 oewg rhetoric',
	'2021-11-03 6 oewg',
	'2021-11-08 -2 extradition prosecution',
	'2021-12-06 7 oewg rhetoric',
	'2021-12-13 2 oewg',
	'2022-01-14 8 prosecution',
	'2022-01-14 -5 red-lines',
	'2022-01-14 -4 rhetoric',
	'2022-02-24 -10 red-lines rhetoric strategic-stability research',
	'2022-02-28 -1 cybercrime-convention',
	'2022-03-28 -3 oewg',
	'2022-04-07 -8 consultations prosecution'
];

function entriesOf(event: string): string[] {
	const [date, direction, ...parameters] = event.split(' ');
	return parameters.map((parameter) => `${date} ${parameter} ${direction}`);
}

describe('the template on the US-Russia cyber détente', () => {
	const { cards, columns, themes, title, question } = opened('us-russia-cyber-detente');

	test('has twelve parameters with signposts, four themes and five columns', () => {
		expect(title).toBe('US–Russia cyber détente');
		expect(question).toMatch(/between conflict and cooperation\?$/);
		expect(columns.map((column) => column.score)).toEqual([-100, -50, 0, 50, 100]);
		expect(themes.map((theme) => theme.tone)).toEqual(['t1', 't2', 't3', 't4']);
		expect(cards).toHaveLength(12);
		for (const card of cards) {
			expect(
				card.signposts.up && card.signposts.down && card.theme && card.confidence
			).toBeTruthy();
			expect(card.reviewed).toBe(AT);
		}
	});

	test('has every parameter of its subject, under its theme', () => {
		const labels = new Map(themes.map((theme) => [theme.id, theme.label]));
		const parameters = new Map<string, string[]>();
		for (const { id, theme } of cards) {
			const label = labels.get(theme ?? '') ?? '';
			parameters.set(label, [...(parameters.get(label) ?? []), id].sort());
		}
		expect(Object.fromEntries(parameters)).toEqual({
			Prosecution: ['extradition', 'prosecution', 'ransomware'],
			'Bilateral dialogue': ['consultations', 'red-lines', 'research', 'strategic-stability'],
			Rhetoric: ['rhetoric'],
			'Wider processes': ['cybercrime-convention', 'g20', 'oewg', 'osce']
		});
	});

	test('has every dated event of its subject, with its direction on each parameter', () => {
		const found = cards.flatMap(({ id, evidence }) =>
			evidence.map(({ date, direction }) => `${date} ${id} ${direction}`)
		);
		expect(found.sort()).toEqual(EVENTS.flatMap(entriesOf).sort());
	});

	test('names a source for every event, with the listed addresses only', () => {
		const hosts = new Set<string>();
		for (const { source, url } of cards.flatMap((card) => card.evidence)) {
			expect(source).toBeTruthy();
			if (url) hosts.add(new URL(url).hostname);
		}
		expect([...hosts].sort()).toEqual([
			'dig.watch',
			'russiaun.ru',
			'sputnikglobe.com',
			'www.diplomacy.edu'
		]);
	});

	test('stands near the middle, a little to the side of cooperation', () => {
		const score = new Map(columns.map((column) => [column.id, column.score]));
		const weight = cards.reduce((sum, card) => sum + card.weight, 0);
		const sum = cards.reduce((sum, card) => sum + card.weight * score.get(card.column)!, 0);
		expect(sum / weight).toBeGreaterThan(0);
		expect(sum / weight).toBeLessThan(20);
	});
});

test('the blank template has five columns and no cards', () => {
	const read = opened('blank', '  Our board ');
	expect(read).toMatchObject({ title: 'Our board', themes: [], cards: [], archived: [] });
	expect(read.columns).toHaveLength(5);
});

test('a broken template is refused with a message that says where', () => {
	const fine = file('blank') as { columns: object[] };
	const card = { id: 'a', title: 'A', column: 'easing', weight: 1 };
	const event = { id: 'e', what: 'x', date: '2021-06-16', reliability: 1, directions: { a: 1 } };
	const many = Array.from({ length: EVIDENCE_MAX + 1 }, (_, i) => ({ ...event, id: `e${i}` }));
	const cases: [unknown, RegExp][] = [
		[null, /the file/],
		[{ ...fine, title: '' }, /title/],
		[{ ...fine, extra: 1 }, /extra/],
		[{ ...fine, columns: fine.columns.slice(0, 1) }, /columns/],
		[{ ...fine, columns: [...fine.columns, fine.columns[0]] }, /"conflict" stands twice/],
		[{ ...fine, cards: [{ ...card, column: 'gone' }] }, /card "a" stands in no column/],
		[{ ...fine, cards: [{ ...card, theme: 'gone' }] }, /card "a" has an unknown theme/],
		[{ ...fine, cards: [{ ...card, id: '__proto__' }] }, /cards\.0\.id/],
		[{ ...fine, events: [event] }, /unknown card "a"/],
		[{ ...fine, cards: [card], events: many }, /card "a" has too many events/],
		[{ ...fine, cards: [card], events: [{ ...event, url: 'javascript:x' }] }, /events\.0\.url/],
		[{ ...fine, cards: [card], events: [{ ...event, date: '2021-02-30' }] }, /events\.0\.date/]
	];
	for (const [json, message] of cases) {
		expect(() => parseTemplate(json, 'blank.json')).toThrow(message);
		expect(() => parseTemplate(json, 'blank.json')).toThrow(BoardError);
		expect(() => parseTemplate(json, 'blank.json')).toThrow('blank.json');
	}
});
