/** Links to set a new password, passkeys, and what a browser is asked to sign with one. */
import type { ColumnDataType, Kysely } from 'kysely';
import { SqliteAdapter } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	const bytes: ColumnDataType =
		db.getExecutor().adapter instanceof SqliteAdapter ? 'blob' : 'bytea';

	await db.schema
		.createTable('password_resets')
		.addColumn('token_hash', 'text', (column) => column.primaryKey())
		.addColumn('user_id', 'text', (column) =>
			column.notNull().references('users.id').onDelete('cascade')
		)
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addColumn('expires_at', 'text', (column) => column.notNull())
		.addColumn('used_at', 'text')
		.execute();
	await db.schema
		.createIndex('password_resets_user')
		.on('password_resets')
		.column('user_id')
		.execute();

	await db.schema
		.createTable('passkeys')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('user_id', 'text', (column) =>
			column.notNull().references('users.id').onDelete('cascade')
		)
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('public_key', bytes, (column) => column.notNull())
		// Up to 2^32 - 1.
		.addColumn('counter', 'bigint', (column) => column.notNull())
		.addColumn('transports', 'text', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addColumn('used_at', 'text')
		.execute();
	await db.schema.createIndex('passkeys_user').on('passkeys').column('user_id').execute();

	await db.schema
		.createTable('passkey_challenges')
		.addColumn('browser_hash', 'text', (column) => column.primaryKey())
		.addColumn('challenge', 'text', (column) => column.notNull())
		.addColumn('purpose', 'text', (column) => column.notNull())
		.addColumn('user_id', 'text', (column) => column.references('users.id').onDelete('cascade'))
		.addColumn('expires_at', 'text', (column) => column.notNull())
		.execute();
	await db.schema
		.createIndex('passkey_challenges_expiry')
		.on('passkey_challenges')
		.column('expires_at')
		.execute();
}
