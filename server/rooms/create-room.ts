/** Opening a room: everything about it is stored in one transaction, or nothing is. */
import { reading } from '#barometer/reading.ts';
import { instantiate, type Template } from '#board/template.ts';
import { admit } from '../auth/guests.ts';
import type { Database } from '../database/database.ts';
import { randomId } from '../random-id.ts';
import type { Entry, Person } from '../services.ts';
import { storeFirstUpdate } from '../sync/update-log.ts';
import { boardOf } from './board-of.ts';
import { insertCheckpoint } from './checkpoint.repository.ts';
import { enrol } from './member.repository.ts';
import { formatCode } from './room-code.ts';
import { insertCode } from './room-code.repository.ts';
import type { DoorRole } from './room-code.table.ts';
import { insertRoom } from './room.repository.ts';

/** A room that a guest opened is temporary: this long after, it is erased with all that is in it. */
export const TEMPORARY_ROOM_DAYS = 30;
/** How long a code lets people in. */
export const CODE_DAYS = 30;
/** What a room's own code makes of people. */
export const CODE_ROLE: DoorRole = 'editor';

/** A program may open a room without saying for whom. */
export const UNNAMED = 'Facilitator';

const FIRST_CHECKPOINT = 'Room opened';
const DAY_MS = 24 * 60 * 60 * 1000;

export interface NewRoomInput {
	template: Template;
	title: string | undefined;
	/** What a stranger is to be called; `UNNAMED` when not given. */
	name: string | undefined;
}

/**
 * Makes the room. A signed-in user owns it and it lasts; a guest, or the one that a stranger becomes,
 * is its facilitator and it is temporary.
 */
export async function createRoom(
	db: Database,
	person: Person | null,
	{ template, title, name }: NewRoomInput,
	at: Date,
	guestDays?: number
): Promise<Entry & { code: string }> {
	const id = randomId();
	const document = instantiate(template, { title, at });
	const opened = reading(boardOf(document), at);

	return db.transaction().execute(async (trx) => {
		const maker = await admit(
			trx,
			person,
			person === null ? (name ?? UNNAMED) : name,
			at,
			guestDays
		);
		await insertRoom(trx, {
			id,
			template: template.id,
			created_by: maker.person.id,
			created_at: at.toISOString(),
			expires_at: maker.person.isUser ? null : daysAfter(at, TEMPORARY_ROOM_DAYS).toISOString()
		});
		await storeFirstUpdate(trx, id, document);
		await insertCheckpoint(trx, id, FIRST_CHECKPOINT, opened);
		const made = maker.person.isUser ? 'owner' : 'facilitator';
		const role = await enrol(trx, id, maker.person.id, made, at);
		const expires = daysAfter(at, CODE_DAYS);
		const code = await insertCode(trx, { id, role: CODE_ROLE, at, expires });
		return { id, role, pass: maker.pass, isWaiting: false, code: formatCode(code) };
	});
}

function daysAfter(at: Date, days: number): Date {
	return new Date(at.getTime() + days * DAY_MS);
}
