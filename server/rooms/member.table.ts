import type { Insertable, Selectable } from 'kysely';
import type { Role } from '#sync/people.ts';

/** Who may enter which room, and as what. `person_id` names a guest today, a user later. */
export interface MemberTable {
	room_id: string;
	person_id: string;
	role: Role;
	joined_at: string;
}

export type Member = Selectable<MemberTable>;
export type NewMember = Insertable<MemberTable>;
