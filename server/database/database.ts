/** The tables, and the database as the rest of the server takes it: a Kysely instance. */
import { join } from 'node:path';
import { Kysely } from 'kysely';
import type { AuditTable } from '../audit/audit.table.ts';
import type { GuestTable } from '../auth/guest.table.ts';
import type { PasskeyChallengeTable, PasskeyTable } from '../auth/passkey.table.ts';
import type { PasswordResetTable } from '../auth/password-reset.table.ts';
import type { SessionTable } from '../auth/session.table.ts';
import type { UserTable } from '../auth/user.table.ts';
import type { HistoryTable } from '../history/history.table.ts';
import type { MemberTable } from '../rooms/member.table.ts';
import type { RemovalTable } from '../rooms/removal.table.ts';
import type { PlacementTable, RoundCardTable, RoundTable } from '../rounds/round.table.ts';
import type { RoomCodeTable } from '../rooms/room-code.table.ts';
import type { RoomTable } from '../rooms/room.table.ts';
import type { WaitingTable } from '../rooms/waiting.table.ts';
import type { RoomDayTable, RoomSummaryTable } from '../rooms/summary.table.ts';
import type { RoomVisitTable } from '../rooms/visit.table.ts';
import type { ShowTable, StageTable } from '../stage/stage.table.ts';
import type { SnapshotTable } from '../sync/snapshot.table.ts';
import type { UpdateTable } from '../sync/update.table.ts';
import type { TeamInviteTable } from '../teams/team-invite.table.ts';
import type { TeamMemberTable, TeamRemovalTable, TeamTable } from '../teams/team.table.ts';
import type { WorkshopTable } from '../workshop/workshop.table.ts';
import { makeFolder, makePrivateFile } from './data-folder.ts';
import { sqliteDialect } from './sqlite.ts';

export interface Tables {
	guests: GuestTable;
	users: UserTable;
	sessions: SessionTable;
	password_resets: PasswordResetTable;
	passkeys: PasskeyTable;
	passkey_challenges: PasskeyChallengeTable;
	teams: TeamTable;
	team_members: TeamMemberTable;
	team_removals: TeamRemovalTable;
	team_invites: TeamInviteTable;
	rooms: RoomTable;
	room_summaries: RoomSummaryTable;
	room_days: RoomDayTable;
	room_visits: RoomVisitTable;
	room_codes: RoomCodeTable;
	members: MemberTable;
	waiting: WaitingTable;
	removals: RemovalTable;
	updates: UpdateTable;
	snapshots: SnapshotTable;
	history: HistoryTable;
	rounds: RoundTable;
	round_cards: RoundCardTable;
	placements: PlacementTable;
	workshops: WorkshopTable;
	stages: StageTable;
	shows: ShowTable;
	audit: AuditTable;
}

export type Database = Kysely<Tables>;

/** Opens (and on first use creates) the database under `dataDir`. Throws when it cannot. */
export function openDatabase(dataDir: string): Database {
	makeFolder(dataDir);
	const file = databaseFile(dataDir);
	makePrivateFile(file);
	return new Kysely<Tables>({ dialect: sqliteDialect(file) });
}

export function databaseFile(dataDir: string): string {
	return join(dataDir, 'detente.sqlite');
}
