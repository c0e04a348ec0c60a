/** Blind rounds: what is asked, of which cards, and who placed them where. They go with their room. */
import type { Kysely } from 'kysely';
import { sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createTable('rounds')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('number', 'integer', (column) => column.notNull())
		.addColumn('state', 'text', (column) => column.notNull())
		.addColumn('named', 'integer', (column) => column.notNull())
		.addColumn('ends', 'text', (column) => column.notNull())
		.addColumn('ends_at', 'text')
		.addColumn('least', 'integer', (column) => column.notNull())
		.addColumn('consensus', 'double precision', (column) => column.notNull())
		.addColumn('repeats', 'text')
		.addColumn('opened_at', 'text', (column) => column.notNull())
		.addColumn('closed_at', 'text')
		.addColumn('columns', 'text')
		.addColumn('placements', 'integer', (column) => column.notNull().defaultTo(0))
		.addUniqueConstraint('rounds_number', ['room_id', 'number'])
		.execute();
	// Whoever opens a second one at the same moment is refused by the database.
	await db.schema
		.createIndex('rounds_open')
		.on('rounds')
		.column('room_id')
		.unique()
		.where(sql.ref('state'), '=', sql.lit('open'))
		.execute();

	await db.schema
		.createTable('round_cards')
		.addColumn('round_id', 'text', (column) =>
			column.notNull().references('rounds.id').onDelete('cascade')
		)
		.addColumn('card_id', 'text', (column) => column.notNull())
		.addColumn('place', 'integer', (column) => column.notNull())
		.addColumn('counts', 'text')
		.addColumn('decision', 'text')
		.addColumn('decided_column', 'text')
		.addPrimaryKeyConstraint('round_cards_key', ['round_id', 'card_id'])
		.execute();

	await db.schema
		.createTable('placements')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('round_id', 'text', (column) =>
			column.notNull().references('rounds.id').onDelete('cascade')
		)
		.addColumn('card_id', 'text', (column) => column.notNull())
		// Null once the person is erased; the answer still counts.
		.addColumn('person_id', 'text')
		.addColumn('column_id', 'text', (column) => column.notNull())
		.addColumn('confidence', 'text')
		.addColumn('reason', 'text')
		.addUniqueConstraint('placements_one', ['round_id', 'person_id', 'card_id'])
		.execute();
	await db.schema.createIndex('placements_person').on('placements').column('person_id').execute();
}
