/**
 * The doors of a room: a code each, with a role, and where wanted a lobby, a limit on people and an
 * end. A code that is closed lets nobody in from then on, and never again.
 */
import { CLOSE } from '#sync/close-codes.ts';
import { record, type AuditEvent } from '../audit/audit.repository.ts';
import type { Database } from '../database/database.ts';
import { isRandomId } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { may } from '../policy/room-policy.ts';
import { enter, enterTo } from './access.ts';
import { lockRoom } from './lock-room.ts';
import { countByDoor, deleteGuestsOfDoor } from './member.repository.ts';
import type { Reassess } from './reassess.ts';
import { formatCode } from './room-code.ts';
import { changeDoor, closeDoor, findOpenDoors, insertCode } from './room-code.repository.ts';
import { DOOR_ROLES, type DoorRole, type RoomCode } from './room-code.table.ts';
import { deleteWaiting, deleteWaitingAt } from './waiting.repository.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What a limit on people may be. */
const LIMIT_MAX = 500;
/** Days after which a door may end, besides the end of the day. */
export const DOOR_DAYS = [1, 7, 30] as const;
/** The end of the day of whoever opens the door. */
const TODAY = 'today';
/** The end that the door has already. */
const AS_IT_IS = 'same';

export interface DoorView {
	role: DoorRole;
	/** `ABCD-EFGH`. */
	code: string;
	lobby: boolean;
	/** Null for no limit of its own. */
	peopleMax: number | null;
	/** Who came by it, or by one of this role before, and is still a member. */
	people: number;
	endsAt: string;
}

export interface DoorsView {
	/** Those that are open, the one that gives more first. */
	doors: DoorView[];
	mayOpen: boolean;
}

/** As a form gives it. */
export interface DoorInput {
	/** `editor` or `viewer`. */
	role: string;
	/** `today`, a number of `DOOR_DAYS`, or `same` for a door that is open. */
	ends: string;
	/** ISO time of the end of the day where the person is; the server's own when it makes no sense. */
	midnight: string;
	lobby: boolean;
	/** A whole number, or nothing for no limit. */
	peopleMax: string;
}

/** Everything here throws `Refusal`. */
export interface Doors {
	list(actor: Person | null, roomId: string): Promise<DoorsView>;
	/** Opens a door; one of the same role that is open keeps its code and is changed. */
	open(actor: Person | null, roomId: string, input: DoorInput): Promise<void>;
	/** Gives an open door another code; the old one lets nobody in any more. */
	renew(actor: Person | null, roomId: string, input: { role: string }): Promise<void>;
	/** Closes the door of a role; `sendOut` removes the guests who came by it too. */
	close(
		actor: Person | null,
		roomId: string,
		input: { role: string; sendOut: boolean }
	): Promise<void>;
	/** Where somebody stands who came by a door. `door-closed` when they are neither in nor waiting. */
	whereIs(person: Person | null, roomId: string): Promise<'inside' | 'lobby'>;
	/** Stops waiting. */
	leaveLobby(person: Person | null, roomId: string): Promise<void>;
}

export interface DoorsParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'disconnect'>;
	reassess: Reassess;
	now: () => Date;
}

type Tell = (event: Omit<AuditEvent, 'at' | 'by' | 'roomId'>) => Promise<void>;

export function createDoors({ db, liveRooms, reassess, now }: DoorsParts): Doors {
	/**
	 * Changes the doors, for who may, with the room locked. `work` answers whom it has sent out, and
	 * tells what it does to the audit trail.
	 */
	async function change(
		actor: Person | null,
		roomId: string,
		work: (trx: Database, at: Date, tell: Tell) => Promise<string[] | void>
	): Promise<void> {
		const sentOut = await refusingStorageFailures(async () => {
			const at = now();
			// Before anything is locked: strangers lock nothing.
			await enterTo('guests.open', db, actor, roomId, at);
			return db.transaction().execute(async (trx) => {
				await lockRoom(trx, roomId);
				const { person: by } = await enterTo('guests.open', trx, actor, roomId, at);
				const tell: Tell = (event) => record(trx, { at, by, roomId, ...event });
				return (await work(trx, at, tell)) ?? [];
			});
		});
		for (const id of sentOut) liveRooms.disconnect(roomId, id, CLOSE.closedForGuests);
		await reassess({ room: roomId, person: sentOut.length > 0 ? undefined : null });
	}

	return {
		list: (actor, roomId) =>
			refusingStorageFailures(async () => {
				const at = now();
				const { room, person } = await enterTo('guests.invite', db, actor, roomId, at);
				const doors = await findOpenDoors(db, roomId, at);
				return {
					doors: await Promise.all(doors.map((door) => viewOf(db, door, room.expires_at))),
					mayOpen: may(person.role, 'guests.open')
				};
			}),

		async open(actor, roomId, input) {
			await change(actor, roomId, async (trx, at, tell) => {
				const role = readRole(input.role);
				const open = await findDoor(trx, roomId, role, at);
				const expires = readEnd(input, at, open);
				const { lobby } = input;
				const peopleMax = readLimit(input.peopleMax);
				if (open === undefined) {
					await closeDoor(trx, roomId, role, at);
					await insertCode(trx, { id: roomId, role, at, expires, lobby, peopleMax });
				} else await changeDoor(trx, open.code, { expires, lobby, peopleMax });
				await tell({ kind: open === undefined ? 'door.opened' : 'door.changed', role });
			});
		},

		async renew(actor, roomId, { role: given }) {
			await change(actor, roomId, async (trx, at, tell) => {
				const role = readRole(given);
				const open = await findDoor(trx, roomId, role, at);
				if (open === undefined) throw new Refusal('door-closed');
				await closeDoor(trx, roomId, role, at);
				await insertCode(trx, {
					id: roomId,
					role,
					at,
					expires: new Date(open.expires_at),
					lobby: open.lobby === 1,
					peopleMax: open.people_max
				});
				await tell({ kind: 'door.renewed', role });
			});
		},

		async close(actor, roomId, { role: given, sendOut }) {
			await change(actor, roomId, async (trx, at, tell) => {
				const role = readRole(given);
				await closeDoor(trx, roomId, role, at);
				await deleteWaitingAt(trx, roomId, role);
				await tell({ kind: 'door.closed', role });
				if (!sendOut) return;
				const sentOut = await deleteGuestsOfDoor(trx, roomId, role);
				if (sentOut.length > 0) {
					await tell({ kind: 'person.sent-out', role, count: sentOut.length });
				}
				return sentOut;
			});
		},

		whereIs: (person, roomId) =>
			refusingStorageFailures(async () => {
				try {
					await enter(db, person, roomId, now());
					return 'inside';
				} catch (error) {
					if (!(error instanceof Refusal)) throw error;
					if (error.code === 'waiting') return 'lobby';
					throw error.code === 'not-allowed' ? new Refusal('door-closed') : error;
				}
			}),

		async leaveLobby(person, roomId) {
			if (person === null || !isRandomId(roomId)) return;
			const hadWaited = await refusingStorageFailures(() => deleteWaiting(db, roomId, person.id));
			if (hadWaited) await reassess({ room: roomId, person: null });
		}
	};
}

async function viewOf(
	db: Database,
	{ room_id, role, code, lobby, people_max, expires_at }: RoomCode,
	roomEnds: string | null
): Promise<DoorView> {
	return {
		role,
		code: formatCode(code),
		lobby: lobby === 1,
		peopleMax: people_max,
		people: await countByDoor(db, room_id, role),
		endsAt: roomEnds !== null && roomEnds < expires_at ? roomEnds : expires_at
	};
}

function readRole(text: string): DoorRole {
	const role = DOOR_ROLES.find((each) => each === text);
	if (role === undefined) throw new Refusal('unknown-choice');
	return role;
}

async function findDoor(
	db: Database,
	roomId: string,
	role: DoorRole,
	at: Date
): Promise<RoomCode | undefined> {
	const doors = await findOpenDoors(db, roomId, at);
	return doors.find((door) => door.role === role);
}

function readEnd({ ends, midnight }: DoorInput, at: Date, open: RoomCode | undefined): Date {
	if (ends === AS_IT_IS && open !== undefined) return new Date(open.expires_at);
	if (ends === TODAY) return endOfDay(midnight, at);
	const days = DOOR_DAYS.find((each) => String(each) === ends);
	if (days === undefined) throw new Refusal('unknown-choice');
	return new Date(at.getTime() + days * DAY_MS);
}

/** A day may be 25 hours long. */
function endOfDay(given: string, at: Date): Date {
	const end = new Date(given);
	const left = end.getTime() - at.getTime();
	if (left > 0 && left <= DAY_MS + 60 * 60 * 1000) return end;
	const own = new Date(at);
	own.setHours(24, 0, 0, 0);
	return own;
}

function readLimit(text: string): number | null {
	const typed = text.trim();
	if (typed === '') return null;
	const limit = /^\d{1,4}$/.test(typed) ? Number(typed) : NaN;
	if (!(limit >= 1 && limit <= LIMIT_MAX)) throw new Refusal('limit-out-of-range');
	return limit;
}
