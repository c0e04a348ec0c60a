/**
 * The stage of a room, its run of show, and its workshops with their reports. They go with their
 * room.
 */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('workshops')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('number', 'integer', (column) => column.notNull())
		.addColumn('opened_at', 'text', (column) => column.notNull())
		.addColumn('closed_at', 'text')
		// Made when it is closed.
		.addColumn('report', 'text')
		.addColumn('link', 'text', (column) => column.unique())
		.addUniqueConstraint('workshops_number', ['room_id', 'number'])
		.execute();
	// Whoever opens a second one at the same moment is refused by the database.
	await db.schema
		.createIndex('workshops_open')
		.on('workshops')
		.column('room_id')
		.unique()
		.where(sql.ref('closed_at'), 'is', null)
		.execute();

	await db.schema
		.createTable('stages')
		.addColumn('room_id', 'text', (column) =>
			column.primaryKey().references('rooms.id').onDelete('cascade')
		)
		.addColumn('step', 'integer')
		.addColumn('spotlight', 'text')
		.addColumn('timer', 'text')
		.addColumn('locked', 'integer', (column) => column.notNull().defaultTo(0))
		.addColumn('quiet', 'integer', (column) => column.notNull().defaultTo(0))
		.addColumn('message', 'text')
		.addColumn('gathered_at', 'text')
		.addColumn('hands_down', 'integer', (column) => column.notNull().defaultTo(0))
		.execute();

	await db.schema
		.createTable('shows')
		.addColumn('room_id', 'text', (column) =>
			column.primaryKey().references('rooms.id').onDelete('cascade')
		)
		.addColumn('version', 'integer', (column) => column.notNull())
		.addColumn('steps', 'text', (column) => column.notNull())
		.execute();
}
