import { describe, expect, it } from 'vitest';
import type { Report } from '#report/report.ts';
import { NOBODY_KNOWN } from '#report/named-report.ts';
import { addCard, moveCard } from '#board/cards.ts';
import { addEvidence } from '#board/evidence.ts';
import { adoptGuest } from '../auth/adopt-guest.ts';
import { eraseUser } from '../auth/erase-user.ts';
import { exportAccount } from '../auth/export-account.ts';
import { refusal } from '../auth/testing.ts';
import { DIALECTS, type Dialect } from '../database/open-test-databases.ts';
import { trimHistory } from '../history/trim.ts';
import { openTestWorld } from '../rooms/open-test-room.ts';
import { sweep } from '../rooms/sweep.ts';
import type { Person } from '../services.ts';
import { insertWorkshop } from '../workshop/workshop.repository.ts';
import { reportOf } from './build-report.ts';
import { ACTION_LENGTH, ACTIONS_MAX } from './action-lines.ts';

const ADDRESS = { address: '192.0.2.7' };
const MINUTE = 1 / 24 / 60;

/** A room with a card in the column nearest to conflict, people of every kind, and an open workshop. */
async function open(dialect: Dialect = 'sqlite', parts: { guestRetentionDays?: number } = {}) {
	const world = await openTestWorld(dialect, parts);
	const { db, services, liveRooms } = world;
	const owner = await world.user('Olga');
	const { id, code } = await world.room(owner);
	const fay = await world.guest('Fay', code);
	await services.people.setRole(owner, id, fay.id, 'facilitator');
	const ed = await world.guest('Ed', code);
	const vic = await world.guest('Vic', code);
	await services.people.setRole(fay, id, vic.id, 'viewer');
	const { columns } = (await services.rooms.read(fay, id)).board;
	let card = '';
	await liveRooms.edit(id, (doc) => {
		card = addCard(doc, { title: 'Trust', column: columns[0]!.id }, world.now);
	});
	world.pass(1);
	const workshop = await insertWorkshop(db, id, world.now.toISOString());
	const note = async (what: 'opened' | 'closed') => {
		const became = { workshop: workshop.id, number: 1, what };
		const line = { kind: 'workshop', subject: null, was: null, became } as const;
		await liveRooms.edit(id, () => {}, { personId: fay.id, note: line });
	};
	await note('opened');
	const move = (person: Person, to: number) =>
		liveRooms.edit(
			id,
			(doc) => moveCard(doc, card, { column: columns.at(to)!.id }, world.pass(MINUTE)),
			{ personId: person.id }
		);
	const close = async () => {
		const at = world.pass(MINUTE);
		await note('closed');
		const closed_at = at.toISOString();
		const report = await reportOf({ db, liveRooms }, { ...workshop, closed_at }, at);
		await db
			.updateTable('workshops')
			.set({ closed_at, report: JSON.stringify(report) })
			.execute();
	};
	const stored = async () =>
		await db.selectFrom('workshops').select(['report', 'link']).executeTakeFirstOrThrow();
	const read = (person: Person | null) => services.reports.read(person, id, workshop.id);
	return {
		...{ world, db, services, liveRooms, id, code, owner, fay, ed, vic, columns, card },
		...{ workshop, move, close, stored, read }
	};
}

describe.each(DIALECTS)('the report of a workshop on %s', { timeout: 60_000 }, (dialect) => {
	it('tells its people what happened, while it is open and after', async () => {
		const { world, liveRooms, services, id, fay, ed, vic, card, columns, ...made } =
			await open(dialect);
		await made.move(ed, -1);
		await liveRooms.edit(
			id,
			(doc) => {
				const entry = { what: 'They met', date: '2026-02-28', direction: 4, reliability: 0.8 };
				addEvidence(doc, card, entry, world.now);
			},
			{ personId: fay.id }
		);
		expect(await made.read(ed)).toMatchObject({
			report: { number: 1, closedAt: null, before: { value: -100 }, after: { value: 100 } },
			may: { share: false, write: false },
			shared: null
		});
		await made.close();
		const { report, may } = await made.read(vic);
		expect(may).toEqual({ share: false, write: false });
		expect(report).toMatchObject({
			title: (await services.rooms.read(fay, id)).board.title,
			openedAt: made.workshop.opened_at,
			closedAt: world.now.toISOString(),
			people: ['Ed', 'Fay'],
			count: 2,
			before: { value: -100, word: columns[0]!.label, formula: 1 },
			after: { value: 100, word: columns.at(-1)!.label },
			waterfall: { total: 200, parts: [{ card: { id: card, title: 'Trust' }, moved: 200 }] },
			cards: [
				{
					card: { title: 'Trust' },
					moves: [{ by: 'Ed', reason: null, from: { score: -100 }, to: { score: 100 } }]
				}
			],
			evidence: [{ what: 'They met', by: 'Fay' }],
			isCut: false
		});
		expect(await services.reports.list(vic, id)).toMatchObject({
			id,
			workshops: [{ id: made.workshop.id, number: 1, isShared: false }]
		});
	});

	it('knows who came in, looked on with an account, or is there, and nobody who was elsewhere', async () => {
		const { world, services, id, code, owner, close, read } = await open(dialect);
		await services.rooms.view(owner, id);
		await world.guest('Late', code);
		await close();
		world.pass(1);
		await world.guest('Too late', code);
		expect((await read(owner)).report.people).toEqual(['Fay', 'Late', 'Olga']);
	});

	it('does not change with the board, its record or what people are called; names follow', async () => {
		const { db, services, id, fay, ed, move, close, read } = await open(dialect);
		await move(ed, -1);
		await close();
		const before = (await read(fay)).report;
		await move(ed, 0);
		await trimHistory(db, id, 0);
		expect((await read(fay)).report).toEqual(before);
		await services.people.rename(fay, id, ed.id, 'Edward');
		expect((await read(fay)).report.cards[0]?.moves[0]?.by).toBe('Edward');
	});

	it('holds a reason that was given after the closing', async () => {
		const { services, id, fay, ed, card, columns, move, close, read } = await open(dialect);
		await move(ed, -1);
		await close();
		const why = { reason: 'They signed.', source: 'https://example.org/t' };
		await services.history.argue(ed, id, { card, column: columns.at(-1)!.id }, why);
		expect((await read(fay)).report.cards[0]?.moves).toMatchObject([why]);
	});

	it('keeps no name, and no id of who is erased; a guest who signs up stays who they are', async () => {
		const { world, db, id, fay, ed, workshop, move, close, read, stored, owner } = await open(
			dialect,
			{
				guestRetentionDays: 30
			}
		);
		const ann = await world.user('Ann');
		await move(ed, -1);
		await close();
		for (const { name } of [fay, ed]) expect((await stored()).report).not.toContain(name);
		await db.transaction().execute((trx) => adoptGuest(trx, ed.id, ann.id, world.now));
		expect((await read(owner)).report.cards[0]?.moves[0]?.by).toBe('Ann');
		expect((await stored()).report).not.toContain(ed.id);
		expect((await exportAccount(db, ann.id, world.now))?.workshops).toMatchObject([
			{ room: id, number: 1, openedAt: workshop.opened_at }
		]);
		await eraseUser(db, ann.id, world.now);
		expect((await read(owner)).report).toMatchObject({ count: 2, people: ['Fay'] });
		expect((await read(owner)).report.cards[0]?.moves[0]?.by).toBe(NOBODY_KNOWN);
		await sweep(db, world.pass(40), () => {});
		expect((await read(owner)).report).toMatchObject({ count: 2, people: [] });
		const { report } = await stored();
		for (const person of [fay, ed, ann]) expect(report).not.toContain(person.id);
	});

	it('is shared by a link that outlives guests’ passes, until it is taken back', async () => {
		const { world, db, services, id, fay, ed, workshop, move, close, stored } = await open(
			dialect,
			{
				guestRetentionDays: 30
			}
		);
		const { reports } = services;
		await move(ed, -1);
		await close();
		await reports.share(fay, id, workshop.id, true);
		const { link } = await stored();
		expect(link).toMatch(/^[\w-]{43}$/);
		const shared = await reports.readShared(ADDRESS, link!);
		expect(shared).toMatchObject({ people: null, count: 2, cards: [{ moves: [{ by: null }] }] });
		const text = JSON.stringify(shared);
		for (const secret of [id, workshop.id, fay.id, ed.id, 'Fay', 'Ed"', link!]) {
			expect(text).not.toContain(secret);
		}
		await reports.share(fay, id, workshop.id, true, true);
		expect((await stored()).link).toBe(link);
		expect((await reports.readShared(ADDRESS, link!)).people).toEqual(['Ed', 'Fay']);
		await sweep(db, world.pass(40), () => {});
		expect((await reports.readShared(ADDRESS, link!)).count).toBe(2);
	});

	it('is closed to a link that was taken back, made up, or of a room in the trash', async () => {
		const { services, id, owner, fay, workshop, close, stored } = await open(dialect);
		const { reports } = services;
		await close();
		await reports.share(fay, id, workshop.id, true);
		const { link } = await stored();
		await services.keeping.trash(owner, id);
		expect(await refusal(reports.readShared(ADDRESS, link!))).toBe('no-such-report');
		await services.keeping.restore(owner, id);
		await reports.readShared(ADDRESS, link!);
		await reports.share(fay, id, workshop.id, false);
		for (const wrong of [link!, 'A'.repeat(43), '', '%', `${link} `, 'null']) {
			expect(await refusal(reports.readShared(ADDRESS, wrong))).toBe('no-such-report');
		}
		await reports.share(fay, id, workshop.id, true);
		expect((await stored()).link).not.toBe(link);
		const kinds = await services.audit.read(owner, { roomId: id }, { group: 'room', page: null });
		expect(kinds.entries.map(({ kind }) => kind).slice(0, 5)).toEqual([
			'room.report-shared',
			'room.report-withdrawn',
			'room.restored',
			'room.trashed',
			'room.report-shared'
		]);
	});

	it('has lines to be done that facilitators write, without writing over each other', async () => {
		const { services, id, owner, fay, workshop, close, read, stored } = await open(dialect);
		const set = (lines: string, seen = '') =>
			services.reports.setActions(fay, id, workshop.id, { lines, seen });
		expect(await refusal(set('Too early'))).toBe('workshop-not-closed');
		await close();
		await set('Write to Geneva\r\n\r\n  Ask\tthe hotline \u202e');
		const lines = ['Write to Geneva', 'Ask the hotline'];
		expect((await read(owner)).report.actions).toEqual(lines);
		expect(await refusal(set('Mine', 'Write to Geneva'))).toBe('lines-changed');
		await set(lines[1]!, lines.join('\r\n'));
		expect((JSON.parse((await stored()).report!) as Report).actions).toEqual(['Ask the hotline']);
		expect(await refusal(set('x\n'.repeat(ACTIONS_MAX + 1), lines[1]))).toBe('too-many-lines');
		expect(await refusal(set('x'.repeat(ACTION_LENGTH + 1), lines[1]))).toBe('line-too-long');
	});
});

describe('the report of a workshop', () => {
	it('is for the people of its room, and changed by facilitators alone', async () => {
		const { world, services, id, code, owner, ed, vic, fay, workshop, close, read } = await open();
		const { reports } = services;
		await close();
		const elsewhere = await world.room();
		const stranger = await world.user('Nobody');
		for (const [person, code] of [
			[null, 'not-signed-in'],
			[stranger, 'not-allowed'],
			[elsewhere.fay, 'not-allowed']
		] as const) {
			expect(await refusal(read(person))).toBe(code);
			expect(await refusal(reports.list(person, id))).toBe(code);
			expect(await refusal(reports.share(person, id, workshop.id, true))).toBe(code);
		}
		for (const person of [ed, vic]) {
			expect(await refusal(reports.share(person, id, workshop.id, true))).toBe('role-too-low');
			const input = { lines: 'Mine', seen: '' };
			const writing = reports.setActions(person, id, workshop.id, input);
			expect(await refusal(writing)).toBe('role-too-low');
		}
		const { id: own, fay: other } = elsewhere;
		expect(await refusal(reports.read(other, own, workshop.id))).toBe('no-such-workshop');
		expect(await refusal(reports.share(other, own, workshop.id, true))).toBe('no-such-workshop');
		expect(await refusal(reports.read(fay, id, 'nothing'))).toBe('no-such-workshop');
		await reports.share(owner, id, workshop.id, true);
		expect((await read(fay)).shared).toMatchObject({ showsNames: false });
		expect((await read(vic)).shared).toBeNull();
		expect((await read(await world.guest('New', code))).shared).toBeNull();
	});

	it('holds nothing of answers before the reveal, and of unnamed ones nobody’s id', async () => {
		const { db, services, id, code, fay, ed, world, card, columns, close, stored, read } =
			await open();
		const { rounds } = services;
		const people = [ed, await world.guest('Ana', code), await world.guest('Ben', code)];
		const answer = async (round: string, reasons: string[]) => {
			for (const [place, person] of people.entries()) {
				const [column, reason] = [columns[place]!.id, reasons[place]!];
				await rounds.place(person, id, round, { card, column, reason });
			}
		};
		const unnamed = await rounds.open(fay, id, { cards: [card] });
		await answer(unnamed, ['secret one', 'secret two', 'secret three']);
		expect(JSON.stringify(await read(fay))).not.toContain('secret');
		await rounds.reveal(fay, id, unnamed);
		const { report } = await read(fay);
		expect(report.rounds[0]).toMatchObject({
			state: 'revealed',
			cards: [{ placed: 3, outcome: { counts: [1, 1, 1, 0, 0], voters: 3, median: 1 } }]
		});
		const told = report.rounds[0]!.cards[0]!.answers;
		expect(told.map(({ reason }) => reason)).toEqual(['secret one', 'secret two', 'secret three']);
		expect(told.every(({ by }) => by === null)).toBe(true);

		const dropped = await rounds.open(fay, id, { cards: [card] });
		await answer(dropped, ['lost', 'lost', 'lost']);
		await rounds.end(fay, id, dropped);
		const named = await rounds.open(fay, id, { cards: [card], named: true });
		await answer(named, ['hidden', 'hidden', 'hidden']);
		await db.deleteFrom('members').where('person_id', '=', people[2]!.id).execute();
		await close();
		const kept = (await stored()).report!;
		expect(kept).not.toMatch(/hidden|lost/);
		// Ben only answered, and named nowhere.
		expect(kept).not.toContain(people[2]!.id);
		const after = (await read(fay)).report;
		expect(after.rounds.map(({ state }) => state)).toEqual(['over', 'dropped', 'open']);
		expect(after.rounds[2]).toMatchObject({
			columns: null,
			cards: [{ outcome: null, answers: [] }]
		});
		expect([after.count, after.people]).toEqual([4, ['Ana', 'Fay']]);
	});

	it('names the answers of a named round, as the round does', async () => {
		const { services, id, fay, ed, vic, card, columns, close, read } = await open();
		const { rounds } = services;
		const round = await rounds.open(fay, id, { cards: [card], named: true });
		await rounds.place(ed, id, round, { card, column: columns[1]!.id, confidence: 'high' });
		await rounds.reveal(fay, id, round);
		await rounds.decide(fay, id, round, { card, how: 'adopted', column: columns[1]!.id });
		await close();
		const { report } = await read(vic);
		expect(report.people).toEqual(['Ed', 'Fay']);
		expect(report.rounds[0]?.cards[0]).toMatchObject({
			decision: 'adopted',
			column: { label: columns[1]!.label },
			answers: [{ by: 'Ed', confidence: 'high', column: { label: columns[1]!.label } }]
		});
		expect(report.cards[0]?.moves).toMatchObject([{ by: 'Fay', round: { number: 1 } }]);
	});

	it('limits links that open nothing, and not those that do', async () => {
		const { services, id, fay, workshop, close, stored } = await open();
		await close();
		await services.reports.share(fay, id, workshop.id, true);
		const { link } = await stored();
		for (let i = 0; i < 100; i++) await services.reports.readShared(ADDRESS, link!);
		const tries: string[] = [];
		for (let i = 0; i < 62; i++) {
			tries.push(await refusal(services.reports.readShared(ADDRESS, 'A'.repeat(43))));
		}
		expect(tries.slice(58)).toEqual([
			...['no-such-report', 'no-such-report', 'too-many-attempts', 'too-many-attempts']
		]);
		await services.reports.readShared({ address: '192.0.2.8' }, link!);
	});

	it('of a workshop that was closed without one is made when it is asked for', async () => {
		const { world, db, services, id, fay, workshop, close, read, stored } = await open();
		await close();
		const report = (await read(fay)).report;
		await db.updateTable('workshops').set({ report: null }).execute();
		world.pass(3);
		expect((await read(fay)).report).toEqual(report);
		await services.reports.share(fay, id, workshop.id, true);
		expect((await stored()).report).not.toBeNull();
	});
});
