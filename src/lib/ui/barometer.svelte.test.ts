import '@fontsource-variable/inter/wght.css';
import './tokens.css';
import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import type { Board, Card, Column } from '#board/board.ts';
import { reading } from '#barometer/reading.ts';
import Dial from './Dial.svelte';
import Readout from './Readout.svelte';
import Ruler from './Ruler.svelte';

const AT = '2022-03-01T12:00:00.000Z';
const SCALE: Column[] = [
	{ id: 'conflict', label: 'Conflict', score: -100 },
	{ id: 'tension', label: 'Tension', score: -50 },
	{ id: 'stalemate', label: 'Stalemate', score: 0 },
	{ id: 'easing', label: 'Easing', score: 50 },
	{ id: 'cooperation', label: 'Cooperation', score: 100 }
];

function boardOf(...cards: Pick<Card, 'id' | 'column' | 'weight' | 'reviewed'>[]): Board {
	const rest = { notes: '', rank: 'a0', signposts: { up: '', down: '' }, spread: 0, evidence: [] };
	return {
		title: '',
		question: '',
		columns: SCALE,
		themes: [],
		cards: cards.map((card) => ({ ...rest, ...card, title: card.id })),
		archived: []
	};
}

const middle = (element: Element) => {
	const { left, right } = element.getBoundingClientRect();
	return (left + right) / 2;
};

test('the ruler’s hand stands over the middle of a column at the column’s score', async () => {
	for (const [index, { score }] of SCALE.entries()) {
		const { container } = await render(Ruler, {
			columns: SCALE,
			value: score
		});
		const ruler = container.querySelector('.ruler')!.getBoundingClientRect();
		const hand = container.querySelector<HTMLElement>('.hand')!;
		hand.style.transition = 'none';
		expect(middle(hand)).toBeCloseTo(ruler.left + ((index + 0.5) / 5) * ruler.width, 0);
	}
});

test('the ruler between uneven columns runs straight from centre to centre', async () => {
	const columns = [SCALE[0]!, { id: 'near', label: 'Near', score: -80 }, SCALE[4]!];
	const { container } = await render(Ruler, { columns, value: 10 });
	const ruler = container.querySelector('.ruler')!.getBoundingClientRect();
	// 10 is half-way from -80 to 100; their centres are at 1/2 and 5/6 of three columns.
	expect(middle(container.querySelector('.hand')!)).toBeCloseTo(
		ruler.left + ((1 / 2 + 5 / 6) / 2) * ruler.width,
		0
	);
	expect(container.querySelector('.band')).toBeNull();
});

test('the dial shows hand, band and set hand only where there is something to show', async () => {
	const full = await render(Dial, {
		columns: SCALE,
		value: 25,
		parts: [{ cause: 'age', from: 10, to: 40 }],
		set: -9
	});
	expect(full.container.querySelectorAll('.hand, .band, .set')).toHaveLength(3);
	// 130 degrees for 100 points.
	expect(full.container.querySelector('.set')?.getAttribute('transform')).toBe('rotate(-11.7)');
	const empty = await render(Dial, { columns: SCALE, value: null });
	expect(empty.container.querySelectorAll('.hand, .band, .set')).toHaveLength(0);
});

test('the hand comes to rest at a new value', async () => {
	const columns = SCALE;
	const screen = await render(Dial, { columns, value: 0 });
	await screen.rerender({ columns, value: 100 });
	const angle = () =>
		Number(
			/[-\d.]+/.exec(screen.container.querySelector('.hand')?.getAttribute('transform') ?? '')
		);
	await expect.poll(angle, { timeout: 10_000 }).toBeCloseTo(130, 0);
});

test('labels on the rim are cut rather than run into each other, for two to nine columns', async () => {
	await document.fonts.load('600 8px "Inter Variable"');
	for (let count = 2; count <= 9; count += 1) {
		const columns = Array.from({ length: count }, (_, i) => ({
			id: `c${i}`,
			label: `Somewhat long label ${i}`,
			score: -100 + (200 * i) / (count - 1)
		}));
		const { container } = await render(Dial, { columns, value: 0 });
		const texts = [...container.querySelectorAll<SVGTextElement>('.word')];
		expect(texts).toHaveLength(count);
		const spans = texts.map((text) => {
			const centre = Number(/[-\d.]+/.exec(text.getAttribute('transform') ?? ''));
			const half = (text.getComputedTextLength() / 2 / 110) * (180 / Math.PI);
			return { from: centre - half, to: centre + half };
		});
		for (const [index, span] of spans.entries()) {
			const next = spans[index + 1];
			if (next) expect(span.to).toBeLessThanOrEqual(next.from + 1);
		}
	}
});

test('the readout prints a true minus, the word and the range', async () => {
	const now = reading(boardOf({ id: 'a', column: 'tension', weight: 2, reviewed: AT }), AT);
	const screen = await render(Readout, { reading: now, tendency: null });
	await expect.element(screen.getByTestId('reading')).toHaveTextContent('−50');
	await expect.element(screen.getByText('Tension', { exact: true })).toBeVisible();
	await expect.element(screen.getByText(/likely between −100 and \+\d/)).toBeVisible();
	await expect.element(screen.getByText(/^100% of the weight reviewed/)).toBeVisible();
});

test('the readout says what to do when nothing counts', async () => {
	const now = reading(boardOf({ id: 'a', column: 'easing', weight: 0, reviewed: AT }), AT);
	const screen = await render(Readout, { reading: now, tendency: null });
	await expect.element(screen.getByText('No reading yet')).toBeVisible();
	await expect.element(screen.getByText(/weight of 1 or more/)).toBeVisible();
	expect(screen.container.textContent).not.toContain('reviewed within');
});

test('a coverage just under a half is not rounded up to one', async () => {
	const old = '2021-01-01T00:00:00.000Z';
	const cards = Array.from({ length: 249 }, (_, i) => i);
	const now = reading(
		boardOf(
			...cards.map((i) => ({
				id: `c${i}`,
				column: 'easing',
				weight: 1,
				reviewed: i < 124 ? AT : old
			}))
		),
		AT
	);
	const screen = await render(Readout, { reading: now, tendency: null });
	await expect.element(screen.getByText(/^49% of the weight reviewed/)).toBeVisible();
});

test('the trend is told in words with its sign and its checkpoint', async () => {
	const now = reading(boardOf({ id: 'a', column: 'easing', weight: 1, reviewed: AT }), AT);
	const tendency = { kind: 'falling sharply', change: -18.25 } as const;
	const screen = await render(Readout, { reading: now, tendency, since: 'Before the summit' });
	await expect
		.element(screen.getByText(/Falling sharply, −18\.\d since “Before the summit”/))
		.toBeVisible();
});
