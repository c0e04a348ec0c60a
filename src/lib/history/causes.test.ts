import { expect, it } from 'vitest';
import type { HistoryEntry } from '../../../server/history/history.ts';
import type { HistoryKind } from './board-event.ts';
import { lastCauses } from './causes.ts';

/** Newest first: `[kind, the reading after it, when]`. */
const entries = (...rows: [HistoryKind, number | null, number][]): HistoryEntry[] =>
	rows.map(([kind, value, minute], place) => ({
		seq: rows.length - place,
		at: `2026-03-01T12:${String(minute).padStart(2, '0')}:00.000Z`,
		...{ kind, by: null, subject: { id: kind, title: kind }, was: null, became: null },
		...{ from: null, to: null, reason: null, source: null, sourceUrl: null, mayArgue: false },
		reading: { formula: 1, value, low: null, high: null, word: null, coverage: 1 }
	}));

const seen = (...rows: Parameters<typeof entries>) =>
	lastCauses(entries(...rows), 5).map(({ entry, others, effect }) => [entry.seq, others, effect]);

it('says by how many points each move moved the reading, the newest first', () => {
	expect(seen(['card.moved', 25, 3], ['card.moved', 20, 2], ['board', 12.5, 1])).toEqual([
		[3, 0, 5],
		[2, 0, 7.5]
	]);
});

it('leaves out what moved nothing, but for a move', () => {
	expect(
		seen(
			['card.moved', 20, 6],
			['card.weighed', 20, 5],
			['card.reviewed', 20, 4],
			['checkpoint', 20, 3],
			['evidence.added', 20, 2],
			['board', 20, 1]
		)
	).toEqual([[6, 0, 0]]);
});

it('takes what happened at once as one cause, named by its move', () => {
	expect(
		seen(['card.shifted', 30, 2], ['card.moved', 30, 2], ['column', 30, 2], ['board', 10, 1])
	).toEqual([[3, 2, 20]]);
});

it('gives no figure where there was no reading before', () => {
	expect(seen(['card.added', 50, 2], ['board', null, 1])).toEqual([[2, 0, null]]);
});

it('says nothing of the oldest entry that is known, since what was before is not', () => {
	expect(seen(['card.moved', 50, 1])).toEqual([]);
	expect(seen()).toEqual([]);
});

it('stops at as many as are asked for', () => {
	const many = entries(['card.moved', 3, 3], ['card.moved', 2, 2], ['card.moved', 1, 1]);
	expect(lastCauses(many, 1)).toHaveLength(1);
});
