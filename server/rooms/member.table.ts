import type { Generated, Insertable, Selectable } from 'kysely';
import type { Role } from '#sync/people.ts';
import type { DoorRole } from './room-code.table.ts';

/** Who may enter which room, and as what. `person_id` names a guest or a user. */
export interface MemberTable {
	room_id: string;
	person_id: string;
	role: Role;
	joined_at: string;
	/** What a facilitator calls a guest here; null for the guest's own name. */
	name: Generated<string | null>;
	/** Set when somebody decided the role: no code raises it any more. */
	assigned_at: Generated<string | null>;
	/** The door that the person came in by; null for those who came by none. */
	door: Generated<DoorRole | null>;
}

export type Member = Selectable<MemberTable>;
export type NewMember = Insertable<MemberTable>;
