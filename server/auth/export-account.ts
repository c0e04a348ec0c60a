/** Everything that is kept of a person, as they may take it along: no hash, no key, no secret. */
import type { Role } from '#sync/people.ts';
import type { Database } from '../database/database.ts';
import type { TeamRole } from '../policy/team-policy.ts';
import { roleIn } from '../rooms/access.ts';
import type { PasskeySummary } from './passkeys.ts';
import { listPasskeys } from './passkey.repository.ts';
import { findWorkshopsOf } from '../report/report-ties.ts';
import { Sessions, type SessionSummary } from './sessions.ts';
import { findUser } from './user.repository.ts';

export interface AccountExport {
	exportedAt: string;
	account: { id: string; email: string; name: string; hasPassword: boolean; createdAt: string };
	sessions: Omit<SessionSummary, 'handle'>[];
	passkeys: Omit<PasskeySummary, 'id'>[];
	teams: { id: string; name: string; role: TeamRole; joinedAt: string }[];
	rooms: {
		id: string;
		/** Null while nothing is known of its board. */
		title: string | null;
		role: Role;
		/** Null where one is in it only as a member of its team. */
		joinedAt: string | null;
		createdAt: string;
		createdByYou: boolean;
		team: string | null;
		expiresAt: string | null;
		archivedAt: string | null;
		trashedAt: string | null;
	}[];
	/** What one did in rooms, oldest first; also in rooms that one is no longer in. */
	history: {
		room: string;
		at: string;
		kind: string;
		reason: string | null;
		source: string | null;
	}[];
	/** Workshops whose report knows of one, by room and number. */
	workshops: { room: string; number: number; openedAt: string; closedAt: string | null }[];
	/** What one answered in blind rounds, by room and round. */
	answers: {
		room: string;
		round: number;
		card: string;
		column: string;
		confidence: string | null;
		reason: string | null;
	}[];
}

/** Null when there is no such user. */
export async function exportAccount(
	db: Database,
	userId: string,
	at: Date
): Promise<AccountExport | null> {
	const user = await findUser(db, userId);
	if (user === undefined) return null;
	const sessions = await new Sessions(db).list(userId);
	const passkeys = await listPasskeys(db, userId);
	return {
		exportedAt: at.toISOString(),
		account: {
			id: user.id,
			email: user.email,
			name: user.name,
			hasPassword: user.password_hash !== null,
			createdAt: user.created_at
		},
		sessions: sessions.map(({ device, createdAt, usedAt }) => ({ device, createdAt, usedAt })),
		passkeys: passkeys.map(({ name, createdAt, usedAt }) => ({ name, createdAt, usedAt })),
		teams: await teamsOf(db, userId),
		rooms: await roomsOf(db, userId),
		history: await historyOf(db, userId),
		workshops: await findWorkshopsOf(db, userId),
		answers: await answersOf(db, userId)
	};
}

function teamsOf(db: Database, userId: string): Promise<AccountExport['teams']> {
	return db
		.selectFrom('team_members')
		.innerJoin('teams', 'teams.id', 'team_members.team_id')
		.select(['teams.id', 'teams.name', 'team_members.role', 'team_members.joined_at as joinedAt'])
		.where('team_members.user_id', '=', userId)
		.orderBy('teams.name')
		.execute();
}

function historyOf(db: Database, userId: string): Promise<AccountExport['history']> {
	return db
		.selectFrom('history')
		.select(['room_id as room', 'at', 'kind', 'reason', 'source'])
		.where('person_id', '=', userId)
		.orderBy('seq')
		.execute();
}

async function roomsOf(db: Database, userId: string): Promise<AccountExport['rooms']> {
	const teams = db.selectFrom('team_members').select('team_id').where('user_id', '=', userId);
	const rooms = await db
		.selectFrom('rooms')
		.leftJoin('members', (join) =>
			join.onRef('members.room_id', '=', 'rooms.id').on('members.person_id', '=', userId)
		)
		.leftJoin('room_summaries', 'room_summaries.room_id', 'rooms.id')
		.selectAll('rooms')
		.select(['members.joined_at', 'room_summaries.title'])
		.where(({ or, eb }) =>
			or([eb('members.role', 'is not', null), eb('rooms.team_id', 'in', teams)])
		)
		.orderBy('rooms.created_at')
		.execute();
	const exported: AccountExport['rooms'] = [];
	for (const room of rooms) {
		const role = await roleIn(db, room, userId);
		if (role === null) continue;
		exported.push({
			id: room.id,
			title: room.title,
			role,
			joinedAt: room.joined_at,
			createdAt: room.created_at,
			createdByYou: room.created_by === userId,
			team: room.team_id,
			expiresAt: room.expires_at,
			archivedAt: room.archived_at,
			trashedAt: room.trashed_at
		});
	}
	return exported;
}

function answersOf(db: Database, userId: string): Promise<AccountExport['answers']> {
	return db
		.selectFrom('placements')
		.innerJoin('rounds', 'rounds.id', 'placements.round_id')
		.select([
			'rounds.room_id as room',
			'rounds.number as round',
			'placements.card_id as card',
			'placements.column_id as column',
			'placements.confidence',
			'placements.reason'
		])
		.where('placements.person_id', '=', userId)
		.orderBy('rounds.room_id')
		.orderBy('rounds.number')
		.orderBy('placements.card_id')
		.execute();
}
