/**
 * A room keeps its newest two snapshots instead of one, so that a damaged one loses nothing. The
 * primary key changes, which SQLite can do only by making the table anew.
 */
import type { ColumnDataType, Kysely } from 'kysely';
import { SqliteAdapter } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	// Kysely wraps migrations only on PostgreSQL; half of this one would leave no way to start.
	if (db.isTransaction) await rebuild(db as Kysely<Before & After>);
	else await db.transaction().execute((trx) => rebuild(trx as Kysely<Before & After>));
}

interface Snapshot {
	room_id: string;
	seq: number;
	data: Uint8Array;
	checksum: number;
	created_at: string;
}
type Before = { snapshots: Snapshot };
type After = { snapshots_of_two: Snapshot };

async function rebuild(db: Kysely<Before & After>): Promise<void> {
	const bytes: ColumnDataType =
		db.getExecutor().adapter instanceof SqliteAdapter ? 'blob' : 'bytea';
	const columns = ['room_id', 'seq', 'data', 'checksum', 'created_at'] as const;

	await db.schema
		.createTable('snapshots_of_two')
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('seq', 'integer', (column) => column.notNull())
		.addColumn('data', bytes, (column) => column.notNull())
		.addColumn('checksum', 'bigint', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('snapshots_pk', ['room_id', 'seq'])
		.execute();
	await db
		.insertInto('snapshots_of_two')
		.columns([...columns])
		.expression(db.selectFrom('snapshots').select([...columns]))
		.execute();
	await db.schema.dropTable('snapshots').execute();
	await db.schema.alterTable('snapshots_of_two').renameTo('snapshots').execute();
}
