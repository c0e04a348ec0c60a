/**
 * A blind round of everybody in a hall: how soon an answer is stored, how soon the count that has
 * it is at every page, how soon the outcomes are, and what all of it takes.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { RoundState } from '../../../src/lib/rounds/round-state.ts';
import { within } from '../scenarios/pace.ts';
import type { Hall, Seat } from './hall.ts';
import { startClocks, type Product, type Usage } from './product.ts';

export interface Round {
	name: string;
	/** How many of the board's cards are asked. */
	cards: number;
	/** How many of them each answers. */
	answers: number;
	/** Answers come evenly within it; with 0 each is sent as soon as the one before is stored. */
	seconds: number;
}

export interface RoundFigures {
	answers: number;
	/** From the first answer to the last one stored, in seconds. */
	took: number;
	/** Milliseconds of each, at the last page to hear: of the opening and the outcomes only one. */
	stored: number[];
	progress: number[];
	opened: number;
	revealed: number;
	/** Milliseconds of each page's asking for its person's own view, at the opening and the reveal. */
	own: number[];
	/** Of a page between the opening and the reveal, in bytes. */
	received: number;
	/** While answers came. */
	usage: Usage;
}

/** Of every fifth answer. */
const REASON = 'Both capitals have kept the hotline staffed since the last incident.';
/** Longest that anything is waited for, in seconds. */
const PATIENCE = 60;

export async function blindRound(
	product: Product,
	hall: Hall,
	round: Round
): Promise<RoundFigures> {
	const { facilitator, seats, room, cards: all } = hall;
	const rounds = `/api/rooms/${room}/rounds`;
	const cards = all.slice(0, round.cards);
	const own: number[] = [];
	const watches = [facilitator, ...seats].map((seat) => new Watch(seat, rounds, own));

	let asked = performance.now();
	const { id } = await facilitator.visitor.send<{ id: string }>(rounds, { cards });
	const opened = (await lastTo(watches, (watch) => watch.openedAt(id))) - asked;
	await within(PATIENCE, () => own.length === watches.length);

	const before = watches.map(({ page }) => page.received);
	const stopClocks = startClocks(product);
	const answers = await answer(hall, `${rounds}/${id}`, cards, round);
	const told = await lastTo(watches, (watch) => watch.reachedAt(answers.length));
	const usage = stopClocks();
	const received =
		watches.reduce((sum, { page }, index) => sum + page.received - before[index]!, 0) /
		watches.length;

	asked = performance.now();
	await facilitator.visitor.send(`${rounds}/${id}/reveal`);
	const revealed = (await lastTo(watches, (watch) => watch.revealedAt(id))) - asked;
	await within(PATIENCE, () => own.length === 2 * watches.length);
	if (own.length < 2 * watches.length) throw new Error('a page could not read its own round');
	await facilitator.visitor.send(`${rounds}/${id}/end`);
	for (const watch of watches) watch.stop();

	answers.sort((one, other) => one.storedAt - other.storedAt);
	return {
		answers: answers.length,
		took: (told - Math.min(...answers.map(({ sentAt }) => sentAt))) / 1_000,
		stored: answers.map(({ sentAt, storedAt }) => storedAt - sentAt),
		// Counts only grow: the one that reached n is of no fewer than the first n to be stored.
		progress: answers.map(
			({ storedAt }, index) =>
				Math.max(...watches.map((watch) => watch.reachedAt(index + 1)!)) - storedAt
		),
		...{ opened, revealed, own, received, usage }
	};
}

interface Answered {
	sentAt: number;
	storedAt: number;
}

/** Each of the seats answers its cards in turn, beginning anywhere within its share of the time. */
async function answer(
	{ seats, columns }: Hall,
	round: string,
	cards: string[],
	{ answers, seconds }: Round
): Promise<Answered[]> {
	const start = performance.now();
	const apart = (1_000 * seconds) / answers;
	const done = await Promise.all(
		seats.map(async ({ visitor }, seat) => {
			const own: Answered[] = [];
			for (let turn = 0; turn < answers; turn++) {
				const due = start + apart * (turn + seat / seats.length);
				const early = due - performance.now();
				if (early > 0) await pause(early);
				const card = cards[(seat + turn) % cards.length]!;
				const column = columns[(seat * 7 + turn) % columns.length]!;
				const sentAt = performance.now();
				const why = (seat + turn) % 5 === 0 ? { reason: REASON } : {};
				const given = { card, column, confidence: 'moderate', ...why };
				await visitor.send(`${round}/placements`, given);
				own.push({ sentAt, storedAt: performance.now() });
			}
			return own;
		})
	);
	return done.flat();
}

/** What one page hears of a round, and when; and what a page then asks for. */
class Watch {
	readonly page: Seat['page'];
	#opened = new Map<string, number>();
	#revealed = new Map<string, number>();
	/** When each number of answers was reached. */
	#reached: number[] = [];

	constructor({ page, visitor }: Seat, rounds: string, own: number[]) {
		this.page = page;
		const ask = (id: string) => {
			const askedAt = performance.now();
			// One that fails is missing in the end, and fails the bench.
			visitor.read(`${rounds}/${id}`).then(
				() => own.push(performance.now() - askedAt),
				(error: unknown) => console.error(String(error))
			);
		};
		page.onStage = ({ round }) => {
			if (round !== null) this.#take(round, ask);
		};
	}

	#take({ id, state, cards }: RoundState, ask: (id: string) => void): void {
		const now = performance.now();
		const times = state === 'open' ? this.#opened : this.#revealed;
		if (!times.has(id)) {
			times.set(id, now);
			ask(id);
		}
		const placed = cards.reduce((sum, card) => sum + card.placed, 0);
		while (this.#reached.length <= placed) this.#reached.push(now);
	}

	openedAt(id: string): number | undefined {
		return this.#opened.get(id);
	}

	revealedAt(id: string): number | undefined {
		return this.#revealed.get(id);
	}

	reachedAt(count: number): number | undefined {
		return this.#reached[count];
	}

	stop(): void {
		this.page.onStage = () => {};
	}
}

/** When the last of them had it. Throws when one never has. */
async function lastTo(
	watches: readonly Watch[],
	timeOf: (watch: Watch) => number | undefined
): Promise<number> {
	const isThere = () => watches.every((watch) => timeOf(watch) !== undefined);
	if (!(await within(PATIENCE, isThere))) throw new Error('a page was never told of the round');
	return Math.max(...watches.map((watch) => timeOf(watch)!));
}
