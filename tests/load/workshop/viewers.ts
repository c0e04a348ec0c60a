/** Hundreds look on while a few move cards, and then a blind round begins. */
import { moves } from '../client/moves.ts';
import { updateMessage } from '../client/wire.ts';
import { pace, within } from '../scenarios/pace.ts';
import { haveCards, leave, openHall, seat, type Hall } from './hall.ts';
import type { Page } from './page.ts';
import { residentMb, startClocks, type Product, type Usage } from './product.ts';

export interface Audience {
	viewers: number;
	/** The board's. */
	cards: number;
	/** Moves a second, of all who move cards. */
	perSecond: number;
	seconds: number;
}

export interface AudienceFigures {
	/** Milliseconds from a move's sending to its coming, at every viewer. */
	moved: number[];
	/** Milliseconds from asking for a round to the stage with it, at each page. */
	opened: number[];
	/** Of a viewer's page a second, in bytes. */
	received: number;
	/** While cards moved. */
	usage: Usage;
	/** Resident megabytes of the server before anybody came, and with all of them. */
	residentBefore: number;
	resident: number;
}

const EDITORS = 4;

export async function audience(product: Product, asked: Audience): Promise<AudienceFigures> {
	const residentBefore = residentMb(product.pid);
	const hall = await openHall(product);
	const { visitor } = hall.facilitator;
	await haveCards(product, hall, asked.cards);
	const editors = (await seat(product, hall, EDITORS)).map((each) => each.page);

	const form = { role: 'viewer', ends: '1', midnight: '', peopleMax: '' };
	await visitor.fill(`/rooms/${hall.room}/door?/open`, form);
	const { doors } = await visitor.read<{ doors: { role: string; code: string }[] }>(
		`/api/rooms/${hall.room}/doors`
	);
	const code = doors.find(({ role }) => role === 'viewer')!.code;
	const viewers = (await seat(product, hall, asked.viewers, code)).map((each) => each.page);
	const { moved, received, usage } = await moveCards(product, editors, viewers, asked);
	const resident = residentMb(product.pid);
	const opened = await openRound(hall, viewers);
	leave(hall);
	return { moved, opened, received, usage, residentBefore, resident };
}

async function moveCards(
	product: Product,
	editors: readonly Page[],
	viewers: readonly Page[],
	{ perSecond, seconds }: Audience
) {
	const count = perSecond * seconds;
	const source = moves(viewers[0]!.document, editors.length, Math.ceil(count / editors.length));
	const sentAt = editors.map((): number[] => []);
	const moved: number[] = [];
	for (const viewer of viewers) {
		const heard = editors.map(() => -1);
		viewer.onUpdate = (message) => {
			const now = performance.now();
			for (let editor = 0; editor < editors.length; editor++) {
				const last = source.read(message, editor);
				while (heard[editor]! < last) moved.push(now - sentAt[editor]![++heard[editor]!]!);
			}
		};
	}
	const before = viewers.reduce((sum, viewer) => sum + viewer.received, 0);
	const stopClocks = startClocks(product);
	await pace(perSecond, count, (turn) => {
		const editor = turn % editors.length;
		const update = source.updates[editor]![sentAt[editor]!.length]!;
		sentAt[editor]!.push(performance.now());
		editors[editor]!.send(updateMessage(update));
	});
	if (!(await within(20, () => moved.length === count * viewers.length))) {
		throw new Error(`${count * viewers.length - moved.length} moves never came`);
	}
	const usage = stopClocks();
	const after = viewers.reduce((sum, viewer) => sum + viewer.received, 0);
	return { moved, usage, received: (after - before) / viewers.length / seconds };
}

/** Over 25 cards. */
async function openRound(
	{ facilitator, room, cards }: Hall,
	viewers: readonly Page[]
): Promise<number[]> {
	const opened: number[] = [];
	const start = performance.now();
	for (const viewer of viewers) {
		viewer.onStage = ({ round }) => {
			if (round === null) return;
			opened.push(performance.now() - start);
			viewer.onStage = () => {};
		};
	}
	await facilitator.visitor.send(`/api/rooms/${room}/rounds`, { cards: cards.slice(0, 25) });
	if (!(await within(20, () => opened.length === viewers.length))) {
		throw new Error('a page was never told of the round');
	}
	return opened;
}
