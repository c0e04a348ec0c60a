/**
 * SQLite through `node:sqlite`, which needs no native build. Every commit is on disk before it
 * returns: write-ahead log with `synchronous=FULL`.
 */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SqliteDialect, type SqliteDatabase } from 'kysely';

/**
 * How long a statement waits for another process's lock, in milliseconds. Calls are synchronous,
 * so this is also how long the event loop may stand still; whoever must not fail tries again.
 */
const BUSY_TIMEOUT_MS = 100;

/** The dialect over the database file at `path` (or `:memory:`). Throws when it cannot be opened. */
export function sqliteDialect(path: string): SqliteDialect {
	const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
	database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;');
	return new SqliteDialect({ database: asKyselyDatabase(database) });
}

/** What Kysely's dialect asks of better-sqlite3, answered by `node:sqlite`. */
function asKyselyDatabase(database: DatabaseSync): SqliteDatabase {
	return {
		close: () => database.close(),
		prepare(sql) {
			const statement = database.prepare(sql);
			const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
			return {
				reader: statement.columns().length > 0,
				all: (parameters) => statement.all(...values(parameters)),
				run: (parameters) => statement.run(...values(parameters)),
				iterate: (parameters) => statement.iterate(...values(parameters))
			};
		}
	};
}
