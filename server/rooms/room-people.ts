/**
 * Who is what in a room, and changing that: roles, names of guests, who may no longer come. Every
 * change is one transaction that has the room to itself, and then acts on who is connected.
 *
 * Somebody always stays in charge: a room that an account owns keeps an owner, any other a
 * facilitator. Nobody reaches above themselves (`mayChangeRole`).
 */
import { ROLES, type Role } from '#sync/people.ts';
import { record } from '../audit/audit.repository.ts';
import type { AuditKind } from '../audit/audit-kinds.ts';
import { findPeople } from '../auth/person.repository.ts';
import { readName } from '../auth/person-name.ts';
import type { Database } from '../database/database.ts';
import { may, mayChangeRole, type RoomAction } from '../policy/room-policy.ts';
import { isRandomId } from '../random-id.ts';
import { Refusal } from '../refusal.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import { enter, enterTo, standingIn } from './access.ts';
import { admitAllWaiting, admitWaiting, turnAwayWaiting } from './lobby.ts';
import { lockRoom } from './lock-room.ts';
import { assignRole, deleteMember, findRole, renameMember } from './member.repository.ts';
import { listPeople, type RoomPerson } from './people-list.ts';
import type { Reassess } from './reassess.ts';
import { deleteRemoval, findRemovals, insertRemoval } from './removal.repository.ts';
import type { Removal } from './removal.table.ts';
import type { DoorRole } from './room-code.table.ts';
import type { Room } from './room.table.ts';
import { deleteWaiting, findAllWaiting } from './waiting.repository.ts';

/** What somebody may be made, besides a role: what all members of the team are. */
export const TEAM_DEFAULT = 'team';

/** Somebody with a role, and what the one who asks may do about it. */
export interface ListedPerson extends RoomPerson {
	isSelf: boolean;
	/** What the one who asks may make them, their present role included; empty for nothing. */
	roles: Role[];
	/** May be given back to what all members of the team are. */
	mayReset: boolean;
	mayRename: boolean;
	mayRemove: boolean;
	/** What they become when the one who asks hands over to them; null when that is not possible. */
	handOverTo: Role | null;
}

/** Who waits in the lobby. */
export interface WaitingPerson {
	id: string;
	name: string;
	colour: number;
	role: DoorRole;
	askedAt: string;
}

/** Who may not come back. */
export interface RemovedPerson {
	id: string;
	name: string;
	reason: Removal['reason'];
}

export interface PeopleView {
	people: ListedPerson[];
	/** What members of the team are unless somebody decides otherwise; null without a team. */
	teamRole: Role | null;
	mayManage: boolean;
	mayAdmit: boolean;
	/** Empty for those who may not admit. */
	waiting: WaitingPerson[];
	/** Empty for those who may not manage. */
	removed: RemovedPerson[];
}

/** Everything here throws `Refusal`. `target` is any text: the id of a person, if honest. */
export interface RoomPeople {
	list(actor: Person | null, roomId: string): Promise<PeopleView>;
	/** `to` is one of `ROLES` or `TEAM_DEFAULT`. */
	setRole(actor: Person | null, roomId: string, target: string, to: string): Promise<void>;
	/** Gives somebody one's own role and steps down by one. */
	handOver(actor: Person | null, roomId: string, target: string): Promise<void>;
	/** Changes what a guest is called in this room. */
	rename(actor: Person | null, roomId: string, target: string, name: string): Promise<void>;
	/** Puts somebody out of the room; they do not come back by any of its doors. */
	remove(actor: Person | null, roomId: string, target: string): Promise<void>;
	/** Allows somebody who was removed or turned away to come again. */
	forgive(actor: Person | null, roomId: string, target: string): Promise<void>;
	/** Lets somebody in from the lobby. */
	admit(actor: Person | null, roomId: string, target: string): Promise<void>;
	/** Lets in everybody who waits, as far as there are places. */
	admitAll(actor: Person | null, roomId: string): Promise<void>;
	turnAway(actor: Person | null, roomId: string, target: string): Promise<void>;
}

export interface RoomPeopleParts {
	db: Database;
	reassess: Reassess;
	now: () => Date;
}

/** What a change works with: the room is its own until the transaction ends. */
interface Change {
	trx: Database;
	room: Room;
	actor: Person;
	role: Role;
	at: Date;
}

export function createRoomPeople({ db, reassess, now }: RoomPeopleParts): RoomPeople {
	/** Runs a change for somebody who may do `action`; then it acts on the one whom it is about. */
	async function change(
		actor: Person | null,
		roomId: string,
		target: string | null,
		action: RoomAction,
		work: (change: Change) => Promise<void>
	): Promise<void> {
		await refusingStorageFailures(async () => {
			const at = now();
			// Before anything is locked: strangers lock nothing.
			await enterTo(action, db, actor, roomId, at);
			if (target !== null && !isRandomId(target)) throw new Refusal('not-here');
			await db.transaction().execute(async (trx) => {
				await lockRoom(trx, roomId);
				const { room, person } = await enterTo(action, trx, actor, roomId, at);
				if (actor === null) return;
				await work({ trx, room, actor, role: person.role, at });
			});
		});
		await reassess({ room: roomId, person: target });
	}

	const manage = (
		actor: Person | null,
		roomId: string,
		target: string,
		work: (change: Change, person: RoomPerson) => Promise<void>
	) =>
		change(actor, roomId, target, 'people.manage', async (made) => {
			const people = await listPeople(made.trx, made.room, made.at);
			const person = people.find(({ id }) => id === target);
			if (person === undefined) throw new Refusal('not-here');
			await work(made, person);
			await keepSomebodyInCharge(made, people);
		});

	return {
		list: (actor, roomId) =>
			refusingStorageFailures(async () => {
				const at = now();
				const { room, person } = await enter(db, actor, roomId, at);
				const mayManage = may(person.role, 'people.manage');
				const mayAdmit = may(person.role, 'guests.admit');
				const people = await listPeople(db, room, at);
				return {
					people: people.map((other) => listed(other, person)),
					teamRole: room.team_id === null ? null : room.team_role,
					mayManage,
					mayAdmit,
					waiting: mayAdmit ? await listWaiting(db, roomId, at) : [],
					removed: mayManage ? await listRemoved(db, roomId, at) : []
				};
			}),

		setRole: (actor, roomId, target, to) =>
			manage(actor, roomId, target, async (made, person) => {
				const { trx, room, role, at } = made;
				if (person.inTeam === 'owner') throw new Refusal('owns-by-team');
				const next = to === TEAM_DEFAULT && person.inTeam !== null ? room.team_role : asRole(to);
				if (!mayChangeRole(role, person.role, next)) throw new Refusal('role-too-low');
				if (next === 'owner' && person.isGuest) throw new Refusal('owner-needs-account');
				if (to === TEAM_DEFAULT) await deleteMember(trx, room.id, target);
				else await assignRole(trx, room.id, target, next, at);
				if (next === person.role) return;
				await tell(made, 'person.role-changed', person, { role: next, was: person.role });
			}),

		async handOver(actor, roomId, target) {
			await manage(actor, roomId, target, async (made, person) => {
				const { trx, room, actor: own, role, at } = made;
				const next = handedOver(person, { id: own.id, role });
				const standing = await standingIn(trx, room, own.id);
				if (standing.inTeam === 'owner') throw new Refusal('owns-by-team');
				if (next === null)
					throw new Refusal(person.isGuest ? 'owner-needs-account' : 'role-too-low');
				await assignRole(trx, room.id, target, next, at);
				await assignRole(trx, room.id, own.id, below(role), at);
				await tell(made, 'person.role-changed', person, { role: next, was: person.role });
				await tell(made, 'person.role-changed', own, { role: below(role), was: role });
			});
			await reassess({ room: roomId, person: actor?.id ?? null });
		},

		rename: (actor, roomId, target, name) =>
			manage(actor, roomId, target, async (made, person) => {
				const { trx, room, role } = made;
				if (!person.isGuest) throw new Refusal('not-a-guest');
				if (!mayChangeRole(role, person.role, person.role)) throw new Refusal('role-too-low');
				const next = readName(name);
				await renameMember(trx, room.id, target, next);
				await tell(made, 'person.renamed', { id: target, name: next });
			}),

		remove: (actor, roomId, target) =>
			manage(actor, roomId, target, async (made, person) => {
				const { trx, room, actor: own, role, at } = made;
				if (target === own.id) throw new Refusal('not-yourself');
				if (person.inTeam === 'owner') throw new Refusal('owns-by-team');
				if (!mayChangeRole(role, person.role, null)) throw new Refusal('role-too-low');
				await deleteMember(trx, room.id, target);
				await deleteWaiting(trx, room.id, target);
				const removed_at = at.toISOString();
				const removal = { room_id: room.id, person_id: target, removed_at };
				await insertRemoval(trx, { ...removal, reason: 'removed' });
				await tell(made, 'person.removed', person);
			}),

		forgive: (actor, roomId, target) =>
			change(actor, roomId, target, 'people.manage', async (made) => {
				await deleteRemoval(made.trx, roomId, target);
				await tellById(made, 'person.forgiven', [target]);
			}),

		admit: (actor, roomId, target) =>
			change(actor, roomId, target, 'guests.admit', async (made) => {
				await admitWaiting(made.trx, roomId, target, made.at);
				await tellById(made, 'person.admitted', [target]);
			}),

		admitAll: (actor, roomId) =>
			change(actor, roomId, null, 'guests.admit', async (made) => {
				const before = await findAllWaiting(made.trx, roomId);
				await admitAllWaiting(made.trx, roomId, made.at);
				const still = new Set((await findAllWaiting(made.trx, roomId)).map(idOf));
				const admitted = before.map(idOf).filter((id) => !still.has(id));
				await tellById(made, 'person.admitted', admitted);
			}),

		turnAway: (actor, roomId, target) =>
			change(actor, roomId, target, 'guests.admit', async (made) => {
				await turnAwayWaiting(made.trx, roomId, target, made.at);
				await tellById(made, 'person.turned-away', [target]);
			})
	};
}

const idOf = ({ person_id }: { person_id: string }): string => person_id;

/** In the audit trail. */
function tell(
	{ trx, room, actor, at }: Change,
	kind: AuditKind,
	{ id, name }: { id: string; name: string },
	roles: { role?: Role | undefined; was?: Role } = {}
): Promise<void> {
	return record(trx, { kind, at, by: actor, to: { id, name }, roomId: room.id, ...roles });
}

async function tellById(made: Change, kind: AuditKind, ids: readonly string[]): Promise<void> {
	const { trx, room, at } = made;
	for (const person of await findPeople(trx, ids, at)) {
		await tell(made, kind, person, { role: await findRole(trx, room.id, person.id) });
	}
}

function asRole(text: string): Role {
	const role = ROLES.find((each) => each === text);
	if (role === undefined) throw new Refusal('unknown-choice');
	return role;
}

/** One step down: from owner to facilitator, from facilitator to editor. */
function below(role: Role): Role {
	return ROLES[ROLES.indexOf(role) + 1] ?? role;
}

/** What `other` becomes when somebody hands over to them: their own role. Null when it cannot be. */
function handedOver(
	{ id, role, isGuest, inTeam }: RoomPerson,
	own: { id: string; role: Role }
): Role | null {
	if (id === own.id || inTeam === 'owner' || !may(own.role, 'people.manage')) return null;
	if (own.role === 'owner' && isGuest) return null;
	return mayChangeRole(own.role, role, own.role) ? own.role : null;
}

/** Throws `last-in-charge` when a change has left nobody above the editors, or no owner. */
async function keepSomebodyInCharge(
	{ trx, room, at }: Change,
	before: RoomPerson[]
): Promise<void> {
	const after = await listPeople(trx, room, at);
	const owners = (people: RoomPerson[]) => people.some(({ role }) => role === 'owner');
	if (owners(before) && !owners(after)) throw new Refusal('last-in-charge');
	if (!after.some(({ role }) => may(role, 'people.manage'))) throw new Refusal('last-in-charge');
}

function listed(person: RoomPerson, own: { id: string; role: Role }): ListedPerson {
	const isSelf = person.id === own.id;
	const isOpen = person.inTeam !== 'owner';
	const mayMake = (to: Role | null) => isOpen && mayChangeRole(own.role, person.role, to);
	const roles = ROLES.filter((to) => mayMake(to) && !(to === 'owner' && person.isGuest));
	const isAccountable = roles.length > 1;
	return {
		...person,
		isSelf,
		roles: isAccountable ? roles : [],
		mayReset: isAccountable && person.inTeam === 'member' && !person.hasTeamRole,
		mayRename: person.isGuest && mayMake(person.role),
		mayRemove: !isSelf && mayMake(null),
		handOverTo: handedOver(person, own)
	};
}

async function listWaiting(db: Database, roomId: string, at: Date): Promise<WaitingPerson[]> {
	const rows = await findAllWaiting(db, roomId);
	const people = await peopleById(db, rows, at);
	return rows.flatMap(({ person_id, role, asked_at }) => {
		const person = people.get(person_id);
		if (person === undefined) return [];
		const { id, name, colour } = person;
		return [{ id, name, colour, role, askedAt: asked_at }];
	});
}

async function listRemoved(db: Database, roomId: string, at: Date): Promise<RemovedPerson[]> {
	const rows = await findRemovals(db, roomId);
	const people = await peopleById(db, rows, at);
	return rows.flatMap(({ person_id, reason }) => {
		const person = people.get(person_id);
		return person === undefined ? [] : [{ id: person.id, name: person.name, reason }];
	});
}

async function peopleById(
	db: Database,
	rows: { person_id: string }[],
	at: Date
): Promise<Map<string, Person>> {
	const people = await findPeople(
		db,
		rows.map(({ person_id }) => person_id),
		at
	);
	return new Map(people.map((person) => [person.id, person]));
}
