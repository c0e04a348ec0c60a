import { expect, test } from 'vitest';
import type { ShowStep } from '$lib/stage/show.ts';
import { Draft } from './draft.svelte.ts';

const step = (title: string, fields: Partial<ShowStep> = {}): ShowStep => ({
	...{ kind: 'board', title, minutes: 5, card: null, asks: false, notes: '' },
	...fields
});
const draftOf = (...titles: string[]) =>
	new Draft('room', {
		version: titles.length > 0 ? 3 : 0,
		steps: titles.map((each) => step(each))
	});
const titles = (draft: Draft) => draft.steps.map(({ title }) => title);
const keyOf = (draft: Draft, title: string) =>
	draft.steps.find((each) => each.title === title)?.key ?? -1;

test('nothing is changed before somebody changes it, and what is put back is as it was', () => {
	const draft = draftOf('One', 'Two');
	expect([draft.isChanged, draft.state]).toEqual([false, 'Saved']);
	draft.move(keyOf(draft, 'Two'), -1);
	expect([draft.isChanged, draft.state]).toEqual([true, 'Not saved yet']);
	draft.move(keyOf(draft, 'Two'), 1);
	expect(draft.isChanged).toBe(false);
	draft.steps[0]!.title = ' One ';
	expect(draft.isChanged).toBe(false);
});

test('one that was never stored does not say that it is', () => {
	expect(draftOf().state).toBe('');
});

test('a step is moved to any place, and says where it stands now', () => {
	const draft = draftOf('One', 'Two', 'Three');
	draft.moveTo(keyOf(draft, 'One'), 2);
	expect(titles(draft)).toEqual(['Two', 'Three', 'One']);
	expect(draft.said.text).toBe('“One” is now step 3 of 3.');
	draft.move(keyOf(draft, 'One'), 1);
	draft.move(keyOf(draft, 'Two'), -1);
	expect(titles(draft)).toEqual(['Two', 'Three', 'One']);
});

test('a step is removed and comes back where it stood, whatever else was changed meanwhile', () => {
	const draft = draftOf('One', 'Two', 'Three');
	draft.remove(keyOf(draft, 'Two'));
	expect(draft.takeBackWords).toBe('“Two” is removed.');
	draft.steps[1]!.title = 'Third';
	draft.takeBack();
	expect(titles(draft)).toEqual(['One', 'Two', 'Third']);
	expect(draft.takeBackWords).toBeNull();
});

test('what a ready script replaces comes back as it was typed', () => {
	const draft = draftOf('One', 'Two');
	draft.steps[0]!.notes = 'Typed a moment ago';
	draft.replace([step('Ready')], 'Replaced.');
	expect(titles(draft)).toEqual(['Ready']);
	draft.takeBack();
	expect(draft.steps[0]).toMatchObject({ title: 'One', notes: 'Typed a moment ago' });
});

test('a step is added behind another, and none beyond sixty', () => {
	const draft = draftOf('One', 'Two');
	draft.add(keyOf(draft, 'One'));
	expect(titles(draft)).toEqual(['One', '', 'Two']);
	for (let n = 0; n < 70; n++) draft.add();
	expect(draft.steps).toHaveLength(60);
	expect([draft.isFull, draft.add()]).toEqual([true, null]);
});

test('a title that nobody typed follows what the step shows; a typed one stays', () => {
	const draft = draftOf();
	draft.add();
	const [first] = draft.steps;
	expect(first).toMatchObject({ kind: 'welcome', title: 'Welcome' });
	const titleOf = (card: string) => ({ a: 'Trust', b: 'Hotline' })[card] ?? '';
	draft.setKind(first!, 'card');
	expect(first!.title).toBe('');
	draft.setCard(first!, 'a', titleOf);
	expect(first!.title).toBe('Trust');
	draft.setCard(first!, 'b', titleOf);
	expect(first!.title).toBe('Hotline');
	first!.title = 'Typed';
	draft.setCard(first!, 'a', titleOf);
	draft.setKind(first!, 'break');
	expect(first!.title).toBe('Typed');
});

test('a step with a problem is not sent', async () => {
	const draft = draftOf('One', 'Two');
	const two = draft.steps[1]!;
	for (const wrong of [
		{ title: ' ' },
		{ title: 'x'.repeat(121) },
		{ minutes: '0' },
		{ minutes: 'ten' },
		{ minutes: '1441' },
		{ notes: 'x'.repeat(1_001) }
	]) {
		Object.assign(two, { title: 'Two', minutes: '5', notes: '' }, wrong);
		expect(draft.firstProblem).toBe(two.key);
		// It would fail for want of a server.
		await draft.save();
		expect(draft.failure).toBeNull();
	}
});
