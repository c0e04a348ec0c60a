/**
 * How people come into a room and stay out of it: doors with a lobby, a limit and an end; who waits;
 * who was removed. What a facilitator decided about a member stands beside the membership.
 */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	// 1: the facilitator lets each one in.
	await db.schema
		.alterTable('room_codes')
		.addColumn('lobby', 'integer', (column) => column.notNull().defaultTo(0))
		.execute();
	await db.schema.alterTable('room_codes').addColumn('people_max', 'integer').execute();
	await db.schema.alterTable('room_codes').addColumn('closed_at', 'text').execute();

	// What a facilitator calls a guest here; null for the guest's own name.
	await db.schema.alterTable('members').addColumn('name', 'text').execute();
	// Set when somebody decided the role: no code raises it any more.
	await db.schema.alterTable('members').addColumn('assigned_at', 'text').execute();
	// The role of the door that the person came in by; null for those who came by none.
	await db.schema.alterTable('members').addColumn('door', 'text').execute();

	await db.schema
		.createTable('waiting')
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('person_id', 'text', (column) => column.notNull())
		.addColumn('role', 'text', (column) => column.notNull())
		.addColumn('asked_at', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('waiting_pk', ['room_id', 'person_id'])
		.execute();
	await db.schema.createIndex('waiting_person').on('waiting').column('person_id').execute();

	await db.schema
		.createTable('removals')
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('person_id', 'text', (column) => column.notNull())
		.addColumn('reason', 'text', (column) => column.notNull())
		.addColumn('removed_at', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('removals_pk', ['room_id', 'person_id'])
		.execute();
	await db.schema.createIndex('removals_person').on('removals').column('person_id').execute();
}
