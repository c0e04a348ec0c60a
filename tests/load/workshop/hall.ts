/** A room of the product with a facilitator and those who came by its link, each with a page open. */
import { moreCards } from '../../sync/board-moves.ts';
import { updateMessage } from '../client/wire.ts';
import { within } from '../scenarios/pace.ts';
import { Page } from './page.ts';
import type { Product } from './product.ts';
import { Visitor } from './visitor.ts';

export interface Seat {
	visitor: Visitor;
	page: Page;
}

export interface Hall {
	room: string;
	/** What everybody who comes by the link says. */
	code: string;
	facilitator: Seat;
	/** Without the facilitator. */
	seats: Seat[];
	columns: string[];
	cards: string[];
}

interface Board {
	cards: { id: string }[];
	columns: { id: string }[];
}

/** Joining is a burst, and a browser waits for its answer: this many wait at a time. */
const AT_ONCE = 20;

export async function openHall({ port }: Product): Promise<Hall> {
	const visitor = new Visitor(port);
	const body = { template: 'us-russia-cyber-detente', name: 'Fay Facilitator' };
	const { id: room, code } = await visitor.send<{ id: string; code: string }>('/api/rooms', body);
	const board = await visitor.read<Board>(`/api/rooms/${room}`);
	const [cards, columns] = [board.cards.map(({ id }) => id), board.columns.map(({ id }) => id)];
	const facilitator = { visitor, page: await openPage(port, room, visitor) };
	return { room, code, facilitator, seats: [], columns, cards };
}

/** Seats `count` more, who come by a code of the room as its link gives it. */
export async function seat(
	{ port }: Product,
	hall: Hall,
	count: number,
	code = hall.code
): Promise<Seat[]> {
	const { room, seats } = hall;
	const comers: Seat[] = [];
	for (let come = 0; come < count; come += AT_ONCE) {
		const next = Array.from({ length: Math.min(AT_ONCE, count - come) }, async (_, place) => {
			const visitor = new Visitor(port);
			await visitor.send('/api/join', { code, room, name: `Guest ${seats.length + come + place}` });
			return { visitor, page: await openPage(port, room, visitor) };
		});
		comers.push(...(await Promise.all(next)));
	}
	seats.push(...comers);
	return comers;
}

/** Has the facilitator add cards until the board has `count`, which everybody here then sees. */
export async function haveCards({ port }: Product, hall: Hall, count: number): Promise<void> {
	const { facilitator, seats, room, cards } = hall;
	if (cards.length >= count) return;
	const newcomer = await openPage(port, room, facilitator.visitor);
	const pages = [newcomer, ...seats.map(({ page }) => page)];
	let told = 0;
	for (const page of pages) page.onUpdate = () => (told += 1);
	facilitator.page.send(updateMessage(moreCards(newcomer.document, count)));
	if (!(await within(20, () => told >= pages.length))) throw new Error('no more cards came');
	for (const page of pages) page.onUpdate = undefined;
	newcomer.close();
	const board = await facilitator.visitor.read<Board>(`/api/rooms/${room}`);
	hall.cards = board.cards.map(({ id }) => id);
	if (hall.cards.length < count) throw new Error(`${hall.cards.length} cards instead of ${count}`);
}

/** Throws when the server closed a page: a bench of fewer than it says would mislead. */
export function leave({ facilitator, seats }: Hall): void {
	const all = [facilitator, ...seats].map(({ page }) => page);
	const closed = all.filter(({ closedWith }) => closedWith !== undefined);
	for (const page of all) page.close();
	if (closed.length === 0) return;
	throw new Error(`the server closed ${closed.length} pages, with ${closed[0]!.closedWith}`);
}

async function openPage(port: number, room: string, { cookie }: Visitor): Promise<Page> {
	const page = new Page(port, room, cookie);
	await page.ready;
	return page;
}
