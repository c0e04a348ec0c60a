/** What happened in a room, for its people: pages of the record, the newest first, with names. */
import { readUrl } from '#board/values.ts';
import type { CardPatch, HistoryKind } from '#history/board-event.ts';
import { may } from '../policy/room-policy.ts';
import { enter } from '../rooms/access.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { wordsOf, type BoardWords } from './board-words.ts';
import {
	createCheckpoints,
	listCheckpoints,
	type CheckpointList,
	type CheckpointParts,
	type Checkpoints
} from './checkpoints.ts';
import { eventOf, findRows } from './history.repository.ts';
import type { HistoryRow } from './history.table.ts';
import { findNames, type NamedPerson } from './people-names.ts';
import { readReason, storeReason, type Move, type Reason } from './reason.ts';

/** Entries on a page. */
export const HISTORY_PAGE = 50;

export interface HistoryEntry {
	seq: number;
	/** ISO time. */
	at: string;
	kind: HistoryKind;
	/** Null for the server, and for somebody who is known no longer. */
	by: NamedPerson | null;
	/** The card, column or theme that it is about; its title as it is now, null when it is gone. */
	subject: { id: string; title: string | null } | null;
	/** As `HistoryEvent` says for the kind; both null for `board`, which is large. */
	was: unknown;
	became: unknown;
	/** Labels of the columns or themes that `was` and `became` name, where they name any. */
	from: string | null;
	to: string | null;
	reason: string | null;
	source: string | null;
	/** The source as an http(s) address, where it is one. */
	sourceUrl: string | null;
	/** After it; `value`, `low`, `high` and `word` are null where nothing counted. */
	reading: Pick<HistoryRow, 'formula' | 'value' | 'low' | 'high' | 'word' | 'coverage'>;
	/** The caller may say why. */
	mayArgue: boolean;
}

export interface HistoryPage extends CheckpointList {
	id: string;
	/** The board's. */
	title: string;
	entries: HistoryEntry[];
	/** Pass it as `before` for what is older; null at the end. */
	older: number | null;
	may: { mark: boolean };
}

/** Everything here throws `Refusal`. */
export interface History extends Checkpoints {
	/** `before` is a `seq`: only what is older. */
	read(person: Person | null, roomId: string, before?: number): Promise<HistoryPage>;
	/** Says why the caller made a move. */
	argue(person: Person | null, roomId: string, move: Move, reason: Reason): Promise<void>;
}

export interface HistoryParts extends CheckpointParts {
	liveRooms: CheckpointParts['liveRooms'] & Pick<LiveRooms, 'read'>;
}

export function createHistory({ db, liveRooms, now }: HistoryParts): History {
	return {
		...createCheckpoints({ db, liveRooms, now }),

		read: (person, roomId, before) =>
			refusingStorageFailures(async () => {
				const { person: self } = await enter(db, person, roomId, now());
				const rows = await findRows(db, roomId, { before, limit: HISTORY_PAGE + 1 });
				const shown = rows.slice(0, HISTORY_PAGE);
				const words = await liveRooms.read(roomId, wordsOf);
				const names = await findNames(db, roomId, shown);
				const mayEdit = may(self.role, 'board.edit');
				return {
					id: roomId,
					title: words.title,
					entries: shown.map((row) => ({
						...entryOf(row, words),
						by: names.get(row.person_id ?? '') ?? null,
						mayArgue:
							mayEdit &&
							row.kind === 'card.moved' &&
							row.person_id === self.id &&
							row.reason === null
					})),
					older: rows.length > shown.length ? (shown.at(-1)?.seq ?? null) : null,
					...(await listCheckpoints(db, roomId)),
					may: { mark: may(self.role, 'history.mark') }
				};
			}),

		argue: (person, roomId, move, given) =>
			refusingStorageFailures(async () => {
				const { person: self } = await enter(db, person, roomId, now(), 'board.edit');
				await storeReason(db, { roomId, personId: self.id, move }, readReason(given));
			})
	};
}

function entryOf(row: HistoryRow, words: BoardWords): Omit<HistoryEntry, 'by' | 'mayArgue'> {
	const { kind, subject, was, became } = eventOf(row);
	const { seq, at, reason, source, formula, value, low, high, word, coverage } = row;
	const isBoard = kind === 'board';
	return {
		seq,
		at,
		kind,
		subject: subject === null ? null : { id: subject, title: titleOf(kind, subject, words) },
		was: isBoard ? null : was,
		became: isBoard ? null : became,
		...labelsOf(kind, was as CardPatch | null, became as CardPatch | null, words),
		reason,
		source,
		sourceUrl: readUrl(source) ?? null,
		reading: { formula, value, low, high, word, coverage }
	};
}

function titleOf(kind: HistoryKind, id: string, { cards, columns, themes }: BoardWords) {
	const titles = kind === 'column' ? columns : kind === 'theme' ? themes : cards;
	return titles.get(id) ?? null;
}

function labelsOf(
	kind: HistoryKind,
	was: CardPatch | null,
	became: CardPatch | null,
	{ columns, themes }: BoardWords
): Pick<HistoryEntry, 'from' | 'to'> {
	const label = (of: Map<string, string>, id: string | null | undefined) =>
		of.get(id ?? '') ?? null;
	if (kind === 'card.theme') {
		return { from: label(themes, was?.theme), to: label(themes, became?.theme) };
	}
	if (!kind.startsWith('card.') && kind !== 'round.decided') return { from: null, to: null };
	return { from: label(columns, was?.column), to: label(columns, became?.column) };
}
