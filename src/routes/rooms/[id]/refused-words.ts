/** Why the server has closed a page for good, and what to do, by close code. */
import { CLOSE } from '#sync/close-codes.ts';

export const REFUSED: Readonly<Record<number, string>> = {
	[CLOSE.badFrame]: 'This page sent something the server could not read. Reload to go on.',
	[CLOSE.notSignedIn]:
		'You are no longer signed in here. Reload to sign in, or to join again with the code.',
	[CLOSE.notAllowed]: 'You are no longer in this room. Ask a facilitator for a new code.',
	[CLOSE.removed]: 'You were taken out of this room. Ask a facilitator if that was a mistake.',
	[CLOSE.closedForGuests]: 'The workshop is over: the facilitator has closed this room for guests.',
	[CLOSE.noSuchRoom]: 'This room no longer exists.',
	[CLOSE.roomGone]: 'This room was reset or deleted. Reload to see how it stands now.',
	[CLOSE.inTrash]:
		'This room was moved to the trash; its owner can restore it. What this device has of it stays here.',
	[CLOSE.tooLarge]: 'The last change was too large to store. Reload, then add it in smaller parts.',
	[CLOSE.tooMuch]: 'Too much came from this page at once. Wait a minute, then reload.'
};
