import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RANK_LENGTH } from './limits.ts';
import { rankBetween, ranksToInsert, type Ranked } from './rank.ts';
import { compareWithinColumn } from './read-board.ts';

describe('rankBetween', () => {
	test('finds a rank before, between and after others', () => {
		expect(rankBetween(null, 'a1')! < 'a1').toBe(true);
		expect(rankBetween('a1', null)! > 'a1').toBe(true);
		const between = rankBetween('a1', 'a2')!;
		expect(between > 'a1' && between < 'a2').toBe(true);
	});

	test('has no answer where there is no room', () => {
		const invalid = ['', 'zzz!', '€', 'a', 'a00', 'a'.repeat(RANK_LENGTH + 1), '\ud800'];
		expect(rankBetween('a1', 'a1')).toBeUndefined();
		expect(rankBetween('a2', 'a1')).toBeUndefined();
		for (const rank of invalid) {
			expect(rankBetween(rank, null), rank).toBeUndefined();
			expect(rankBetween(null, rank), rank).toBeUndefined();
		}
	});
});

describe('ranksToInsert', () => {
	test('writes one card where the neighbours leave room', () => {
		const others = [
			{ id: 'x', rank: 'a1' },
			{ id: 'y', rank: 'a2' }
		];
		expect(ranksToInsert('new', 1, others).map((each) => each.id)).toEqual(['new']);
	});

	test('writes one more card where two neighbours tie', () => {
		const others = [
			{ id: 'x', rank: 'a1' },
			{ id: 'y', rank: 'a1' },
			{ id: 'z', rank: 'a2' }
		];
		expect(ranksToInsert('new', 1, others).map((each) => each.id)).toEqual(['new', 'y']);
		expect(insert('new', 1, others)).toEqual(['x', 'new', 'y', 'z']);
	});

	const rank = fc.oneof(
		fc.constantFrom('a0', 'a1', 'a2', 'a1V', 'Zz', ''),
		fc.string({ maxLength: RANK_LENGTH })
	);

	test('yields the wanted order whatever ranks stand there', () => {
		fc.assert(
			fc.property(fc.array(rank, { maxLength: 12 }), fc.nat(), (given, spot) => {
				const others = given.map((rank, i) => ({ id: `c${i}`, rank })).sort(compareWithinColumn);
				const index = spot % (others.length + 1);
				const wanted = others.map((each) => each.id);
				wanted.splice(index, 0, 'new');
				expect(insert('new', index, others)).toEqual(wanted);
			})
		);
	});

	test('keeps ranks short through 2,000 insertions at one spot from alternate sides', () => {
		let column: Ranked[] = [];
		let rewritten = 0;
		let spot = 0;
		for (let i = 0; i < 2_000; i++) {
			const fresh = ranksToInsert(`c${i}`, spot, column);
			rewritten += fresh.length - 1;
			for (const { rank } of fresh) expect(rank.length).toBeLessThanOrEqual(RANK_LENGTH);
			column = apply(column, fresh);
			const at = column.findIndex((each) => each.id === `c${i}`);
			expect(at).toBe(spot);
			spot = i % 2 === 0 ? at : at + 1;
		}
		// Fewer than two rewritten cards for each inserted one, in a column four times too long.
		expect(rewritten).toBeLessThan(4_000);
		expect(rewritten).toBeGreaterThan(0);
	});
});

function insert(id: string, index: number, others: Ranked[]): string[] {
	return apply(others, ranksToInsert(id, index, others)).map((each) => each.id);
}

function apply(column: Ranked[], fresh: Ranked[]): Ranked[] {
	const all = new Map([...column, ...fresh].map((each) => [each.id, each]));
	return [...all.values()].sort(compareWithinColumn);
}
