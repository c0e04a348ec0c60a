import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { BoardError } from './board-error.ts';
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

	test('has every dated event of its source on each parameter that it bears on', () => {
		const dates = cards.flatMap((card) => card.evidence.map((each) => `${each.date} ${card.id}`));
		expect(dates).toHaveLength(39);
		expect(new Set(dates.map((each) => each.slice(0, 10))).size).toBe(23);
		expect(dates).toContain('2022-01-14 prosecution');
		expect(dates).not.toContain('2022-01-14 oewg');
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
		[{ ...fine, cards: [card], events: [{ ...event, url: 'javascript:x' }] }, /events\.0\.url/],
		[{ ...fine, cards: [card], events: [{ ...event, date: '2021-02-30' }] }, /events\.0\.date/]
	];
	for (const [json, message] of cases) {
		expect(() => parseTemplate(json, 'blank.json')).toThrow(message);
		expect(() => parseTemplate(json, 'blank.json')).toThrow(BoardError);
		expect(() => parseTemplate(json, 'blank.json')).toThrow('blank.json');
	}
});
