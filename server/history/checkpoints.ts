/** Naming a reading, and choosing the one that the set hand and the tendency follow. */
import { cleanLine } from '../clean-line.ts';
import type { Database } from '../database/database.ts';
import { inTime } from '../in-time.ts';
import { Refusal } from '../refusal.ts';
import { enterTo } from '../rooms/access.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import {
	findCheckpoint,
	findCheckpoints,
	findChosenCheckpoint,
	type Checkpoint
} from './checkpoint.repository.ts';

/** In UTF-16 code units. */
export const CHECKPOINT_NAME_LENGTH = 80;
/** In one room. */
export const CHECKPOINTS_MAX = 200;

export interface CheckpointList {
	/** The newest first. */
	checkpoints: Checkpoint[];
	/** `seq` of the one that the set hand points at; null without any. */
	chosen: number | null;
}

/** Everything here throws `Refusal`. */
export interface Checkpoints {
	/** Names the reading of now and turns the hand to it. */
	set(person: Person | null, roomId: string, name: string): Promise<void>;
	/** Turns the hand to an earlier one. */
	choose(person: Person | null, roomId: string, seq: number): Promise<void>;
}

export interface CheckpointParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'edit' | 'handTurned'>;
	now(): Date;
}

export function createCheckpoints({ db, liveRooms, now }: CheckpointParts): Checkpoints {
	return {
		set: (person, roomId, given) =>
			refusingStorageFailures(async () => {
				const { person: by } = await enterTo('history.mark', db, person, roomId, now());
				const name = cleanLine(given);
				if (name === '') throw new Refusal('checkpoint-name-missing');
				if (name.length > CHECKPOINT_NAME_LENGTH) throw new Refusal('checkpoint-name-too-long');
				const { checkpoints } = await listCheckpoints(db, roomId);
				if (checkpoints.length >= CHECKPOINTS_MAX) throw new Refusal('too-many-checkpoints');
				const note = { kind: 'checkpoint', subject: null, was: null, became: { name } } as const;
				await inTime(liveRooms.edit(roomId, () => {}, { personId: by.id, note }));
				await liveRooms.handTurned(roomId);
			}),

		choose: (person, roomId, seq) =>
			refusingStorageFailures(async () => {
				const { person: by } = await enterTo('history.mark', db, person, roomId, now());
				const found = await findCheckpoint(db, roomId, seq);
				if (found === null) throw new Refusal('no-such-checkpoint');
				if ((await findChosenCheckpoint(db, roomId))?.seq === found.seq) return;
				const became = { checkpoint: found.seq };
				const note = { kind: 'hand', subject: null, was: null, became } as const;
				await inTime(liveRooms.edit(roomId, () => {}, { personId: by.id, note }));
				await liveRooms.handTurned(roomId);
			})
	};
}

export async function listCheckpoints(db: Database, roomId: string): Promise<CheckpointList> {
	return {
		checkpoints: await findCheckpoints(db, roomId),
		chosen: (await findChosenCheckpoint(db, roomId))?.seq ?? null
	};
}
