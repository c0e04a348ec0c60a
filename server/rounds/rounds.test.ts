import { describe, expect, it, vi } from 'vitest';
import { addCard, archiveCard } from '#board/cards.ts';
import { removeColumn } from '#board/columns.ts';
import { exportAccount } from '../auth/export-account.ts';
import { refusal } from '../auth/testing.ts';
import { DIALECTS, type Dialect } from '../database/open-test-databases.ts';
import { openTestWorld } from '../rooms/open-test-room.ts';
import type { Person } from '../services.ts';
import { revealDue } from './round-keeper.ts';
import type { RoundInput } from './round-input.ts';
import { forgetGonePlacements, reassignPlacements } from './round.repository.ts';

/** A room with two cards in the middle of five columns, a facilitator, and five who place. */
async function open(dialect: Dialect = 'sqlite') {
	const world = await openTestWorld(dialect);
	const { services, liveRooms } = world;
	const { rounds } = services;
	const { id, code, fay } = await world.room();
	const people: Person[] = [];
	for (const name of ['Ana', 'Ben', 'Cem', 'Dia', 'Eli'])
		people.push(await world.guest(name, code));
	const { columns } = (await services.rooms.read(fay, id)).board;
	const column = columns.map((each) => each.id);
	const cards: string[] = [];
	await liveRooms.edit(id, (doc) => {
		for (const title of ['Trust', 'Hotline']) {
			cards.push(addCard(doc, { title, column: column[2]! }, world.now));
		}
	});
	const [trust, hotline] = cards as [string, string];
	const start = (input: Partial<RoundInput> = {}) =>
		rounds.open(fay, id, { cards: [trust], ...input });
	/** Each of the five, in the column of that place. */
	const answer = async (round: string, ...places: number[]) => {
		for (const [who, place] of places.entries()) {
			await rounds.place(people[who]!, id, round, { card: trust, column: column[place]! });
		}
	};
	const cardOf = async (round: string, person = fay) =>
		(await rounds.read(person, id, round)).cards.find((card) => card.id === trust)!;
	const board = async () => (await services.rooms.read(fay, id)).board;
	return {
		...{ world, services, rounds, liveRooms, id, code, fay, people, columns, column },
		...{ trust, hotline, start, answer, cardOf, board }
	};
}

describe.each(DIALECTS)('blind rounds on %s', { timeout: 60_000 }, (dialect) => {
	it('show at the reveal how the answers lie, and nothing of them before', async () => {
		const { rounds, id, fay, people, column, trust, start, answer, cardOf } = await open(dialect);
		const round = await start();
		await answer(round, 3, 2, 2, 3, 2);
		const [ana, ben] = people as [Person, Person];
		const lie = { card: trust, column: column[0]!, confidence: 'high', reason: ' They\nlied ' };
		await rounds.place(ana, id, round, lie);
		expect(await cardOf(round)).toMatchObject({ placed: 5, outcome: null });
		for (const person of [fay, ben]) {
			const seen = await rounds.read(person, id, round);
			expect(seen).toMatchObject({ columns: null, reasons: [], farOut: [] });
			expect(JSON.stringify(seen)).not.toMatch(new RegExp(`lied|high|${column[0]}`));
		}
		expect((await rounds.read(ben, id, round)).mine[trust]).toMatchObject({ column: column[2] });

		await rounds.reveal(fay, id, round);
		expect((await cardOf(round, ben)).outcome).toMatchObject({
			counts: [1, 0, 3, 1, 0],
			median: 2,
			within: 0.8,
			hasConsensus: true
		});
		const anas = await rounds.read(ana, id, round);
		const said = { column: column[0], confidence: 'high', reason: 'They lied' };
		expect(anas).toMatchObject({ farOut: [trust], mine: { [trust]: said } });
		expect(anas.reasons).toEqual([{ card: trust, ...said, by: null }]);
		expect((await rounds.read(ben, id, round)).farOut).toEqual([]);
	});

	it('take one answer of each, the last one, while they are open', async () => {
		const { rounds, world, id, fay, people, column, trust, start, answer, cardOf } =
			await open(dialect);
		const round = await start({ ends: 'time', minutes: 10 });
		await answer(round, 0, 1, 1);
		await answer(round, 1, 1, 1);
		expect((await cardOf(round)).placed).toBe(3);
		world.pass(11 / 24 / 60);
		const late = { card: trust, column: column[4]! };
		expect(await refusal(rounds.place(people[0]!, id, round, late))).toBe('round-over');
		await rounds.reveal(fay, id, round);
		expect(await refusal(rounds.place(people[0]!, id, round, late))).toBe('round-over');
		expect((await cardOf(round)).outcome?.counts).toEqual([0, 3, 0, 0, 0]);
	});

	it('refuse answers that make no sense, and those of whoever may not give any', async () => {
		const { rounds, services, liveRooms, id, fay, people, column, trust, hotline, start } =
			await open(dialect);
		const [ana, ben, cem] = people as [Person, Person, Person];
		const round = await start();
		const place = (person: Person | null, change: object = {}) =>
			refusal(rounds.place(person, id, round, { card: trust, column: column[0]!, ...change }));
		expect(await place(null)).toBe('not-signed-in');
		expect(await place(ana, { card: hotline })).toBe('not-asked');
		expect(await place(ana, { column: 'elsewhere' })).toBe('no-such-column');
		expect(await place(ana, { confidence: 'certain' })).toBe('unknown-choice');
		expect(await place(ana, { reason: 'x'.repeat(281) })).toBe('reason-too-long');
		await services.people.setRole(fay, id, ben.id, 'viewer');
		expect(await place(ben)).toBe('role-too-low');
		await services.people.remove(fay, id, cem.id);
		expect(await place(cem)).toBe('removed');
		await liveRooms.edit(id, (doc) => archiveCard(doc, trust));
		expect(await place(ana)).toBe('no-such-card');
		expect(await refusal(rounds.place(ana, id, 'x', { card: trust, column: '' }))).toBe(
			'no-such-round'
		);
		const other = await open(dialect);
		expect(await refusal(other.rounds.read(other.fay, other.id, round))).toBe('no-such-round');
		expect((await rounds.read(fay, id, round)).cards[0]).toMatchObject({ placed: 0 });
	});

	it('are led by facilitators', async () => {
		const { rounds, id, fay, people, trust, start } = await open(dialect);
		const [ana] = people as [Person];
		expect(await refusal(rounds.open(ana, id, { cards: [trust] }))).toBe('role-too-low');
		const round = await start();
		expect(await refusal(rounds.reveal(ana, id, round))).toBe('role-too-low');
		expect(await refusal(rounds.end(ana, id, round))).toBe('role-too-low');
		const verdict = { card: trust, how: 'left' };
		expect(await refusal(rounds.decide(ana, id, round, verdict))).toBe('role-too-low');
		expect(await refusal(rounds.decide(fay, id, round, verdict))).toBe('nothing-to-decide');
	});

	it.each([
		[{ cards: [] }, 'no-cards'],
		[{ cards: ['x'] }, 'no-such-card'],
		[{ cards: Array.from({ length: 501 }, (_, n) => `${n}`) }, 'too-many-cards'],
		[{ ends: 'never' }, 'unknown-choice'],
		[{ ends: 'time' }, 'minutes-out-of-range'],
		[{ ends: 'time', minutes: Number.NaN }, 'minutes-out-of-range'],
		[{ least: 0 }, 'least-out-of-range'],
		[{ least: 2.5 }, 'least-out-of-range'],
		[{ consensus: 0.4 }, 'consensus-out-of-range'],
		[{ repeats: 'x' }, 'no-such-round']
	])('are not opened with %j', async (input, code) => {
		const { start } = await open(dialect);
		expect(await refusal(start(input))).toBe(code);
	});

	it('are one at a time, also when two are opened at once, and numbered', async () => {
		const { rounds, id, fay, start } = await open(dialect);
		const tries = await Promise.allSettled([start(), start()]);
		const [first] = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
		const [refused] = tries.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
		expect(refused).toMatchObject({ code: 'round-open' });
		await rounds.reveal(fay, id, first!);
		await start();
		expect((await rounds.list(fay, id)).map(({ number, state }) => [number, state])).toEqual([
			[1, 'over'],
			[2, 'open']
		]);
	});

	it('are revealed once, whoever asks at the same moment, and recorded once', async () => {
		const { rounds, services, id, fay, start, answer } = await open(dialect);
		const round = await start();
		await answer(round, 1, 2, 3);
		await Promise.all([1, 2, 3].map(() => rounds.reveal(fay, id, round)));
		const { entries } = await services.history.read(fay, id);
		const lines = entries.filter(({ kind }) => kind === 'round').map(({ became }) => became);
		expect(lines).toMatchObject([{ what: 'revealed', number: 1 }, { what: 'opened' }]);
	});

	it('show nothing of a card that too few have placed, which is not loosened later', async () => {
		const { rounds, id, fay, start, answer, cardOf } = await open(dialect);
		const round = await start();
		await answer(round, 1, 1);
		await rounds.reveal(fay, id, round);
		expect(await cardOf(round)).toMatchObject({ placed: 2, outcome: null });
		expect((await rounds.read(fay, id, round)).reasons).toEqual([]);
		const named = await start({ named: true });
		await answer(named, 1);
		await rounds.reveal(fay, id, named);
		expect((await cardOf(named)).outcome).toMatchObject({ voters: 1 });
		expect((await rounds.read(fay, id, named)).reasons).toMatchObject([{ by: 'Ana' }]);
	});

	it('leave out cards that went meanwhile, and answers of whoever was taken out', async () => {
		const { rounds, services, liveRooms, id, fay, people, column, trust, hotline, start, answer } =
			await open(dialect);
		const round = await start({ cards: [trust, hotline] });
		await answer(round, 0, 2, 2, 2);
		for (const person of people) {
			await rounds.place(person, id, round, { card: hotline, column: column[1]! });
		}
		await services.people.remove(fay, id, people[0]!.id);
		await liveRooms.edit(id, (doc) => archiveCard(doc, hotline));
		await rounds.reveal(fay, id, round);
		const { cards } = await rounds.read(fay, id, round);
		expect(cards.map(({ outcome }) => outcome?.counts)).toEqual([[0, 0, 3, 0, 0], undefined]);
	});

	it('count an answer in a column that is gone where its cards are shown', async () => {
		const { rounds, liveRooms, id, fay, column, start, answer, cardOf } = await open(dialect);
		const round = await start();
		await answer(round, 4, 4, 3);
		await liveRooms.edit(id, (doc) => removeColumn(doc, column[4]!));
		await rounds.reveal(fay, id, round);
		expect((await cardOf(round)).outcome?.counts).toEqual([0, 0, 0, 3]);
	});

	it('adopt the median once: the card moves, keeps how far people are apart, and it is recorded', async () => {
		const { rounds, services, id, fay, column, trust, start, answer, cardOf, board } =
			await open(dialect);
		const round = await start();
		await answer(round, 3, 3, 3, 4, 0);
		await rounds.reveal(fay, id, round);
		const decide = (how: string, place?: number) =>
			rounds.decide(fay, id, round, { card: trust, how, column: column[place ?? 9] });
		expect(await refusal(decide('adopted', 4))).toBe('no-such-column');
		expect(await refusal(decide('placed'))).toBe('no-such-column');
		expect(await refusal(decide('guessed', 3))).toBe('unknown-choice');
		await decide('adopted', 3);
		expect(await refusal(decide('left'))).toBe('decided-already');
		const { outcome, ...card } = await cardOf(round);
		expect(card).toMatchObject({ decision: 'adopted', column: column[3] });
		const stands = (await board()).cards.find((each) => each.id === trust);
		expect(stands).toMatchObject({ column: column[3], spread: outcome?.spread });
		expect(stands?.spread).toBeGreaterThan(0);
		const { entries } = await services.history.read(fay, id);
		expect(entries.slice(0, 3).map(({ kind, by }) => [kind, by?.name])).toEqual([
			['round.decided', 'Fay'],
			['card.spread', 'Fay'],
			['card.moved', 'Fay']
		]);
	});

	it('are repeated beside what people and the group said first', async () => {
		const { rounds, id, fay, people, column, trust, start, answer } = await open(dialect);
		const first = await start();
		await answer(first, 0, 2, 2);
		await rounds.reveal(fay, id, first);
		const second = await start({ repeats: first });
		const { earlier, isRepeat } = await rounds.read(people[0]!, id, second);
		expect(isRepeat).toBe(true);
		expect(earlier?.mine[trust]).toMatchObject({ column: column[0] });
		expect(earlier?.cards[0]?.outcome?.counts).toEqual([1, 0, 2, 0, 0]);
		expect((await rounds.read(people[4]!, id, second)).earlier?.mine).toEqual({});
	});

	it('are put away unseen, their answers erased', async () => {
		const { rounds, world, id, fay, start, answer } = await open(dialect);
		const round = await start();
		await answer(round, 0, 1, 2);
		await rounds.end(fay, id, round);
		expect(await world.db.selectFrom('placements').selectAll().execute()).toEqual([]);
		expect(await refusal(rounds.reveal(fay, id, round))).toBe('round-over');
		expect((await rounds.list(fay, id))[0]).toMatchObject({ state: 'dropped' });
	});

	it('forget whose an answer was with the person, and keep it for the guest who signs up', async () => {
		const { world, rounds, id, fay, people, start, answer } = await open(dialect);
		const { db } = world;
		const round = await start();
		await answer(round, 0, 1, 2);
		const ana = await world.user('Ana');
		await reassignPlacements(db, people[0]!.id, ana.id);
		await db.deleteFrom('guests').where('id', '=', people[1]!.id).execute();
		await forgetGonePlacements(db);
		const rows = await db.selectFrom('placements').select('person_id').execute();
		const ids = rows.map(({ person_id }) => person_id);
		expect(new Set(ids)).toEqual(new Set([ana.id, null, people[2]!.id]));
		await rounds.reveal(fay, id, round);
		expect((await rounds.list(fay, id))[0]?.cards[0]?.outcome?.voters).toBe(3);
	});

	it('give people what they answered along with their data', async () => {
		const { world, rounds, code, id, column, trust, start } = await open(dialect);
		const ana = await world.user('Ana');
		await world.join(ana, code);
		const round = await start();
		const said = { column: column[1]!, confidence: 'low', reason: 'Talks have stalled' };
		await rounds.place(ana, id, round, { card: trust, ...said });
		const exported = await exportAccount(world.db, ana.id, world.now);
		expect(exported?.answers).toEqual([{ room: id, round: 1, card: trust, ...said }]);
	});

	it('end by themselves at their time', async () => {
		const { world, rounds, liveRooms, id, fay, start, answer } = await open(dialect);
		const parts = { db: world.db, liveRooms, now: () => world.now };
		const round = await start({ ends: 'time', minutes: 5 });
		await answer(round, 0, 1, 2);
		await revealDue(parts);
		expect((await rounds.read(fay, id, round)).state).toBe('open');
		world.pass(5 / 24 / 60);
		await revealDue(parts);
		expect((await rounds.read(fay, id, round)).state).toBe('revealed');
	});

	it('end by themselves when all who are here have placed all', async () => {
		const { world, rounds, id, fay, people, column, trust, hotline, start, answer } =
			await open(dialect);
		const [ana, ben, cem, dia] = people as [Person, Person, Person, Person];
		let here = [ana, ben, cem].map((each) => ({ ...each, role: 'editor' as const }));
		const others = [
			{ ...fay, role: 'facilitator' as const },
			{ ...dia, role: 'viewer' as const }
		];
		vi.spyOn(world.liveRooms, 'people').mockImplementation(() => [...here, ...others]);
		const look = async (areBack = true) => {
			const { db, liveRooms } = world;
			await revealDue({ db, liveRooms, areBack, now: () => world.now });
			return (await rounds.read(fay, id, round)).state;
		};
		const round = await start({ cards: [trust, hotline], ends: 'all' });
		expect(await look()).toBe('open');
		await answer(round, 0, 1, 2);
		expect(await look()).toBe('open');
		for (const person of [ana, ben]) {
			await rounds.place(person, id, round, { card: hotline, column: column[1]! });
		}
		expect(await look()).toBe('open');
		// All are away for a moment, as while the server starts anew; then some are back.
		const [all, none] = [here, [] as typeof here];
		here = none;
		expect(await look()).toBe('open');
		here = all.slice(0, 2);
		expect(await look(false)).toBe('open');
		// Cem has gone home.
		expect(await look()).toBe('revealed');
	});
});
