/** People and rooms. Times are ISO 8601 text in UTC, so that both dialects order them alike. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('guests')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('colour', 'integer', (column) => column.notNull())
		.addColumn('token_hash', 'text', (column) => column.notNull().unique())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addColumn('expires_at', 'text', (column) => column.notNull())
		.execute();

	await db.schema
		.createTable('rooms')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('epoch', 'integer', (column) => column.notNull().defaultTo(1))
		.addColumn('template', 'text', (column) => column.notNull())
		.addColumn('created_by', 'text', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addColumn('expires_at', 'text')
		.execute();

	await db.schema
		.createTable('room_codes')
		.addColumn('code', 'text', (column) => column.primaryKey())
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('role', 'text', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addColumn('expires_at', 'text', (column) => column.notNull())
		.execute();
	await db.schema.createIndex('room_codes_room').on('room_codes').column('room_id').execute();

	await db.schema
		.createTable('members')
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('person_id', 'text', (column) => column.notNull())
		.addColumn('role', 'text', (column) => column.notNull())
		.addColumn('joined_at', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('members_pk', ['room_id', 'person_id'])
		.execute();
	await db.schema.createIndex('members_person').on('members').column('person_id').execute();

	await db.schema
		.createTable('checkpoints')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('at', 'text', (column) => column.notNull())
		.addColumn('formula', 'integer', (column) => column.notNull())
		.addColumn('value', 'double precision')
		.addColumn('low', 'double precision')
		.addColumn('high', 'double precision')
		.addColumn('word', 'text')
		.addColumn('coverage', 'double precision', (column) => column.notNull())
		.execute();
	await db.schema
		.createIndex('checkpoints_room')
		.on('checkpoints')
		.columns(['room_id', 'at'])
		.execute();
}
