/**
 * Erasing what has expired: rooms with all that is in them, codes, invitations, guests, sessions and
 * links.
 */
import { eraseOldEntries, record } from '../audit/audit.repository.ts';
import { forgetGone } from '../auth/forget-gone.ts';
import { eraseExpiredGuests } from '../auth/guest.repository.ts';
import { eraseExpiredChallenges } from '../auth/passkey.repository.ts';
import { eraseOldResetLinks } from '../auth/password-resets.ts';
import { eraseExpiredSessions } from '../auth/sessions.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { findMembers } from './member.repository.ts';
import { eraseExpiredCodes } from './room-code.repository.ts';
import { eraseInvites } from '../teams/team-invite.repository.ts';
import { eraseRoom, findExpiredRooms, findLongTrashed } from './room.repository.ts';
import { TRASH_DAYS } from './trash.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SWEEP_EVERY_MS = DAY_MS;
/** So long an invitation that has expired can still say so. */
const OLD_INVITE_DAYS = 90;

/** How long what is kept for a time is kept, in days. */
export interface Retention {
	auditDays: number;
}

export const RETENTION: Retention = { auditDays: 365 };

/** Cuts off a person who is in a room that was erased. */
export type CutOff = (roomId: string, personId: string) => void;

/**
 * Erases what had expired at `at`; who is still in an erased room is cut off, so that it leaves
 * memory too. Says how much that was.
 */
export async function sweep(
	db: Database,
	at: Date,
	cutOff: CutOff,
	retention = RETENTION
): Promise<{ rooms: number; guests: number }> {
	const expired = await findExpiredRooms(db, at);
	const trashed = await findLongTrashed(db, daysBefore(at, TRASH_DAYS));
	const rooms = [...new Set([...expired, ...trashed])];
	for (const id of rooms) {
		const members = await findMembers(db, id);
		await db.transaction().execute(async (trx) => {
			await record(trx, { kind: 'room.erased', at, by: 'server', roomId: id });
			await eraseRoom(trx, id);
		});
		for (const member of members) cutOff(id, member);
	}
	await eraseExpiredCodes(db, at);
	await eraseInvites(db, daysBefore(at, OLD_INVITE_DAYS));
	await eraseExpiredSessions(db, at);
	await eraseOldResetLinks(db, at);
	await eraseExpiredChallenges(db, at);
	const guests = await eraseExpiredGuests(db, at);
	await forgetGone(db);
	await eraseOldEntries(db, at, retention.auditDays);
	return { rooms: rooms.length, guests };
}

/**
 * Sweeps now and once a day, and each time does what is to be done `afterwards`. A sweep that fails
 * is logged; the next one makes it good.
 */
export function startSweeping(
	db: Database,
	log: Log,
	{
		cutOff,
		afterwards,
		retention = RETENTION
	}: { cutOff: CutOff; afterwards: () => Promise<void>; retention?: Retention }
): { stop(): Promise<void> } {
	let running = Promise.resolve();
	const sweepAndLog = async () => {
		try {
			const erased = await sweep(db, new Date(), cutOff, retention);
			await afterwards();
			if (erased.rooms + erased.guests > 0) log.info(erased, 'erased what had expired');
		} catch (err) {
			log.error({ err }, 'cannot erase what has expired');
		}
	};
	const run = () => {
		running = running.then(sweepAndLog);
	};
	run();
	const timer = setInterval(run, SWEEP_EVERY_MS);
	timer.unref();
	return {
		stop: () => {
			clearInterval(timer);
			return running;
		}
	};
}

function daysBefore(at: Date, days: number): Date {
	return new Date(at.getTime() - days * DAY_MS);
}
