/**
 * The shared documents: an append-only log of Yjs updates a room, and its newest snapshot.
 * `checksum` is CRC-32 of `data`.
 */
import type { ColumnDataType, Kysely } from 'kysely';
import { SqliteAdapter } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	const bytes: ColumnDataType =
		db.getExecutor().adapter instanceof SqliteAdapter ? 'blob' : 'bytea';

	await db.schema
		.createTable('updates')
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('seq', 'integer', (column) => column.notNull())
		.addColumn('data', bytes, (column) => column.notNull())
		.addColumn('checksum', 'bigint', (column) => column.notNull())
		.addPrimaryKeyConstraint('updates_pk', ['room_id', 'seq'])
		.execute();

	await db.schema
		.createTable('snapshots')
		.addColumn('room_id', 'text', (column) =>
			column.primaryKey().references('rooms.id').onDelete('cascade')
		)
		.addColumn('seq', 'integer', (column) => column.notNull())
		.addColumn('data', bytes, (column) => column.notNull())
		.addColumn('checksum', 'bigint', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.execute();
}
