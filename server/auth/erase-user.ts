/**
 * Erasing an account: the person with their sessions, passkeys, links and places in rooms (also where
 * they wait or were removed), and the rooms that they alone own. What is a team's stays the team's.
 */
import { record, recordOfAccount, type Actor } from '../audit/audit.repository.ts';
import type { Database } from '../database/database.ts';
import { Refusal } from '../refusal.ts';
import { findMembers } from '../rooms/member.repository.ts';
import { eraseRoom } from '../rooms/room.repository.ts';
import { forgetGone } from './forget-gone.ts';

/** What goes and what stands in the way, before it is done. */
export interface ErasurePlan {
	/** Ids of the rooms that go. */
	rooms: string[];
	/** Teams that would be left without an owner. */
	soleOwnerOf: { id: string; name: string }[];
}

/** A room that went, and who was in it: they may still be connected. */
export interface ErasedRoom {
	id: string;
	members: string[];
}

export async function planErasure(db: Database, userId: string): Promise<ErasurePlan> {
	const rooms = await db
		.selectFrom('members as own')
		.innerJoin('rooms', 'rooms.id', 'own.room_id')
		.select('rooms.id')
		.where('own.person_id', '=', userId)
		.where('own.role', '=', 'owner')
		.where('rooms.team_id', 'is', null)
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('members as other')
						.select('other.person_id')
						.whereRef('other.room_id', '=', 'own.room_id')
						.where('other.role', '=', 'owner')
						.where('other.person_id', '!=', userId)
				)
			)
		)
		.orderBy('rooms.created_at')
		.execute();
	const soleOwnerOf = await db
		.selectFrom('team_members as own')
		.innerJoin('teams', 'teams.id', 'own.team_id')
		.select(['teams.id', 'teams.name'])
		.where('own.user_id', '=', userId)
		.where('own.role', '=', 'owner')
		.where(({ not, exists, selectFrom }) =>
			not(
				exists(
					selectFrom('team_members as other')
						.select('other.user_id')
						.whereRef('other.team_id', '=', 'own.team_id')
						.where('other.role', '=', 'owner')
						.where('other.user_id', '!=', userId)
				)
			)
		)
		.orderBy('teams.name')
		.execute();
	return { rooms: rooms.map(({ id }) => id), soleOwnerOf };
}

/**
 * Erases a user for good. Throws `sole-team-owner`, with nothing changed, while a team would be left
 * without an owner. Whoever calls it cuts off the live connections. `by` is who does it, when it is
 * not the user.
 */
export async function eraseUser(
	db: Database,
	userId: string,
	at: Date,
	by?: Actor
): Promise<ErasedRoom[]> {
	return db.transaction().execute(async (trx) => {
		const { rooms, soleOwnerOf } = await planErasure(trx, userId);
		if (soleOwnerOf.length > 0) throw new Refusal('sole-team-owner');
		await tellOfErasure(trx, userId, at, by);
		const erased: ErasedRoom[] = [];
		for (const id of rooms) {
			erased.push({ id, members: await findMembers(trx, id) });
			await eraseRoom(trx, id);
		}
		for (const table of ['members', 'waiting', 'removals'] as const) {
			await trx.deleteFrom(table).where('person_id', '=', userId).execute();
		}
		// Sessions, passkeys, links and places in teams go with it.
		await trx.deleteFrom('users').where('id', '=', userId).execute();
		await forgetGone(trx, userId);
		return erased;
	});
}

/** To the teams that lose a member, and for the account itself; the name goes with the person. */
async function tellOfErasure(
	trx: Database,
	userId: string,
	at: Date,
	by: Actor | undefined
): Promise<void> {
	const user = { id: userId, name: '' };
	const teams = await trx
		.selectFrom('team_members')
		.select('team_id')
		.where('user_id', '=', userId)
		.execute();
	for (const { team_id } of teams) {
		await record(trx, { kind: 'person.left', at, by: user, teamId: team_id });
	}
	await recordOfAccount(trx, 'account.erased', user, at, by);
}
