/**
 * What the operator's command line does beside a running server is true for who is connected a
 * second later: the trail says what was done, and the server looks at it.
 */
import { CLOSE } from '#sync/close-codes.ts';
import type { CutOff } from '../auth/cut-off.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';

const LOOK_MS = 1_000;

export interface WatchParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'loaded' | 'disconnectAll'>;
	cutOff: Pick<CutOff, 'fromEverything'>;
	log: Log;
}

/** Looks every second until it is stopped. */
export async function watchOperator({
	db,
	liveRooms,
	cutOff,
	log
}: WatchParts): Promise<{ stop(): Promise<void> }> {
	let seen = await newest(db);

	async function look(): Promise<void> {
		const done = await db
			.selectFrom('audit')
			.select(['seq', 'kind', 'subject_id'])
			.where('actor_id', '=', 'operator')
			.where('seq', '>', seen)
			.orderBy('seq')
			.execute();
		for (const { seq, kind, subject_id } of done) {
			seen = Number(seq);
			if (kind !== 'account.erased' || subject_id === null) continue;
			cutOff.fromEverything(subject_id);
			await sendOutOfErased();
		}
	}

	/** Rooms go with the account of their only owner. */
	async function sendOutOfErased(): Promise<void> {
		for (const id of liveRooms.loaded) {
			const room = await db
				.selectFrom('rooms')
				.select('id')
				.where('id', '=', id)
				.executeTakeFirst();
			if (room === undefined) liveRooms.disconnectAll(id, CLOSE.roomGone);
		}
	}

	let looking = Promise.resolve();
	const timer = setInterval(() => {
		looking = looking.then(look).catch((error: unknown) => {
			log.error({ err: error }, 'cannot look at what the operator did');
		});
	}, LOOK_MS);
	return {
		async stop() {
			clearInterval(timer);
			await looking;
		}
	};
}

async function newest(db: Database): Promise<number> {
	const row = await db
		.selectFrom('audit')
		.select((eb) => eb.fn.max('seq').as('seq'))
		.executeTakeFirst();
	return Number(row?.seq ?? 0);
}
