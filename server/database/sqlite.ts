/**
 * SQLite through `node:sqlite`, which needs no native build. Every commit is on disk before it
 * returns: write-ahead log with `synchronous=FULL`. What is deleted is overwritten, so that an
 * erased room does not stay readable in the file.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteDialect, type SqliteDatabase } from 'kysely';

/**
 * How long a statement waits for another process's lock, in milliseconds. Calls are synchronous,
 * so this is also how long the event loop may stand still; whoever must not fail tries again.
 */
const BUSY_TIMEOUT_MS = 100;

/** The dialect over the database file at `path` (or `:memory:`). Throws when it cannot be opened. */
export function sqliteDialect(path: string): SqliteDialect {
	const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
	database.exec(`
		pragma journal_mode = wal;
		pragma synchronous = full;
		pragma foreign_keys = on;
		pragma secure_delete = on;
	`);
	return new SqliteDialect({ database: asKyselyDatabase(database) });
}

/** Prepared statements that are kept; beyond it all are dropped. The server has far fewer. */
const MAX_STATEMENTS = 500;
/** Longer ones are not: an insert of many rows is rare in that very number, and holds its blobs. */
const MAX_KEPT_LENGTH = 1_000;
/** A statement holds what was last bound to it: with more bytes than this it is not kept. */
const MAX_KEPT_BYTES = 16_384;

/** What Kysely's dialect asks of better-sqlite3, answered by `node:sqlite`. */
function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
	const kept = new Map<string, StatementSync>();
	const prepare = (sql: string) => {
		const known = kept.get(sql);
		if (known !== undefined) return known;
		if (kept.size >= MAX_STATEMENTS) kept.clear();
		const statement = database.prepare(sql);
		if (sql.length <= MAX_KEPT_LENGTH) kept.set(sql, statement);
		return statement;
	};
	const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
	return {
		close: () => database.close(),
		prepare(sql) {
			// A schema that has changed since is seen: SQLite prepares again by itself.
			const statement = prepare(sql);
			return {
				reader: statement.columns().length > 0,
				all: (parameters) => statement.all(...values(parameters)),
				run(parameters) {
					if (blobBytes(parameters) > MAX_KEPT_BYTES) kept.delete(sql);
					return statement.run(...values(parameters));
				},
				// Its rows are read while others run: it has a statement to itself.
				iterate: (parameters) => database.prepare(sql).iterate(...values(parameters))
			};
		}
	};
}

function blobBytes(parameters: readonly unknown[]): number {
	return parameters.reduce<number>(
		(sum, value) => sum + (value instanceof Uint8Array ? value.byteLength : 0),
		0
	);
}
