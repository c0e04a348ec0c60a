import { describe, expect, it } from 'vitest';
import { DIALECTS, openTestDatabase, type Dialect } from '../database/open-test-databases.ts';
import { insertRoom } from '../rooms/room.repository.ts';
import { BallotBox } from './ballot-box.ts';
import { insertRound, type Ballot } from './round.repository.ts';

const AT = new Date('2026-03-01T12:00:00Z');

/** Two rounds of two rooms: `r1`, which is open, and `r2`, which is over. */
async function open(dialect: Dialect) {
	const db = await openTestDatabase(dialect);
	const at = AT.toISOString();
	for (const [room, id, state] of [
		['room1', 'r1', 'open'],
		['room2', 'r2', 'revealed']
	] as const) {
		const fields = { template: 'blank', created_by: 'p', created_at: at, expires_at: null };
		await insertRoom(db, { id: room, ...fields });
		const options = { named: 0, ends: 'asked', ends_at: null, least: 3, consensus: 0.75 } as const;
		const round = { id, room_id: room, number: 1, state, opened_at: at, repeats: null, ...options };
		await insertRound(db, round, ['c1']);
	}
	const placed = async () => {
		const rows = await db
			.selectFrom('placements')
			.select(['person_id', 'column_id'])
			.orderBy('person_id')
			.execute();
		return rows.map(({ person_id, column_id }) => `${person_id} ${column_id}`);
	};
	return { box: new BallotBox(db), db, placed };
}

function ballot(person_id: string, column_id = 'k1', roundId = 'r1'): Ballot {
	const answer = { card_id: 'c1', column_id, confidence: null, reason: null, person_id };
	return { roundId, answer, at: AT };
}

describe.each(DIALECTS)('the ballot box on %s', { timeout: 60_000 }, (dialect) => {
	it('stores what comes at once, each person’s last answer', async () => {
		const { box, db, placed } = await open(dialect);
		const people = Array.from({ length: 250 }, (_, number) => `p${1000 + number}`);
		const taken = await Promise.all([
			...people.map((person) => box.put(ballot(person))),
			box.put(ballot('p1000', 'k2')),
			box.put(ballot('p1000', 'k3'))
		]);
		expect(taken.every((each) => each)).toBe(true);
		expect(await placed()).toEqual(people.map((p) => `${p} ${p === 'p1000' ? 'k3' : 'k1'}`));
		const round = db.selectFrom('rounds').select('placements').where('id', '=', 'r1');
		expect(await round.executeTakeFirst()).toEqual({ placements: 252 });
	});

	it('takes the others when one comes too late, or cannot be stored at all', async () => {
		const { box, placed } = await open(dialect);
		const impossible = ballot('p2', null as unknown as string);
		const settled = await Promise.allSettled([
			box.put(ballot('p1')),
			box.put(impossible),
			box.put(ballot('p3', 'k1', 'r2')),
			box.put(ballot('p4', 'k1', 'gone')),
			box.put(ballot('p5'))
		]);
		expect(settled.map((each) => ('value' in each ? each.value : 'rejected'))).toEqual([
			...[true, 'rejected', false, false, true]
		]);
		expect(await placed()).toEqual(['p1 k1', 'p5 k1']);
		expect(await box.put(ballot('p6'))).toBe(true);
	});
});
