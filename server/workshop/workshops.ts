/**
 * Workshops: sessions of a room's people from an opening to a closing. The closing empties the
 * stage; what happened in between is in the record, and becomes the report.
 */
import type { Database } from '../database/database.ts';
import { Refusal } from '../refusal.ts';
import { reportOf } from '../report/build-report.ts';
import { storeFirstReport } from '../report/report.repository.ts';
import { enterTo } from '../rooms/access.ts';
import { lockRoom } from '../rooms/lock-room.ts';
import { findCurrent, putAway } from '../rounds/round.repository.ts';
import type { Person } from '../services.ts';
import { setStage } from '../stage/stage.repository.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { noteWorkshop } from './note-workshop.ts';
import { findOpenWorkshop, findWorkshops, insertWorkshop } from './workshop.repository.ts';
import type { WorkshopHead } from './workshop.table.ts';

/** Everything here throws `Refusal`. */
export interface Workshops {
	/** Answers the id; throws `workshop-open` while there is one. */
	open(person: Person | null, roomId: string): Promise<string>;
	/** Asked again, it changes nothing. Throws `round-open` while a blind round is. */
	close(person: Person | null, roomId: string, workshopId: string): Promise<void>;
}

export interface WorkshopParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'read' | 'edit' | 'stageChanged' | 'people'>;
	now(): Date;
}

/** What a workshop leaves of the stage. */
const EMPTY = {
	step: null,
	spotlight: null,
	timer: null,
	message: null,
	locked: 0,
	quiet: 0
} as const;

export function createWorkshops({ db, liveRooms, now }: WorkshopParts): Workshops {
	return {
		open: (person, roomId) =>
			refusingStorageFailures(async () => {
				const { person: by } = await enterTo('stage.lead', db, person, roomId, now());
				const opened = await db.transaction().execute(async (trx) => {
					await lockRoom(trx, roomId);
					if (await findOpenWorkshop(trx, roomId)) throw new Refusal('workshop-open');
					return insertWorkshop(trx, roomId, now().toISOString());
				});
				await liveRooms.stageChanged(roomId);
				await noteWorkshop(liveRooms, opened, 'opened', by.id);
				return opened.id;
			}),

		close: (person, roomId, workshopId) =>
			refusingStorageFailures(async () => {
				const { person: by } = await enterTo('stage.lead', db, person, roomId, now());
				const workshop = await findWorkshop(db, roomId, workshopId);
				const at = now();
				const isClosed = await db.transaction().execute(async (trx) => {
					await lockRoom(trx, roomId);
					if ((await findCurrent(trx, roomId))?.state === 'open') throw new Refusal('round-open');
					if (!(await closeOnce(trx, workshop.id, at))) return false;
					await putAway(trx, roomId);
					await setStage(trx, roomId, EMPTY);
					return true;
				});
				if (!isClosed) return;
				try {
					await noteWorkshop(liveRooms, workshop, 'closed', by.id);
					// After a crash here it is made, of what is still known, when somebody asks for it.
					const closed = { ...workshop, closed_at: at.toISOString() };
					await storeFirstReport(db, workshop.id, await reportOf({ db, liveRooms }, closed, at));
				} finally {
					// Everybody asks for it as soon as they are told.
					await liveRooms.stageChanged(roomId);
				}
			})
	};
}

async function findWorkshop(db: Database, roomId: string, id: string): Promise<WorkshopHead> {
	const workshop = (await findWorkshops(db, roomId)).find((each) => each.id === id);
	if (workshop === undefined) throw new Refusal('no-such-workshop');
	return workshop;
}

async function closeOnce(trx: Database, id: string, at: Date): Promise<boolean> {
	const { numUpdatedRows } = await trx
		.updateTable('workshops')
		.set({ closed_at: at.toISOString() })
		.where('id', '=', id)
		.where('closed_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows !== 0n;
}
