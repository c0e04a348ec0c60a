/**
 * The stage of a room, as facilitators set it. It is stored first and told to everybody then; of
 * what two set at the same moment the later one stands.
 */
import { cardEntries } from '#board/read-board.ts';
import type { StageState, StageTimer } from '#stage/stage-state.ts';
import type { Database } from '../database/database.ts';
import { Refusal } from '../refusal.ts';
import { enter, enterTo } from '../rooms/access.ts';
import { lockRoom } from '../rooms/lock-room.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { findStage } from './find-stage.ts';
import { readMessage, timerAfter, type StageWish } from './stage-input.ts';
import { findStageRow, setStage, type StageSet } from './stage.repository.ts';
import type { StageRow } from './stage.table.ts';

/** Everything here throws `Refusal`. */
export interface Stage {
	read(person: Person | null, roomId: string): Promise<StageState>;
	/** Sets what is asked for, all of it or nothing. */
	set(person: Person | null, roomId: string, wish: StageWish): Promise<void>;
}

export interface StageParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'read' | 'stageChanged'>;
	now(): Date;
}

export function createStage({ db, liveRooms, now }: StageParts): Stage {
	return {
		read: (person, roomId) =>
			refusingStorageFailures(async () => {
				await enter(db, person, roomId, now());
				return findStage(db, roomId, now());
			}),

		set: (person, roomId, wish) =>
			refusingStorageFailures(async () => {
				await enterTo('stage.lead', db, person, roomId, now());
				const { spotlight } = wish;
				if (spotlight && !(await isOnBoard(liveRooms, roomId, spotlight))) {
					throw new Refusal('no-such-card');
				}
				await db.transaction().execute(async (trx) => {
					await lockRoom(trx, roomId);
					const set = afterWish(await findStageRow(trx, roomId), wish, now().getTime());
					if (Object.keys(set).length > 0) await setStage(trx, roomId, set);
				});
				await liveRooms.stageChanged(roomId);
				// It may have left the board meanwhile.
				if (spotlight) await letGoOfGone({ db, liveRooms }, roomId, spotlight);
			})
	};
}

/** The stage lets go of a spotlighted card that has left the board. */
export async function letGoOfGone(
	{ db, liveRooms }: Pick<StageParts, 'db' | 'liveRooms'>,
	roomId: string,
	spotlight: string
): Promise<void> {
	if (await isOnBoard(liveRooms, roomId, spotlight)) return;
	await db
		.updateTable('stages')
		.set({ spotlight: null })
		.where('room_id', '=', roomId)
		.where('spotlight', '=', spotlight)
		.execute();
	await liveRooms.stageChanged(roomId);
}

export function isOnBoard(
	liveRooms: Pick<LiveRooms, 'read'>,
	roomId: string,
	card: string
): Promise<boolean> {
	return liveRooms.read(roomId, (doc) => cardEntries(doc).placed.some(([id]) => id === card));
}

function afterWish(row: StageRow | undefined, wish: StageWish, now: number): StageSet {
	const { spotlight, isLocked, isQuiet, message, timer, minutes, gather, handsDown } = wish;
	const set: StageSet = {};
	if (spotlight !== undefined) set.spotlight = spotlight === '' ? null : spotlight;
	if (isLocked !== undefined) set.locked = isLocked ? 1 : 0;
	if (isQuiet !== undefined) set.quiet = isQuiet ? 1 : 0;
	if (message !== undefined) set.message = readMessage(message);
	if (timer !== undefined) {
		const before = row?.timer ? (JSON.parse(row.timer) as StageTimer) : null;
		const after = timerAfter(before, timer, minutes, now);
		set.timer = after === null ? null : JSON.stringify(after);
	}
	if (gather === true) set.gathered_at = new Date(now).toISOString();
	if (handsDown === true) set.hands_down = (row?.hands_down ?? 0) + 1;
	return set;
}
