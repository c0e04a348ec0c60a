/**
 * Makes what the database says of people true for those who are connected: their role, their name,
 * and whether they are here at all. Called after every change of these.
 */
import { CLOSE, type CloseCode } from '#sync/close-codes.ts';
import type { PublicPerson } from '#sync/people.ts';
import { CLOSE_OF } from '../auth/authorize.ts';
import { findPersonById } from '../auth/person.repository.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { Refusal } from '../refusal.ts';
import type { Concerned, LiveRooms } from '../sync/live-rooms.ts';
import { enter } from './access.ts';
import { countWaiting } from './waiting.repository.ts';

export interface ReassessParts {
	db: Database;
	liveRooms: Pick<
		LiveRooms,
		'rights' | 'lobbies' | 'present' | 'assign' | 'disconnect' | 'peopleChanged'
	>;
	log: Log;
	now: () => Date;
}

/**
 * Asks again what everybody concerned may do, and tells or closes their connections. Resolves when
 * that is done; never rejects, since the change itself is stored: who cannot be looked up is closed
 * and comes back to be looked up then.
 */
export type Reassess = (concerned: Concerned) => Promise<void>;

export function createReassess({ db, liveRooms, log, now }: ReassessParts): Reassess {
	async function lookUp(
		roomId: string,
		personId: string
	): Promise<{ person: PublicPerson } | { close: CloseCode }> {
		try {
			const at = now();
			const person = await findPersonById(db, personId, at);
			return { person: (await enter(db, person, roomId, at)).person };
		} catch (error) {
			const close = error instanceof Refusal ? CLOSE_OF[error.code] : undefined;
			if (close !== undefined) return { close };
			log.error({ err: error, room: roomId }, 'cannot look up what somebody may do');
			return { close: CLOSE.tryLater };
		}
	}

	async function assess(roomId: string, personId: string): Promise<void> {
		await liveRooms.rights.settle(
			roomId,
			() => lookUp(roomId, personId),
			(found) => {
				if ('close' in found) liveRooms.disconnect(roomId, personId, found.close);
				else liveRooms.assign(roomId, found.person);
			}
		);
	}

	async function tellPages(roomId: string): Promise<void> {
		liveRooms.lobbies.note(roomId);
		try {
			await liveRooms.lobbies.settle(
				roomId,
				() => countWaiting(db, roomId),
				(waiting) => liveRooms.peopleChanged(roomId, waiting)
			);
		} catch (error) {
			log.error({ err: error, room: roomId }, 'cannot count who waits');
		}
	}

	return async (concerned) => {
		if (concerned.person !== null) liveRooms.rights.note(concerned.room);
		const present = liveRooms.present(concerned);
		for (const { roomId, personId } of present) await assess(roomId, personId);
		const rooms = concerned.room ?? new Set(present.map(({ roomId }) => roomId));
		for (const room of typeof rooms === 'string' ? [rooms] : rooms) await tellPages(room);
	};
}
