/**
 * What the tools for whoever runs the server share: they read `DATA_DIR` like the server, answer in
 * sentences, and end with 0 when all is well, 1 when something is not or could not be done, 2 when
 * they were asked in the wrong way.
 */
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart } from '../server/cannot-start.ts';
import { CannotDo } from '../server/admin/cannot-do.ts';
import { readConfig } from '../server/config.ts';
import { databaseFile, openDatabase, type Database } from '../server/database/database.ts';
import { isMigrated } from '../server/database/migrate.ts';
import { isBroken, isStorageFailure } from '../server/storage-failure.ts';
import { UnknownRoom } from '../server/sync/repair.ts';

/** While the server writes, the database may be busy for moments. */
const TRIES = 20;
const PAUSE_MS = 250;

export interface Command {
	/** What follows its name, such as `<id>`. */
	takes: string;
	/** How many arguments that are, at least and at most. */
	least: number;
	most: number;
	/** What it does, as the end of a line. */
	does: string;
	/** Answers the exit code. */
	run(args: string[]): Promise<number>;
}

/** Runs what was asked for, and sets the exit code. `tool` is such as `npm run rooms --`. */
export async function runTool(tool: string, commands: Record<string, Command>): Promise<void> {
	const [name = '', ...args] = process.argv.slice(2);
	const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
	if (command === undefined || args.length < command.least || args.length > command.most) {
		console.error(usage(tool, commands));
		process.exitCode = 2;
		return;
	}
	try {
		process.exitCode = await command.run(args);
	} catch (error) {
		const lines = error instanceof CannotStart ? error.sentences : [sentenceOf(error) ?? error];
		for (const line of lines) console.error(line);
		process.exitCode = 1;
	}
}

function usage(tool: string, commands: Record<string, Command>): string {
	const lines = Object.entries(commands).map(([name, { takes, does }]) => ({
		call: `${tool} ${name}${takes === '' ? '' : ` ${takes}`}`,
		does
	}));
	const width = Math.max(...lines.map(({ call }) => call.length));
	return lines.map(({ call, does }) => `${call.padEnd(width)}   ${does}`).join('\n');
}

/** Does `work` with the server's database, which the server may be using at the same time. */
export async function withDatabase<T>(
	work: (db: Database, dataDir: string) => Promise<T>
): Promise<T> {
	const { dataDir } = readConfig();
	if (!existsSync(databaseFile(dataDir))) {
		throw new CannotDo(`There is no database in ${dataDir}. DATA_DIR says where to look.`);
	}
	const db = openDatabase(dataDir);
	try {
		if (!(await isMigrated(db))) {
			throw new CannotDo(
				'The database was made by an older version of this server. Start the server once; it brings the database up to date.'
			);
		}
		return await work(db, dataDir);
	} finally {
		await db.destroy();
	}
}

/** Tries again while the database is busy. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
	for (let left = TRIES; ; left--) {
		try {
			return await work();
		} catch (error) {
			if (left <= 1 || !isStorageFailure(error)) throw error;
			await pause(PAUSE_MS);
		}
	}
}

/** Undefined for what nobody expected: that shows with its stack. */
function sentenceOf(error: unknown): string | undefined {
	if (error instanceof CannotDo) return error.message;
	if (error instanceof UnknownRoom) return `There is no room ${error.message}.`;
	if (!(error instanceof Error)) return undefined;
	if (isBroken(error)) {
		return `The database file itself cannot be read (${error.message}). Stop the server and put a backup in its place.`;
	}
	if (isStorageFailure(error)) {
		return `The database cannot be used now (${error.message}). Nothing was changed; try again.`;
	}
	return undefined;
}

/** Such as `1 room` and `2 rooms`. */
export const counted = (number: number, what: string): string =>
	`${number} ${what}${number === 1 ? '' : 's'}`;

export function say(...lines: readonly string[]): void {
	for (const line of lines) console.log(line);
}

/** Rows under their heads, each column as wide as it needs to be. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
	const all = [heads, ...rows];
	const widths = heads.map((_, column) =>
		Math.max(...all.map((row) => [...(row[column] ?? '')].length))
	);
	return all.map((row) =>
		row
			.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - [...cell].length))
			.join('  ')
			.trimEnd()
	);
}
