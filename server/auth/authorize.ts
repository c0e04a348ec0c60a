/** Who may open a websocket to a room, from the raw request: its cookie against the members. */
import type { IncomingMessage } from 'node:http';
import { CLOSE, type CloseCode } from '#sync/close-codes.ts';
import type { PublicPerson } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import { Refusal, type RefusalCode } from '../refusal.ts';
import { enter } from '../rooms/access.ts';
import type { Accounts } from './accounts.ts';
import { findPerson, GUEST_COOKIE } from './guests.ts';
import { requestCookie } from './request-cookie.ts';
import { SESSION_COOKIE } from './sessions.ts';

/** What a websocket is closed with for a refusal. */
export const CLOSE_OF: Partial<Record<RefusalCode, CloseCode>> = {
	'no-such-room': CLOSE.noSuchRoom,
	'not-signed-in': CLOSE.notSignedIn,
	'not-allowed': CLOSE.notAllowed,
	waiting: CLOSE.notAllowed,
	'turned-away': CLOSE.notAllowed,
	removed: CLOSE.removed,
	'room-in-trash': CLOSE.inTrash
};

export type Authorized = { person: PublicPerson; epoch: number } | { close: CloseCode };

/** Who this is in the room, or the code to close with. Throws what is no refusal. */
export async function authorize(
	{ db, accounts }: { db: Database; accounts: Pick<Accounts, 'find'> },
	request: IncomingMessage,
	roomId: string,
	at = new Date()
): Promise<Authorized> {
	try {
		const account = await accounts.find(requestCookie(request, SESSION_COOKIE));
		const person =
			account?.person ?? (await findPerson(db, requestCookie(request, GUEST_COOKIE), at));
		const { room, person: member } = await enter(db, person, roomId, at);
		return { person: member, epoch: room.epoch };
	} catch (error) {
		const close = error instanceof Refusal ? CLOSE_OF[error.code] : undefined;
		if (close === undefined) throw error;
		return { close };
	}
}
