/**
 * The audit trail as it is stored: rows are only added, and go after their time. Names are those of
 * the moment; they go when the person does.
 */
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import type { Database, Tables } from '../database/database.ts';
import { SAFETY_KINDS, type AuditKind } from './audit-kinds.ts';
import type { AuditRow } from './audit.table.ts';

/** A person, the command line of whoever runs the server, or the server by itself. */
export type Actor = { id: string; name: string } | 'operator' | 'server';

export interface AuditEvent {
	kind: AuditKind;
	at: Date;
	by: Actor;
	/** To whom. Of accounts: whose it is, also when they did it themselves. */
	to?: { id: string; name: string } | undefined;
	/** Its team is looked up. */
	roomId?: string | undefined;
	teamId?: string | undefined;
	role?: string | null | undefined;
	was?: string | null | undefined;
	count?: number | undefined;
}

/** Adds an entry: in the transaction of what it tells of, so that neither is without the other. */
export async function record(db: Database, event: AuditEvent): Promise<void> {
	const { by, to, roomId } = event;
	await db
		.insertInto('audit')
		.values({
			at: event.at.toISOString(),
			kind: event.kind,
			actor_id: typeof by === 'string' ? by : by.id,
			actor_name: typeof by === 'string' ? null : by.name,
			subject_id: to?.id ?? null,
			subject_name: to?.name ?? null,
			team_id: event.teamId ?? (roomId === undefined ? null : await teamOf(db, roomId)),
			room_id: roomId ?? null,
			role: event.role ?? null,
			was: event.was ?? null,
			count: event.count ?? 1
		})
		.execute();
}

/** What happened to somebody's account; they did it themselves unless `by` says otherwise. */
export function recordOfAccount(
	db: Database,
	kind: AuditKind,
	account: { id: string; name: string },
	at: Date,
	by: Actor = account
): Promise<void> {
	return record(db, { kind, at, by, to: account });
}

async function teamOf(db: Database, roomId: string): Promise<string | null> {
	const room = await db
		.selectFrom('rooms')
		.select('team_id')
		.where('id', '=', roomId)
		.executeTakeFirst();
	return room?.team_id ?? null;
}

/** Counts on within one hour. */
export async function addFailures(
	db: Database,
	account: { id: string; name: string },
	count: number,
	at: Date
): Promise<void> {
	const hour = new Date(at);
	hour.setUTCMinutes(0, 0, 0);
	const { numUpdatedRows } = await db
		.updateTable('audit')
		.set((eb) => ({ count: eb('count', '+', count) }))
		.where('kind', '=', 'sign-in.failed')
		.where('subject_id', '=', account.id)
		.where('at', '=', hour.toISOString())
		.executeTakeFirst();
	if (numUpdatedRows > 0n) return;
	await record(db, { kind: 'sign-in.failed', at: hour, by: 'server', to: account, count });
}

/** What a reader is shown: that of a room or a team, of some kinds or (null) all. */
export interface AuditScope {
	of: { roomId: string } | { teamId: string };
	kinds: readonly AuditKind[] | null;
}

/** The newest first. */
export async function findEntries(
	db: Database,
	scope: AuditScope,
	{ offset, limit }: { offset: number; limit: number }
): Promise<AuditRow[]> {
	return db
		.selectFrom('audit')
		.selectAll()
		.where(within(scope))
		.orderBy('at', 'desc')
		.orderBy('seq', 'desc')
		.offset(offset)
		.limit(limit)
		.execute();
}

export async function countEntries(db: Database, scope: AuditScope): Promise<number> {
	const row = await db
		.selectFrom('audit')
		.select((eb) => eb.fn.countAll().as('total'))
		.where(within(scope))
		.executeTakeFirstOrThrow();
	return Number(row.total);
}

type Where = (eb: ExpressionBuilder<Tables, 'audit'>) => Expression<SqlBool>;

function within({ of, kinds }: AuditScope): Where {
	return (eb) => {
		const place = 'roomId' in of ? eb('room_id', '=', of.roomId) : ofTeam(eb, of.teamId);
		return kinds === null ? place : eb.and([place, eb('kind', 'in', kinds)]);
	};
}

/** What happened in the team and its rooms, and to its members' accounts since they came. */
function ofTeam(eb: ExpressionBuilder<Tables, 'audit'>, teamId: string): Expression<SqlBool> {
	const members = eb
		.selectFrom('team_members')
		.select('user_id')
		.where('team_members.team_id', '=', teamId)
		.whereRef('team_members.user_id', '=', 'audit.subject_id')
		.whereRef('team_members.joined_at', '<=', 'audit.at');
	return eb.or([
		eb('audit.team_id', '=', teamId),
		eb.and([eb('kind', 'in', SAFETY_KINDS), eb.exists(members)])
	]);
}

/** A guest becomes a user: what they did is the user's from then on. */
export async function reassign(db: Database, fromId: string, toId: string): Promise<void> {
	for (const column of ['actor_id', 'subject_id'] as const) {
		await db
			.updateTable('audit')
			.set({ [column]: toId })
			.where(column, '=', fromId)
			.execute();
	}
}

/** Takes the names of people who are no more, whoever erased them and how. */
export async function eraseNamesOfGone(db: Database): Promise<void> {
	for (const who of ['actor', 'subject'] as const) {
		await db
			.updateTable('audit')
			.set({ [`${who}_name`]: null })
			.where(`${who}_name`, 'is not', null)
			.where(({ not, exists, or, selectFrom }) =>
				not(
					or([
						exists(
							selectFrom('users')
								.select(sql`1`.as('one'))
								.whereRef('users.id', '=', `audit.${who}_id`)
						),
						exists(
							selectFrom('guests')
								.select(sql`1`.as('one'))
								.whereRef('guests.id', '=', `audit.${who}_id`)
						)
					])
				)
			)
			.execute();
	}
}

/** Erases what is older than `days`. */
export async function eraseOldEntries(db: Database, at: Date, days: number): Promise<void> {
	const oldest = new Date(at.getTime() - days * 24 * 60 * 60 * 1000);
	await db.deleteFrom('audit').where('at', '<', oldest.toISOString()).execute();
}
