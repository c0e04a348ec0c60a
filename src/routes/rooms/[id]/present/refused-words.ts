/** Why there is nothing more to show, in one sentence for a hall. */
import { CLOSE } from '#sync/close-codes.ts';

const WORDS: Readonly<Record<number, string>> = {
	[CLOSE.notSignedIn]: 'This projector is no longer signed in. Open the board on it again.',
	[CLOSE.notAllowed]: 'This projector is no longer in the room. Join again with the code.',
	[CLOSE.removed]: 'This projector was taken out of the room.',
	[CLOSE.closedForGuests]: 'The workshop is over. Thank you for taking part.',
	[CLOSE.noSuchRoom]: 'This room no longer exists.',
	[CLOSE.roomGone]: 'This room was reset or deleted. Open it again to see how it stands now.',
	[CLOSE.inTrash]: 'This room was moved to the trash. Its owner can restore it.'
};

export function refusedWords(code: number | null): string {
	return WORDS[code ?? 0] ?? 'The server has closed this page. Open it again to go on.';
}
