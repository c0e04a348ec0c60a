/**
 * The run of show: steps that facilitators prepare, and go through with everybody. Which step is on
 * is the room's; notes are for facilitators alone.
 */
import type { Step } from '#stage/show.ts';
import type { Database } from '../database/database.ts';
import { inTime } from '../in-time.ts';
import { Refusal } from '../refusal.ts';
import { enterTo } from '../rooms/access.ts';
import { lockRoom } from '../rooms/lock-room.ts';
import { findCurrent, putAway } from '../rounds/round.repository.ts';
import type { Rounds } from '../rounds/rounds.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { noteWorkshop } from '../workshop/note-workshop.ts';
import { findOpenWorkshop, insertWorkshop } from '../workshop/workshop.repository.ts';
import type { Workshop } from '../workshop/workshop.table.ts';
import { readSteps, type StepInput } from './show-input.ts';
import { findShow, writeShow, type Show } from './show.repository.ts';
import { startTimer } from './stage-input.ts';
import { findStageRow, setStage } from './stage.repository.ts';
import { placeAfter } from './place-after.ts';
import { isOnBoard, letGoOfGone } from './stage.ts';

/** Everything here throws `Refusal`. */
export interface RunOfShow {
	/** For facilitators: the steps with their notes. */
	read(person: Person | null, roomId: string): Promise<Show>;
	/** Writes all steps; `from` is the version that they were made from. Answers the new one. */
	write(
		person: Person | null,
		roomId: string,
		show: { from: number; steps: readonly StepInput[] }
	): Promise<number>;
	/**
	 * Goes from one step to another, by places; null is before the first. The first step opens a
	 * workshop. When somebody has gone on from `from` meanwhile it changes nothing, so that two who
	 * press "next" at once go one step. Throws `round-open` while a blind round is.
	 */
	go(person: Person | null, roomId: string, way: Way): Promise<void>;
}

export interface Way {
	from: number | null;
	to: number | null;
}

export interface RunOfShowParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'read' | 'edit' | 'stageChanged'>;
	rounds: Pick<Rounds, 'open'>;
	now(): Date;
}

export function createRunOfShow({ db, liveRooms, rounds, now }: RunOfShowParts): RunOfShow {
	return {
		read: (person, roomId) =>
			refusingStorageFailures(async () => {
				await enterTo('stage.lead', db, person, roomId, now());
				return findShow(db, roomId);
			}),

		write: (person, roomId, { from, steps }) =>
			refusingStorageFailures(async () => {
				await enterTo('stage.lead', db, person, roomId, now());
				const read = readSteps(steps);
				await db.transaction().execute(async (trx) => {
					await lockRoom(trx, roomId);
					const { steps: before } = await findShow(trx, roomId);
					if (!(await writeShow(trx, roomId, from, read))) throw new Refusal('changed-meanwhile');
					const place = (await findStageRow(trx, roomId))?.step ?? null;
					if (place === null) return;
					await setStage(trx, roomId, { step: placeAfter(before, place, read) });
				});
				await liveRooms.stageChanged(roomId);
				return from + 1;
			}),

		go: (person, roomId, way) =>
			refusingStorageFailures(async () => {
				const { person: by } = await enterTo('stage.lead', db, person, roomId, now());
				let gone = await goOnce(roomId, way);
				while (gone === 'changed') gone = await goOnce(roomId, way);
				if (gone === 'elsewhere') return;
				await liveRooms.stageChanged(roomId);
				const { step, spotlight, opened } = gone;
				if (spotlight !== null) await letGoOfGone({ db, liveRooms }, roomId, spotlight);
				// Its line comes before all that is of the workshop.
				if (opened) await noteWorkshop(liveRooms, opened, 'opened', by.id);
				const isThere = ((await findStageRow(db, roomId))?.step ?? null) === way.to;
				if (step?.asks && spotlight !== null && isThere) {
					await rounds.open(person, roomId, { cards: [spotlight] });
				}
				if (step !== null) await noteStep(liveRooms, roomId, { ...step, place: way.to! }, by.id);
			})
	};

	/** `elsewhere`: it is no longer at `from`. `changed`: so is the run of show, since it was read. */
	async function goOnce(
		roomId: string,
		{ from, to }: Way
	): Promise<Gone | 'elsewhere' | 'changed'> {
		const { steps, version } = await findShow(db, roomId);
		const step = to === null ? null : steps[to];
		if (step === undefined) throw new Refusal('no-such-step');
		const card = step?.card ?? null;
		const spotlight = card !== null && (await isOnBoard(liveRooms, roomId, card)) ? card : null;
		return db.transaction().execute(async (trx) => {
			await lockRoom(trx, roomId);
			if ((await findShow(trx, roomId)).version !== version) return 'changed';
			const row = await findStageRow(trx, roomId);
			// A step that was taken out since is none: everybody is told so, and goes on from there.
			const place = row?.step ?? null;
			if ((place !== null && place < steps.length ? place : null) !== from) return 'elsewhere';
			if ((await findCurrent(trx, roomId))?.state === 'open') throw new Refusal('round-open');
			await putAway(trx, roomId);
			const timer = step?.minutes ? startTimer(step.minutes, now().getTime()) : null;
			await setStage(trx, roomId, {
				...{ step: to, spotlight, message: null },
				timer: timer === null ? null : JSON.stringify(timer)
			});
			const isFirst = step !== null && (await findOpenWorkshop(trx, roomId)) === undefined;
			const opened = isFirst ? await insertWorkshop(trx, roomId, now().toISOString()) : null;
			return { step, spotlight, opened };
		});
	}
}

interface Gone {
	step: Step | null;
	/** Id of its card, where that is on the board. */
	spotlight: string | null;
	/** The workshop that was opened by it. */
	opened: Workshop | null;
}

/** A line of the record. */
async function noteStep(
	liveRooms: Pick<LiveRooms, 'edit'>,
	roomId: string,
	{ place, kind, title, card }: Step & { place: number },
	personId: string
): Promise<void> {
	const became = { place, kind, title, card };
	const note = { kind: 'step', subject: null, was: null, became } as const;
	await inTime(liveRooms.edit(roomId, () => {}, { personId, note }));
}
