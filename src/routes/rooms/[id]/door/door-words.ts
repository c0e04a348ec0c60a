/** Doors in words. */
import type { DoorRole } from '../../../../../server/rooms/room-code.table.ts';

export const DOOR_WORDS: Readonly<Record<DoorRole, { title: string; may: string }>> = {
	editor: { title: 'To edit', may: 'edit' },
	viewer: { title: 'To look', may: 'only look' }
};

/** Until when a door may be open: `doors.ts` of the server knows the same. */
export const ENDS = [
	{ value: 'today', label: 'Until midnight' },
	{ value: '1', label: '1 day' },
	{ value: '7', label: '7 days' },
	{ value: '30', label: '30 days' }
];

/** "until 5 Mar, 14:00": in the time of whoever reads it, and in UTC, with that word, on the server. */
export function untilWords(endsAt: string): string {
	const isServer = typeof window === 'undefined';
	const end = new Date(endsAt).toLocaleString('en-GB', {
		day: 'numeric',
		month: 'short',
		hour: '2-digit',
		minute: '2-digit',
		...(isServer && { timeZone: 'UTC' })
	});
	return `until ${end}${isServer ? ' UTC' : ''}`;
}
