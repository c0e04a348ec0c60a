import { expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import { createUndo } from '#board/undo.ts';
import SharedText from './SharedText.svelte';

/** Two copies of a document with one text, each told of what the other does. */
function twoCopies() {
	const docs = [new Y.Doc(), new Y.Doc()] as const;
	const [first, second] = docs;
	first.on('update', (update, origin) => origin !== second && Y.applyUpdate(second, update, first));
	second.on('update', (update, origin) => origin !== first && Y.applyUpdate(first, update, second));
	return docs.map((doc) => ({ text: doc.getText('notes'), undo: createUndo(doc) })) as [
		{ text: Y.Text; undo: ReturnType<typeof createUndo> },
		{ text: Y.Text; undo: ReturnType<typeof createUndo> }
	];
}

async function editor(
	copy: ReturnType<typeof twoCopies>[number],
	label: string,
	options: { max?: number; singleLine?: boolean; readonly?: boolean } = {}
) {
	const screen = await render(SharedText, {
		text: copy.text,
		undoManager: copy.undo.manager,
		label,
		max: 1000,
		...options
	});
	return screen.getByRole('textbox', { name: label });
}

test('what two people type stands in both editors', async () => {
	const [ann, bob] = twoCopies();
	const anns = await editor(ann, 'Ann’s notes');
	const bobs = await editor(bob, 'Bob’s notes');
	await anns.click();
	await userEvent.keyboard('Arrests. ');
	await bobs.click();
	await userEvent.keyboard('{Control>}{End}{/Control}Trials.');
	await expect.element(anns).toHaveTextContent('Arrests. Trials.');
	await expect.element(bobs).toHaveTextContent('Arrests. Trials.');
	expect(ann.text.toString()).toBe('Arrests. Trials.');
});

test('one’s cursor stays where it was while somebody else types before it', async () => {
	const [ann, bob] = twoCopies();
	const anns = await editor(ann, 'Ann’s notes');
	await anns.click();
	await userEvent.keyboard('arrests{ArrowLeft}');
	bob.text.insert(0, 'More ');
	await expect.element(anns).toHaveTextContent('More arrests');
	await userEvent.keyboard('-X-');
	expect(bob.text.toString()).toBe('More arrest-X-s');
});

test('undo takes back one’s own typing and leaves the other’s', async () => {
	const [ann, bob] = twoCopies();
	const anns = await editor(ann, 'Ann’s notes');
	await anns.click();
	await userEvent.keyboard('mine ');
	bob.text.insert(bob.text.length, 'theirs');
	await expect.element(anns).toHaveTextContent('mine theirs');
	await userEvent.keyboard('{Control>}z{/Control}');
	await expect.element(anns).toHaveTextContent('theirs');
	expect(ann.text.toString()).toBe('theirs');
	await userEvent.keyboard('{Control>}y{/Control}');
	expect(ann.text.toString()).toBe('mine theirs');
});

test('a single line takes no line break and no more than it may hold', async () => {
	const [ann] = twoCopies();
	const title = await editor(ann, 'Title', { singleLine: true, max: 5 });
	await title.click();
	await userEvent.keyboard('ab{Enter}cdefg');
	expect(ann.text.toString()).toBe('abcde');
});

test('Tab leaves the text', async () => {
	const [ann] = twoCopies();
	const notes = await editor(ann, 'Notes');
	await notes.click();
	await expect.element(notes).toHaveFocus();
	await userEvent.tab();
	await expect.element(notes).not.toHaveFocus();
	expect(ann.text.toString()).toBe('');
});

test('who may not edit cannot type', async () => {
	const [ann] = twoCopies();
	ann.text.insert(0, 'as it is');
	const screen = await render(SharedText, {
		text: ann.text,
		undoManager: ann.undo.manager,
		label: 'Notes',
		max: 100,
		readonly: true
	});
	await expect.element(screen.getByText('as it is')).toBeVisible();
	expect(screen.container.querySelector('[contenteditable="true"]')).toBeNull();
});
