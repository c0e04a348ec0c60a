/** People with an account, and the browsers in which they are signed in. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('users')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('email', 'text', (column) => column.notNull().unique())
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('colour', 'integer', (column) => column.notNull())
		.addColumn('password_hash', 'text')
		.addColumn('created_at', 'text', (column) => column.notNull())
		.execute();

	await db.schema
		.createTable('sessions')
		.addColumn('id_hash', 'text', (column) => column.primaryKey())
		.addColumn('user_id', 'text', (column) =>
			column.notNull().references('users.id').onDelete('cascade')
		)
		.addColumn('device', 'text', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addColumn('used_at', 'text', (column) => column.notNull())
		.addColumn('expires_at', 'text', (column) => column.notNull())
		.execute();
	await db.schema.createIndex('sessions_user').on('sessions').column('user_id').execute();
}
