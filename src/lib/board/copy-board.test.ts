import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { reading } from '#barometer/reading.ts';
import { setBoardTitle, setQuestion } from './board-details.ts';
import { archiveCard, setConfidence, setSpread, setWeight } from './cards.ts';
import { removeColumn } from './columns.ts';
import { copyBoard } from './copy-board.ts';
import { readBoard } from './read-board.ts';
import { instantiate, parseTemplate } from './template.ts';
import template from './templates/us-russia-cyber-detente.json' with { type: 'json' };

const AT = '2026-03-01T12:00:00Z';

function edited(): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, instantiate(parseTemplate(template), { at: '2026-01-01T00:00:00Z' }));
	const [first, second, third] = readBoard(doc).cards.map(({ id }) => id);
	setBoardTitle(doc, 'A title that was given up');
	setBoardTitle(doc, 'Original');
	setQuestion(doc, 'Where do we stand?');
	setSpread(doc, first!, 40);
	setWeight(doc, second!, 0);
	setConfidence(doc, second!, 'low');
	archiveCard(doc, third!);
	removeColumn(doc, readBoard(doc).columns[1]!.id);
	return doc;
}

function opened(update: Uint8Array): Y.Doc {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return doc;
}

it('a copy shows the same board with the same reading, under its own title', () => {
	const original = readBoard(edited());
	const copy = readBoard(opened(copyBoard(original, 'Copy')));
	expect(copy).toEqual({ ...original, title: 'Copy', archived: [] });
	expect(reading(copy, AT)).toEqual(reading(original, AT));
});

it('a copy has nothing of what was there before: no trash, no old words, nobody’s client ids', () => {
	const doc = edited();
	const update = copyBoard(readBoard(doc), 'Copy');
	const [archived] = readBoard(doc).archived;
	expect(archived).toBeDefined();
	const text = Buffer.from(update).toString('latin1');
	expect(text).not.toContain('A title that was given up');
	expect(text).not.toContain(archived!.id);
	const copy = opened(update);
	const clients = [...doc.store.clients.keys()];
	expect(clients.some((client) => copy.store.clients.has(client))).toBe(false);
	expect(copy.store.clients.size).toBe(1);
	expect(Y.createDeleteSetFromStructStore(copy.store).clients.size).toBe(0);
});

it('a copy of a copy is the same again, and a title that is too long makes none', () => {
	const original = readBoard(edited());
	const once = readBoard(opened(copyBoard(original, 'Copy')));
	expect(readBoard(opened(copyBoard(once, 'Copy')))).toEqual(once);
	expect(() => copyBoard(original, 'x'.repeat(241))).toThrow();
});
