/** Who and what is on this server, for whoever runs it. No text of any board but its title. */
import { cleanLine } from '../clean-line.ts';
import type { Database } from '../database/database.ts';

export interface ListedUser {
	id: string;
	email: string;
	name: string;
	createdAt: string;
	teams: number;
}

export interface ListedRoom {
	id: string;
	/** Null while nothing is known of its board. */
	title: string | null;
	team: string | null;
	createdAt: string;
	/** ISO time of the last change of the board; null when there was none. */
	changedAt: string | null;
	people: number;
	/** What there is to say of it, such as that it is in the trash. */
	state: 'kept' | 'temporary' | 'archived' | 'in the trash';
}

/** By e-mail address. */
export async function listUsers(db: Database): Promise<ListedUser[]> {
	const users = await db
		.selectFrom('users')
		.leftJoin('team_members', 'team_members.user_id', 'users.id')
		.select((eb) => [
			'users.id',
			'users.email',
			'users.name',
			'users.created_at',
			eb.fn.count('team_members.team_id').as('teams')
		])
		.groupBy(['users.id', 'users.email', 'users.name', 'users.created_at'])
		.orderBy('users.email')
		.execute();
	return users.map(({ created_at: createdAt, teams, ...user }) => ({
		...user,
		createdAt,
		teams: Number(teams)
	}));
}

/** The newest first. */
export async function listRooms(db: Database): Promise<ListedRoom[]> {
	const rooms = await db
		.selectFrom('rooms')
		.leftJoin('room_summaries', 'room_summaries.room_id', 'rooms.id')
		.leftJoin('teams', 'teams.id', 'rooms.team_id')
		.select((eb) => [
			'rooms.id',
			'rooms.created_at',
			'rooms.expires_at',
			'rooms.archived_at',
			'rooms.trashed_at',
			'room_summaries.title',
			'room_summaries.changed_at',
			'teams.name as team',
			eb
				.selectFrom('members')
				.select((members) => members.fn.countAll().as('count'))
				.whereRef('members.room_id', '=', 'rooms.id')
				.as('people')
		])
		.orderBy('rooms.created_at', 'desc')
		.orderBy('rooms.id')
		.execute();
	return rooms.map(({ id, title, team, ...room }) => ({
		id,
		title: title === null ? null : cleanLine(title),
		team,
		createdAt: room.created_at,
		changedAt: room.changed_at,
		people: Number(room.people ?? 0),
		state: stateOf(room)
	}));
}

function stateOf(room: {
	expires_at: string | null;
	archived_at: string | null;
	trashed_at: string | null;
}): ListedRoom['state'] {
	if (room.trashed_at !== null) return 'in the trash';
	if (room.archived_at !== null) return 'archived';
	return room.expires_at === null ? 'kept' : 'temporary';
}
