import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Board, Evidence } from '#board/board.ts';
import { compareText } from '#board/values.ts';
import { boardPairs } from '#barometer/board.arbitrary.ts';
import { changesBetween } from './changes-between.ts';
import { byId, recordedBoard, type RecordedBoard } from './recorded-board.ts';
import { unfold } from './unfold.ts';

/** As the record keeps it: a generated board has its lists in any order, and evidence twice. */
function inOrder(board: Board): RecordedBoard {
	const { columns, themes, cards } = stored(recordedBoard(board));
	const newestFirst = (a: Evidence, b: Evidence) => compareText(b.date, a.date) || byId(a, b);
	return {
		columns,
		themes: themes.sort((a, b) => compareText(a.tone, b.tone) || byId(a, b)),
		cards: cards.map((card) => {
			const evidence = [...new Map(card.evidence.map((each) => [each.id, each])).values()];
			return { ...card, evidence: evidence.sort(newestFirst) };
		})
	};
}

const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

it('[H2] leads back to the board before, whatever happened', () => {
	fc.assert(
		fc.property(boardPairs, ([one, other]) => {
			const [before, after] = [inOrder(one), inOrder(other)];
			const events = stored(changesBetween(before, after));
			expect(unfold(events.toReversed(), after)).toEqual(before);
		})
	);
});

it('leads no further back than to where the record begins', () => {
	const begins = { kind: 'board', subject: null, was: null, became: empty } as const;
	expect(unfold([begins], empty)).toBeNull();
});

it('passes over what changed nothing of the board', () => {
	const mark = { kind: 'checkpoint', subject: null, was: null, became: { name: 'Now' } } as const;
	expect(unfold([mark], empty)).toEqual(empty);
});

const empty = { columns: [], themes: [], cards: [] };
