/**
 * What teams and lists of rooms need: invitations, what a room's board says without loading it, and
 * when somebody was last in a room.
 */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('team_invites')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('team_id', 'text', (column) =>
			column.notNull().references('teams.id').onDelete('cascade')
		)
		.addColumn('token_hash', 'text', (column) => column.notNull().unique())
		.addColumn('role', 'text', (column) => column.notNull())
		.addColumn('created_by', 'text', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addColumn('expires_at', 'text', (column) => column.notNull())
		.addColumn('revoked_at', 'text')
		.addColumn('uses', 'integer', (column) => column.notNull().defaultTo(0))
		.execute();
	await db.schema.createIndex('team_invites_team').on('team_invites').column('team_id').execute();

	// Whoever was removed does not come back by a link that was made before.
	await db.schema
		.createTable('team_removals')
		.addColumn('team_id', 'text', (column) =>
			column.notNull().references('teams.id').onDelete('cascade')
		)
		.addColumn('user_id', 'text', (column) =>
			column.notNull().references('users.id').onDelete('cascade')
		)
		.addColumn('removed_at', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('team_removals_pk', ['team_id', 'user_id'])
		.execute();

	// `seq` is the last stored update that a summary is known to cover.
	await db.schema
		.createTable('room_summaries')
		.addColumn('room_id', 'text', (column) =>
			column.primaryKey().references('rooms.id').onDelete('cascade')
		)
		.addColumn('seq', 'integer', (column) => column.notNull())
		.addColumn('changed_at', 'text', (column) => column.notNull())
		.addColumn('title', 'text', (column) => column.notNull())
		.addColumn('formula', 'integer', (column) => column.notNull())
		.addColumn('value', 'double precision')
		.addColumn('low', 'double precision')
		.addColumn('high', 'double precision')
		.addColumn('word', 'text')
		.execute();

	await db.schema
		.createTable('room_days')
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('day', 'text', (column) => column.notNull())
		.addColumn('formula', 'integer', (column) => column.notNull())
		.addColumn('value', 'double precision')
		.addPrimaryKeyConstraint('room_days_pk', ['room_id', 'day'])
		.execute();

	await db.schema
		.createTable('room_visits')
		.addColumn('user_id', 'text', (column) =>
			column.notNull().references('users.id').onDelete('cascade')
		)
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('visited_at', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('room_visits_pk', ['user_id', 'room_id'])
		.execute();
	// Erasing a room finds its visits by it.
	await db.schema.createIndex('room_visits_room').on('room_visits').column('room_id').execute();
	await db.schema.createIndex('rooms_trashed').on('rooms').column('trashed_at').execute();
}
