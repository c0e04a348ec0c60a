import { describe, expect, it } from 'vitest';
import { addCard, archiveCard, restoreCard } from '#board/cards.ts';
import { refusal } from '../auth/testing.ts';
import { DIALECTS, type Dialect } from '../database/open-test-databases.ts';
import { createLog } from '../log.ts';
import { openTestWorld } from '../rooms/open-test-room.ts';
import { readSteps, type StepInput } from './show-input.ts';
import { createSpotlightKeeper } from './spotlight-keeper.ts';

/** A room with a card, its facilitator, and somebody who edits. */
async function open(dialect: Dialect = 'sqlite') {
	const world = await openTestWorld(dialect);
	const { services, liveRooms, db } = world;
	const { id, code, fay } = await world.room();
	const ana = await world.guest('Ana', code);
	const [column] = (await services.rooms.read(fay, id)).board.columns;
	let card = '';
	await liveRooms.edit(id, (doc) => {
		card = addCard(doc, { title: 'Trust', column: column!.id }, world.now);
	});
	const step = (input: Partial<StepInput> = {}): StepInput => ({
		...{ kind: 'board', title: 'Where we stand' },
		...input
	});
	const write = (...steps: StepInput[]) => services.runOfShow.write(fay, id, { from: 0, steps });
	const stage = () => services.stage.read(ana, id);
	const kinds = async () =>
		(await services.history.read(fay, id)).entries.map(({ kind }) => kind).reverse();
	return { world, services, liveRooms, db, id, code, fay, ana, card, step, write, stage, kinds };
}

describe.each(DIALECTS)('the stage on %s', { timeout: 60_000 }, (dialect) => {
	it('is set by facilitators alone, and read by everybody in the room', async () => {
		const { services, id, fay, ana, card, stage, world } = await open(dialect);
		const { set } = services.stage;
		await set(fay, id, { spotlight: card, isLocked: true, message: ' Five\nminutes ' });
		expect(await stage()).toMatchObject({
			...{ spotlight: card, isLocked: true, isQuiet: false, message: 'Five minutes' }
		});
		await set(fay, id, { message: '', isLocked: false });
		expect(await stage()).toMatchObject({ spotlight: card, isLocked: false, message: null });
		expect(await refusal(set(ana, id, { isLocked: false }))).toBe('role-too-low');
		expect(await refusal(services.stage.read(null, id))).toBe('not-signed-in');
		const mal = await world.guestOf(
			await services.rooms.create(
				{ person: null, address: '192.0.2.2' },
				{ template: 'blank', name: 'Mal' }
			)
		);
		expect(await refusal(services.stage.read(mal, id))).toBe('not-allowed');
	});

	it('takes all of a wish or nothing of it', async () => {
		const { services, id, fay, stage } = await open(dialect);
		const wish = { isLocked: true, timer: 'start', minutes: -1 };
		expect(await refusal(services.stage.set(fay, id, wish))).toBe('minutes-out-of-range');
		expect(await refusal(services.stage.set(fay, id, { spotlight: 'nothing' }))).toBe(
			'no-such-card'
		);
		expect(await refusal(services.stage.set(fay, id, { message: 'x'.repeat(241) }))).toBe(
			'message-too-long'
		);
		expect((await stage()).isLocked).toBe(false);
	});

	it('lets go of a card that leaves the board, for good', async () => {
		const { services, liveRooms, db, id, fay, card, stage } = await open(dialect);
		const keeper = createSpotlightKeeper({ db, liveRooms, log: createLog('silent') });
		liveRooms.onChanged((roomId) => keeper.note(roomId));
		await services.stage.set(fay, id, { spotlight: card });
		await liveRooms.edit(id, (doc) => archiveCard(doc, card));
		await expect.poll(async () => (await stage()).spotlight).toBeNull();
		await liveRooms.edit(id, (doc) => restoreCard(doc, card));
		expect((await stage()).spotlight).toBeNull();
	});

	it('has a run of show with notes that only facilitators read', async () => {
		const { services, id, fay, ana, card, step, write, stage } = await open(dialect);
		const { runOfShow } = services;
		const asks = step({ kind: 'card', title: 'Trust', card, minutes: 5, notes: 'Ask Ben.' });
		expect(await write(step({ kind: 'welcome', title: 'Hello' }), asks)).toBe(1);
		expect(await runOfShow.read(fay, id)).toMatchObject({
			version: 1,
			steps: [{ kind: 'welcome' }, { kind: 'card', card, minutes: 5, notes: 'Ask Ben.' }]
		});
		expect(await refusal(runOfShow.read(ana, id))).toBe('role-too-low');
		await runOfShow.go(fay, id, { from: null, to: 1 });
		const seen = await stage();
		expect(seen).toMatchObject({ spotlight: card, step: { place: 1, count: 2, title: 'Trust' } });
		expect(JSON.stringify(seen)).not.toContain('Ben');
	});

	it('does not write over what another facilitator has changed meanwhile', async () => {
		const { services, id, fay, step, write } = await open(dialect);
		await write(step());
		expect(await refusal(write(step({ title: 'Mine' })))).toBe('changed-meanwhile');
		const { runOfShow } = services;
		const made = [1, 1].map((from) =>
			runOfShow.write(fay, id, { from, steps: [step({ title: `From ${from}` })] })
		);
		const outcomes = await Promise.allSettled(made);
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
		expect((await runOfShow.read(fay, id)).version).toBe(2);
	});

	it('stays at its step when others are put before it or taken away', async () => {
		const { services, id, fay, step, write, stage } = await open(dialect);
		const [one, two, three] = ['One', 'Two', 'Three'].map((title) => step({ title }));
		await write(one!, two!);
		await services.runOfShow.go(fay, id, { from: null, to: 1 });
		const change = async (from: number, ...steps: StepInput[]) => {
			await services.runOfShow.write(fay, id, { from, steps });
			return (await stage()).step;
		};
		expect(await change(1, three!, one!, two!)).toMatchObject({ place: 2, title: 'Two' });
		expect(await change(2, two!, three!)).toMatchObject({ place: 0, title: 'Two' });
		// It is called something else now.
		expect(await change(3, step({ title: 'Second' }))).toMatchObject({ place: 0, title: 'Second' });
		expect(await change(4)).toBeNull();
	});

	it('goes one step when two press “next” at once, and opens the workshop once', async () => {
		const { services, id, fay, step, write, stage, kinds } = await open(dialect);
		await write(step({ title: 'One' }), step({ title: 'Two' }), step({ title: 'Three' }));
		const next = (from: number | null, to: number | null) =>
			services.runOfShow.go(fay, id, { from, to });
		await Promise.all([next(null, 0), next(null, 0)]);
		await Promise.all([next(0, 1), next(0, 1)]);
		expect(await stage()).toMatchObject({ step: { place: 1 }, workshop: { number: 1 } });
		expect((await kinds()).filter((kind) => kind === 'step')).toHaveLength(2);
		expect((await kinds()).filter((kind) => kind === 'workshop')).toHaveLength(1);
		expect(await refusal(next(1, 3))).toBe('no-such-step');
	});

	it('does not walk away from a blind round that is open; “reveal” and “next” at once lose nothing', async () => {
		const { services, id, fay, card, step, write, stage } = await open(dialect);
		await write(
			step({ kind: 'card', title: 'Trust', card, asks: true }),
			step({ title: 'Afterwards' })
		);
		await services.runOfShow.go(fay, id, { from: null, to: 0 });
		const { round } = await stage();
		expect(round).toMatchObject({ state: 'open', cards: [{ id: card }] });
		expect(await refusal(services.runOfShow.go(fay, id, { from: 0, to: 1 }))).toBe('round-open');
		const [revealed, gone] = await Promise.allSettled([
			services.rounds.reveal(fay, id, round!.id),
			services.runOfShow.go(fay, id, { from: 0, to: 1 })
		]);
		expect(revealed.status).toBe('fulfilled');
		const [kept] = await services.rounds.list(fay, id);
		expect(kept?.state).toBe(gone.status === 'fulfilled' ? 'over' : 'revealed');
		expect((await stage()).step?.place).toBe(gone.status === 'fulfilled' ? 1 : 0);
	});

	it('begins a step whose card has left the board without it', async () => {
		const { services, liveRooms, id, fay, card, step, write, stage } = await open(dialect);
		await write(step({ kind: 'card', title: 'Trust', card, asks: true }));
		await liveRooms.edit(id, (doc) => archiveCard(doc, card));
		await services.runOfShow.go(fay, id, { from: null, to: 0 });
		expect(await stage()).toMatchObject({ spotlight: null, round: null, step: { place: 0 } });
	});

	it('is emptied when the workshop closes, which nobody need be there for', async () => {
		const { services, world, id, fay, ana, step, write, stage, kinds } = await open(dialect);
		await write(step({ minutes: 10 }));
		await services.runOfShow.go(fay, id, { from: null, to: 0 });
		await services.stage.set(fay, id, { isLocked: true, isQuiet: true, message: 'Almost done' });
		const { workshop } = await stage();
		const { close, open: reopen } = services.workshops;
		expect(await refusal(reopen(fay, id))).toBe('workshop-open');
		expect(await refusal(close(ana, id, workshop!.id))).toBe('role-too-low');
		expect(await refusal(close(fay, id, 'nothing'))).toBe('no-such-workshop');
		await Promise.all([close(fay, id, workshop!.id), close(fay, id, workshop!.id)]);
		expect(await stage()).toMatchObject({
			...{ workshop: null, step: null, timer: null, isLocked: false, isQuiet: false },
			message: null
		});
		expect((await kinds()).filter((kind) => kind === 'workshop')).toHaveLength(2);
		// Its report is there, and on the stage for the day; its link as soon as it has one.
		const { id: report, number } = workshop!;
		expect((await services.reports.read(ana, id, report)).report.number).toBe(number);
		expect((await stage()).closed).toMatchObject({ id: report, number: 1, link: null });
		await services.reports.share(fay, id, report, true);
		expect((await stage()).closed?.link).toMatch(/^[\w-]{43}$/);
		world.pass(1);
		expect((await stage()).closed).toBeNull();
		await reopen(fay, id);
		expect((await stage()).workshop?.number).toBe(2);
	});

	it('takes a timer of any length, paused and gone on with, and more time', async () => {
		const { services, world, id, fay, stage } = await open(dialect);
		const timer = async (timer: string, minutes?: number) => {
			await services.stage.set(fay, id, { timer, minutes });
			return (await stage()).timer;
		};
		const at = (ms: number) => new Date(world.now.getTime() + ms).toISOString();
		expect(await timer('start', 1.5)).toEqual({
			...{ endsAt: at(90_000), leftMs: null, lengthMs: 90_000 }
		});
		expect(await timer('pause')).toEqual({ endsAt: null, leftMs: 90_000, lengthMs: 90_000 });
		expect(await timer('pause')).toMatchObject({ leftMs: 90_000 });
		expect(await timer('add', 1)).toMatchObject({ leftMs: 150_000, lengthMs: 150_000 });
		world.pass(1);
		expect(await timer('resume')).toMatchObject({ endsAt: at(150_000), leftMs: null });
		world.pass(1);
		// It is over; a minute more counts from now.
		expect(await timer('add', 1)).toMatchObject({ endsAt: at(60_000) });
		expect(await timer('clear')).toBeNull();
		expect(await timer('resume')).toBeNull();
		expect(await refusal(timer('explode'))).toBe('unknown-choice');
	});
});

describe('a run of show that comes in', () => {
	const step = { kind: 'card', title: 'Trust', card: 'c1', asks: true };

	it.each([
		['no-such kind', [{ ...step, kind: 'dance' }], 'unknown-choice'],
		['no title', [{ ...step, title: ' \n' }], 'step-title-missing'],
		['a long title', [{ ...step, title: 'x'.repeat(121) }], 'step-title-too-long'],
		['long notes', [{ ...step, notes: 'x'.repeat(1_001) }], 'notes-too-long'],
		['a time below nothing', [{ ...step, minutes: -1 }], 'minutes-out-of-range'],
		['an endless time', [{ ...step, minutes: Infinity }], 'minutes-out-of-range'],
		['many steps', Array<StepInput>(61).fill(step), 'too-many-steps']
	])('is refused with %s', async (_, steps, code) => {
		expect(await refusal((async () => readSteps(steps))())).toBe(code);
	});

	it('has a card and a question only in steps about a card', () => {
		expect(readSteps([{ ...step, kind: 'break' }])).toEqual([
			{ kind: 'break', title: 'Trust', minutes: null, card: null, asks: false, notes: '' }
		]);
	});
});
