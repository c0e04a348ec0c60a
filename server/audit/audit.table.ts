import type { Generated, Insertable, Selectable } from 'kysely';
import type { AuditKind } from './audit-kinds.ts';

/** Who did what to whom, where and when. No text of a card, no address, no secret. */
export interface AuditTable {
	seq: Generated<number>;
	/** ISO time. */
	at: string;
	kind: AuditKind;
	/** A person's id, or `operator` or `server`. */
	actor_id: string;
	/** As it was then; null once the person is erased, and for what is no person. */
	actor_name: string | null;
	/** To whom it was done, when that is another. Of accounts: whose it is. */
	subject_id: string | null;
	subject_name: string | null;
	/** The team it concerns, that of the room at the time included. */
	team_id: string | null;
	room_id: string | null;
	/** What somebody became, or what a door makes of people. */
	role: string | null;
	/** What they were before. */
	was: string | null;
	count: Generated<number>;
}

export type AuditRow = Selectable<AuditTable>;
export type NewAuditRow = Insertable<AuditTable>;
