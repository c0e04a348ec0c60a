/**
 * What happened in each room, as rows. Checkpoints become some of them; what a room's board was
 * before is not known, so that the record of an older room begins with its next change.
 */
import type { Kysely } from 'kysely';
import { SqliteAdapter } from 'kysely';

interface Checkpoint {
	id: string;
	room_id: string;
	name: string;
	at: string;
	formula: number;
	value: number | null;
	low: number | null;
	high: number | null;
	word: string | null;
	coverage: number;
}
interface Row extends Omit<Checkpoint, 'id' | 'name'> {
	kind: string;
	became: string;
}
type Between = { checkpoints: Checkpoint; history: Row };

const BATCH = 500;

export async function up(db: Kysely<unknown>): Promise<void> {
	// Kysely wraps migrations only on PostgreSQL; half of this one would leave no way to start.
	if (db.isTransaction) await build(db as Kysely<Between>);
	else await db.transaction().execute((trx) => build(trx as Kysely<Between>));
}

async function build(db: Kysely<Between>): Promise<void> {
	const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
	await db.schema
		.createTable('history')
		.addColumn('seq', isSqlite ? 'integer' : 'bigserial', (column) =>
			isSqlite ? column.primaryKey().autoIncrement() : column.primaryKey()
		)
		.addColumn('room_id', 'text', (column) =>
			column.notNull().references('rooms.id').onDelete('cascade')
		)
		.addColumn('at', 'text', (column) => column.notNull())
		.addColumn('person_id', 'text')
		.addColumn('kind', 'text', (column) => column.notNull())
		.addColumn('subject_id', 'text')
		.addColumn('was', 'text')
		.addColumn('became', 'text')
		.addColumn('reason', 'text')
		.addColumn('source', 'text')
		.addColumn('formula', 'integer', (column) => column.notNull())
		.addColumn('value', 'double precision')
		.addColumn('low', 'double precision')
		.addColumn('high', 'double precision')
		.addColumn('word', 'text')
		.addColumn('coverage', 'double precision', (column) => column.notNull())
		.execute();
	await db.schema.createIndex('history_room').on('history').columns(['room_id', 'seq']).execute();
	await db.schema
		.createIndex('history_kind')
		.on('history')
		.columns(['room_id', 'kind', 'seq'])
		.execute();
	await db.schema.createIndex('history_person').on('history').column('person_id').execute();
	await moveCheckpoints(db);
	await db.schema.dropTable('checkpoints').execute();
}

async function moveCheckpoints(db: Kysely<Between>): Promise<void> {
	const checkpoints = await db
		.selectFrom('checkpoints')
		.selectAll()
		.orderBy('at')
		.orderBy('id')
		.execute();
	const rows = checkpoints.map(({ id: _, name, ...reading }): Row => ({
		...reading,
		kind: 'checkpoint',
		became: JSON.stringify({ name })
	}));
	for (let start = 0; start < rows.length; start += BATCH) {
		await db
			.insertInto('history')
			.values(rows.slice(start, start + BATCH))
			.execute();
	}
}
