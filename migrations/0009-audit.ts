/** The audit trail. It outlives the rooms and people that it tells of, so it refers to none. */
import type { Kysely } from 'kysely';
import { SqliteAdapter } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
	await db.schema
		.createTable('audit')
		.addColumn('seq', isSqlite ? 'integer' : 'bigserial', (column) =>
			isSqlite ? column.primaryKey().autoIncrement() : column.primaryKey()
		)
		.addColumn('at', 'text', (column) => column.notNull())
		.addColumn('kind', 'text', (column) => column.notNull())
		.addColumn('actor_id', 'text', (column) => column.notNull())
		.addColumn('actor_name', 'text')
		.addColumn('subject_id', 'text')
		.addColumn('subject_name', 'text')
		.addColumn('team_id', 'text')
		.addColumn('room_id', 'text')
		.addColumn('role', 'text')
		.addColumn('was', 'text')
		.addColumn('count', 'integer', (column) => column.notNull().defaultTo(1))
		.execute();

	for (const column of ['room_id', 'team_id', 'actor_id', 'subject_id', 'at']) {
		await db.schema.createIndex(`audit_${column}`).on('audit').columns([column, 'seq']).execute();
	}
}
