/** The audit trail as its readers get it: those whom the policy lets, the newest first, in pages. */
import type { Database } from '../database/database.ts';
import { mayInTeam } from '../policy/team-policy.ts';
import { Refusal } from '../refusal.ts';
import { enter } from '../rooms/access.ts';
import type { Person } from '../services.ts';
import { refusingStorageFailures } from '../storage-failure.ts';
import { findTeamRole } from '../teams/team-member.repository.ts';
import { AUDIT_GROUPS, kindsOf, type AuditGroup, type AuditKind } from './audit-kinds.ts';
import { countEntries, findEntries, record, type AuditScope } from './audit.repository.ts';
import type { AuditRow } from './audit.table.ts';

export const ENTRIES_A_PAGE = 50;
/** What one file holds at most; older entries are left out then. */
export const ENTRIES_A_FILE = 20_000;

/** A person as they were called then; without a name they have been erased since. */
export interface AuditPerson {
	id: string;
	name: string | null;
}

export interface AuditEntry {
	at: string;
	kind: AuditKind;
	by: AuditPerson | 'operator' | 'server';
	to: AuditPerson | null;
	roomId: string | null;
	role: string | null;
	was: string | null;
	count: number;
}

export interface AuditPage {
	entries: AuditEntry[];
	/** What it is filtered by. */
	group: AuditGroup | null;
	/** From 1. */
	page: number;
	pages: number;
	total: number;
}

export interface AuditFile {
	entries: AuditEntry[];
	/** Whether older entries are left out. */
	isCut: boolean;
}

/** Whose trail. */
export type AuditPlace = { roomId: string } | { teamId: string };

export interface Audit {
	/** Any text may be asked for; what makes no sense is left aside. Throws `Refusal`. */
	read(
		person: Person | null,
		place: AuditPlace,
		asked: { group: string | null; page: string | null }
	): Promise<AuditPage>;
	/** All of it, to be kept as a file; that it was taken is itself an entry. Throws `Refusal`. */
	take(person: Person | null, place: AuditPlace): Promise<AuditFile>;
}

export function createAudit(db: Database, now: () => Date): Audit {
	return {
		read: (person, place, asked) =>
			refusingStorageFailures(async () => {
				await enterPlace(db, person, place, now());
				const group = AUDIT_GROUPS.find((each) => each === asked.group) ?? null;
				const scope: AuditScope = { of: place, kinds: group === null ? null : kindsOf(group) };
				const total = await countEntries(db, scope);
				const pages = Math.max(1, Math.ceil(total / ENTRIES_A_PAGE));
				const page = Math.min(pages, readPage(asked.page));
				const rows = await findEntries(db, scope, {
					offset: (page - 1) * ENTRIES_A_PAGE,
					limit: ENTRIES_A_PAGE
				});
				return { entries: rows.map(entryOf), group, page, pages, total };
			}),

		take: (person, place) =>
			refusingStorageFailures(async () => {
				const at = now();
				const by = await enterPlace(db, person, place, at);
				await record(db, { kind: 'export.audit', at, by, ...place });
				const limit = ENTRIES_A_FILE + 1;
				const rows = await findEntries(db, { of: place, kinds: null }, { offset: 0, limit });
				return {
					entries: rows.slice(0, ENTRIES_A_FILE).map(entryOf),
					isCut: rows.length > ENTRIES_A_FILE
				};
			})
	};
}

/** Who reads. Throws `Refusal` for everybody who may not. */
async function enterPlace(
	db: Database,
	person: Person | null,
	place: AuditPlace,
	at: Date
): Promise<{ id: string; name: string }> {
	if ('roomId' in place) return (await enter(db, person, place.roomId, at, 'audit.read')).person;
	if (person === null) throw new Refusal('not-signed-in');
	const role = await findTeamRole(db, place.teamId, person.id);
	if (!mayInTeam(role, 'audit.read')) throw new Refusal('not-allowed');
	return person;
}

function readPage(asked: string | null): number {
	return asked !== null && /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : 1;
}

function entryOf(row: AuditRow): AuditEntry {
	const { actor_id, actor_name, subject_id, subject_name } = row;
	const isPerson = actor_id !== 'operator' && actor_id !== 'server';
	return {
		at: row.at,
		kind: row.kind,
		by: isPerson ? { id: actor_id, name: actor_name } : actor_id,
		to:
			subject_id === null || subject_id === actor_id
				? null
				: { id: subject_id, name: subject_name },
		roomId: row.room_id,
		role: row.role,
		was: row.was,
		count: row.count
	};
}
