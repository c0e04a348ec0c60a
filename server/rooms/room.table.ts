import type { Generated, Insertable, Selectable, Updateable } from 'kysely';
import type { Role } from '#sync/people.ts';

export interface RoomTable {
	id: string;
	/** Raised when the room is deleted or reset, so that older copies are refused. */
	epoch: Generated<number>;
	template: string;
	/** Person id. */
	created_by: string;
	created_at: string;
	/** When a temporary room ends; null for one that lasts. */
	expires_at: string | null;
	/** Whose it is; null for a person's own. */
	team_id: Generated<string | null>;
	/** What a member of the team is here, unless `members` says otherwise. */
	team_role: Generated<Role>;
	archived_at: Generated<string | null>;
	/** In the trash since: nobody enters. */
	trashed_at: Generated<string | null>;
}

export type Room = Selectable<RoomTable>;
export type NewRoom = Insertable<RoomTable>;
export type RoomUpdate = Updateable<RoomTable>;
