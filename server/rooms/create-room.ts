/** Opening a room: everything about it is stored in one transaction, or nothing is. */
import { reading } from '#barometer/reading.ts';
import { instantiate, type Template } from '#board/template.ts';
import type { Role } from '#sync/people.ts';
import { admit, type Admitted } from '../auth/guests.ts';
import { record } from '../audit/audit.repository.ts';
import type { Database } from '../database/database.ts';
import { boardAsFound, historyRow, insertHistory } from '../history/history.repository.ts';
import { randomId } from '../random-id.ts';
import type { Entry, Person } from '../services.ts';
import { storeFirstUpdate } from '../sync/update-log.ts';
import { enterTeam } from '../teams/enter-team.ts';
import { lockTeam } from '../teams/team.repository.ts';
import { boardOf } from './board-of.ts';
import { enrol } from './member.repository.ts';
import { formatCode } from './room-code.ts';
import { insertCode } from './room-code.repository.ts';
import type { DoorRole } from './room-code.table.ts';
import { insertRoom } from './room.repository.ts';
import { saveSummary, summaryOf } from './summary.repository.ts';

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

/** Whose a room is to be, when it is to be a team's. */
export interface TeamHome {
	teamId: string;
	/** What the team's members are in it. */
	role: Role;
}

export interface NewRoomInput {
	template: Template;
	title: string | undefined;
	/** What a stranger is to be called; `UNNAMED` when not given. */
	name: string | undefined;
	/** Undefined for a room of one's own. */
	home?: TeamHome | undefined;
}

/**
 * Makes the room. A signed-in user owns it and it lasts; a guest, or the one that a stranger becomes,
 * is its facilitator and it is temporary.
 */
export async function createRoom(
	db: Database,
	person: Person | null,
	{ template, title, name, home }: NewRoomInput,
	at: Date,
	guestDays?: number
): Promise<Entry & { code: string }> {
	const document = instantiate(template, { title, at });
	return db.transaction().execute(async (trx) => {
		const called = person === null ? (name ?? UNNAMED) : name;
		const maker = await admit(trx, person, called, at, guestDays);
		return storeRoom(trx, maker, { template: template.id, document, home }, at);
	});
}

export interface RoomContent {
	/** Id of the template that it comes from. */
	template: string;
	/** Its first update. */
	document: Uint8Array;
	home?: TeamHome | undefined;
}

/** Stores a room that somebody makes. Throws `Refusal` unless they may make one in that team. */
export async function storeRoom(
	trx: Database,
	{ person, pass }: Admitted,
	{ template, document, home }: RoomContent,
	at: Date
): Promise<Entry & { code: string }> {
	if (home !== undefined) {
		await lockTeam(trx, home.teamId);
		await enterTeam(trx, person, home.teamId, 'team.add-room');
	}
	const id = randomId();
	const board = boardOf(document);
	const opened = reading(board, at);
	const changedAt = at.toISOString();
	await insertRoom(trx, {
		id,
		template,
		created_by: person.id,
		created_at: changedAt,
		expires_at: person.isUser ? null : daysAfter(at, TEMPORARY_ROOM_DAYS).toISOString(),
		...(home === undefined ? {} : { team_id: home.teamId, team_role: home.role })
	});
	await storeFirstUpdate(trx, id, document);
	await saveSummary(trx, summaryOf(id, board, opened, { seq: 1, changedAt }));
	const found = boardAsFound(board, at);
	const checkpoint = { name: FIRST_CHECKPOINT };
	const named = { kind: 'checkpoint', subject: null, was: null, became: checkpoint } as const;
	await insertHistory(trx, [
		historyRow(id, found),
		historyRow(id, { ...found, event: named, personId: person.id })
	]);
	const role = await enrol(trx, id, person.id, person.isUser ? 'owner' : 'facilitator', at);
	const expires = daysAfter(at, CODE_DAYS);
	const code = await insertCode(trx, { id, role: CODE_ROLE, at, expires });
	const told = { at, by: person, roomId: id };
	await record(trx, { ...told, kind: 'room.created' });
	await record(trx, { ...told, kind: 'door.opened', role: CODE_ROLE });
	return { id, role, pass, isWaiting: false, code: formatCode(code) };
}

function daysAfter(at: Date, days: number): Date {
	return new Date(at.getTime() + days * DAY_MS);
}
