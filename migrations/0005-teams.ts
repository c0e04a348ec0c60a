/** Teams, their people, and the rooms that are theirs. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('teams')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.execute();

	await db.schema
		.createTable('team_members')
		.addColumn('team_id', 'text', (column) =>
			column.notNull().references('teams.id').onDelete('cascade')
		)
		.addColumn('user_id', 'text', (column) =>
			column.notNull().references('users.id').onDelete('cascade')
		)
		.addColumn('role', 'text', (column) => column.notNull())
		.addColumn('joined_at', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('team_members_pk', ['team_id', 'user_id'])
		.execute();
	await db.schema.createIndex('team_members_user').on('team_members').column('user_id').execute();

	await db.schema
		.alterTable('rooms')
		.addColumn('team_id', 'text', (column) => column.references('teams.id').onDelete('cascade'))
		.execute();
	// What a member of the team is in the room, unless a row of `members` says otherwise.
	await db.schema
		.alterTable('rooms')
		.addColumn('team_role', 'text', (column) => column.notNull().defaultTo('editor'))
		.execute();
	await db.schema.alterTable('rooms').addColumn('archived_at', 'text').execute();
	// In the trash since: nobody enters, and it is erased after 30 days.
	await db.schema.alterTable('rooms').addColumn('trashed_at', 'text').execute();
	await db.schema.createIndex('rooms_team').on('rooms').column('team_id').execute();
}
