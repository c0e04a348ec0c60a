/** Has the stage let go of a spotlighted card as soon as it leaves the board. */
import type { Log } from '../log.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { letGoOfGone, type StageParts } from './stage.ts';

export interface SpotlightKeeperParts extends Pick<StageParts, 'db'> {
	liveRooms: StageParts['liveRooms'] & Pick<LiveRooms, 'stage'>;
	log: Log;
}

/** `note` is to be called after every change of a room's document. */
export function createSpotlightKeeper({ db, liveRooms, log }: SpotlightKeeperParts): {
	note(roomId: string): void;
} {
	return {
		note(roomId) {
			const spotlight = liveRooms.stage(roomId)?.spotlight ?? null;
			if (spotlight === null) return;
			letGoOfGone({ db, liveRooms }, roomId, spotlight).catch((err: unknown) =>
				log.error({ err, room: roomId }, 'cannot let go of a spotlight')
			);
		}
	};
}
