/** Ending a round: counting its answers over the scale of that moment, once, whoever asks first. */
import type * as Y from 'yjs';
import type { Column } from '#board/board.ts';
import { cardEntries } from '#board/read-board.ts';
import { readColumns } from '#board/read-columns.ts';
import type { Database } from '../database/database.ts';
import { inTime } from '../in-time.ts';
import { standingIn } from '../rooms/access.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { closeRound, findPlacements, findRoundCards } from './round.repository.ts';
import type { Placement, Round } from './round.table.ts';

/** The scale and the cards at one moment. */
interface Scene {
	columns: Column[];
	/** Id of the column that shows a card placed at a column, which may be gone by now. */
	showing(column: string): string;
	cards: Set<string>;
}

export interface RevealParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'read' | 'edit' | 'stageChanged'>;
}

/**
 * Reveals an open round. Cards that have gone from the board since are left out, as are answers of
 * people who were taken out of the room; a card with fewer answers than was agreed shows nothing.
 * Of two at once the second finds it done. `personId`: who asked for it; the server when left out.
 */
export async function reveal(
	{ db, liveRooms }: RevealParts,
	round: Round,
	at: Date,
	personId?: string
): Promise<void> {
	if (!(await closeAndCount({ db, liveRooms }, round, at))) return;
	await liveRooms.stageChanged(round.room_id);
	await noteRound(liveRooms, round, 'revealed', personId);
}

async function closeAndCount(
	{ db, liveRooms }: RevealParts,
	round: Round,
	at: Date
): Promise<boolean> {
	const scene = await liveRooms.read(round.room_id, sceneOf);
	const room = await db
		.selectFrom('rooms')
		.select(['id', 'team_id', 'team_role'])
		.where('id', '=', round.room_id)
		.executeTakeFirstOrThrow();
	return db.transaction().execute(async (trx) => {
		const columns = JSON.stringify(scene.columns);
		if (!(await closeRound(trx, round.id, { state: 'revealed', columns }, at))) return false;
		// From here on no answer comes in.
		const out = new Set<string>();
		const placements = await findPlacements(trx, round.id);
		for (const id of new Set(placements.map(({ person_id }) => person_id))) {
			if (id !== null && (await standingIn(trx, room, id)).removal !== null) out.add(id);
		}
		if (out.size > 0) {
			await trx
				.deleteFrom('placements')
				.where('round_id', '=', round.id)
				.where('person_id', 'in', [...out])
				.execute();
		}
		const counted = placements.filter(({ person_id }) => !out.has(person_id ?? ''));
		const byCard = Map.groupBy(counted, ({ card_id }) => card_id);
		for (const { card_id } of await findRoundCards(trx, round.id)) {
			if (!scene.cards.has(card_id)) continue;
			const counts = countsOf(scene, byCard.get(card_id) ?? []);
			if (counts.reduce((sum, count) => sum + count, 0) < round.least) continue;
			await trx
				.updateTable('round_cards')
				.set({ counts: JSON.stringify(counts) })
				.where('round_id', '=', round.id)
				.where('card_id', '=', card_id)
				.execute();
		}
		return true;
	});
}

/** Puts an open round away: what was answered is erased unseen. */
export async function drop(db: Database, round: Round, at: Date): Promise<boolean> {
	return db.transaction().execute(async (trx) => {
		if (!(await closeRound(trx, round.id, { state: 'dropped' }, at))) return false;
		await trx.deleteFrom('placements').where('round_id', '=', round.id).execute();
		return true;
	});
}

/** A line of the record. */
export async function noteRound(
	liveRooms: Pick<LiveRooms, 'edit'>,
	{ id, number, room_id }: Pick<Round, 'id' | 'number' | 'room_id'>,
	what: 'opened' | 'revealed' | 'dropped',
	personId?: string
): Promise<void> {
	const became = { round: id, number, what };
	const note = { kind: 'round', subject: null, was: null, became } as const;
	await inTime(liveRooms.edit(room_id, () => {}, { personId, note }));
}

function sceneOf(doc: Y.Doc): Scene {
	const { shown, showing } = readColumns(doc);
	return {
		columns: shown,
		showing,
		cards: new Set(cardEntries(doc).placed.map(([id]) => id))
	};
}

function countsOf({ columns, showing }: Scene, placements: readonly Placement[]): number[] {
	const shown = placements.map(({ column_id }) => showing(column_id));
	return columns.map(({ id }) => shown.filter((each) => each === id).length);
}
