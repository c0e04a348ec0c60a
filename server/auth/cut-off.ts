/** Ends live connections whose reason is gone. */
import { CLOSE } from '#sync/close-codes.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';

export interface CutOff {
	/**
	 * Closes every live connection of a person. Their pages come back by themselves and are asked anew
	 * who they are: who is still signed in goes on under their present name, the others are out.
	 */
	fromEverything(personId: string): void;
	/** Sends everybody out of a room that was erased. */
	fromRoom(room: { id: string; members: readonly string[] }): void;
}

export function createCutOff(
	liveRooms: Pick<LiveRooms, 'loaded' | 'disconnect' | 'rights'>
): CutOff {
	return {
		fromEverything(personId) {
			// Whoever is on their way in with what they were a moment ago is looked up again.
			liveRooms.rights.note(undefined);
			for (const id of liveRooms.loaded) liveRooms.disconnect(id, personId, CLOSE.tryLater);
		},
		fromRoom({ id, members }) {
			for (const member of members) liveRooms.disconnect(id, member, CLOSE.roomGone);
		}
	};
}
