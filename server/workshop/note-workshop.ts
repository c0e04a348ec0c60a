import { inTime } from '../in-time.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import type { Workshop } from './workshop.table.ts';

/** A line of the record. */
export async function noteWorkshop(
	liveRooms: Pick<LiveRooms, 'edit'>,
	{ id, number, room_id }: Pick<Workshop, 'id' | 'number' | 'room_id'>,
	what: 'opened' | 'closed',
	personId: string
): Promise<void> {
	const became = { workshop: id, number, what };
	const note = { kind: 'workshop', subject: null, was: null, became } as const;
	await inTime(liveRooms.edit(room_id, () => {}, { personId, note }));
}
