import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import Avatars from './Avatars.svelte';
import Segmented from './Segmented.svelte';
import TextField from './TextField.svelte';
import WeightBars from './WeightBars.svelte';

test('a row of choices is worked with the arrow keys and gives values of their own type', async () => {
	const onchange = vi.fn();
	const options = [1, 2, 3].map((value) => ({ value, label: `Weight ${value}` }));
	const screen = await render(Segmented<number>, {
		legend: 'Weight',
		options,
		value: 2,
		onchange
	});
	const group = screen.getByRole('group', { name: 'Weight' });
	await expect.element(group.getByRole('radio', { name: 'Weight 2' })).toBeChecked();
	group.getByRole('radio', { name: 'Weight 2' }).element().focus();
	await userEvent.keyboard('{ArrowRight}');
	expect(onchange).toHaveBeenLastCalledWith(3);
});

test('a row of choices that is disabled cannot be changed', async () => {
	const onchange = vi.fn();
	const options = [{ value: 'low', label: 'low' }];
	const screen = await render(Segmented<string>, {
		legend: 'Confidence',
		options,
		value: undefined,
		disabled: true,
		onchange
	});
	await expect.element(screen.getByRole('radio', { name: 'low' })).toBeDisabled();
});

test('a field with a problem takes the keyboard and says what is wrong', async () => {
	const screen = await render(TextField, {
		name: 'code',
		label: 'Code',
		hint: 'Eight letters',
		problem: 'No open room has this code.'
	});
	const field = screen.getByRole('textbox', { name: 'Code' });
	await expect.element(field).toHaveFocus();
	await expect.element(field).toHaveAccessibleDescription('No open room has this code.');
	await expect.element(field).toHaveAttribute('aria-invalid', 'true');
});

test('a field without a problem leaves the keyboard alone and shows its hint', async () => {
	const screen = await render(TextField, {
		name: 'name',
		label: 'Your name',
		hint: 'Others see it'
	});
	const field = screen.getByRole('textbox', { name: 'Your name' });
	await expect.element(field).not.toHaveFocus();
	await expect.element(field).toHaveAccessibleDescription('Others see it');
});

test('people beyond the fourth are a number on screen and names to a screen reader', async () => {
	const people = ['Amara Keita', 'Bo', 'محمد علي', '李雷', 'Jonas Meier', 'Sofia Ortega'].map(
		(name, index) => ({ id: `p${index}`, name, colour: index * 40, self: index === 0 })
	);
	const screen = await render(Avatars, { people });
	await expect.element(screen.getByRole('list', { name: '6 people here' })).toBeVisible();
	await expect.element(screen.getByText('Amara Keita (you)')).toBeInTheDocument();
	await expect.element(screen.getByText('+3', { exact: true })).toBeVisible();
	await expect.element(screen.getByText('and 李雷, Jonas Meier, Sofia Ortega')).toBeInTheDocument();
	await expect.element(screen.getByText('AK', { exact: true })).toBeVisible();
});

test('a weight is told in words', async () => {
	const counted = await render(WeightBars, { weight: 3 });
	await expect.element(counted.getByRole('img', { name: 'Weight 3 of 5' })).toBeVisible();
	const watched = await render(WeightBars, { weight: 0 });
	await expect
		.element(watched.getByRole('img', { name: 'Watched, not counted' }))
		.toBeInTheDocument();
});
