import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from './data-folder.ts';
import { databaseFile, openDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { temporaryFolder } from './open-test-databases.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

it('the data folder is made with what is above it, for its owner only', () => {
	const above = join(temporaryFolder(), 'a b');
	const folder = join(above, 'c');
	makeFolder(folder);
	makeFolder(folder);
	expect([modeOf(above), modeOf(folder)]).toEqual(['700', '700']);
});

it('nobody else may read the database, also in a folder that others may enter', async () => {
	const folder = join(temporaryFolder(), 'data');
	mkdirSync(folder, { mode: 0o755 });
	const db = openDatabase(folder);
	onTestFinished(() => db.destroy());
	await migrate(db);
	for (const end of ['', '-wal', '-shm']) expect(modeOf(databaseFile(folder) + end)).toBe('600');
});

it('what is no folder, or lies in none, is an error of the file system', () => {
	const file = join(temporaryFolder(), 'file');
	writeFileSync(file, '');
	expect(() => makeFolder(join(file, 'data'))).toThrow('ENOTDIR');
	expect(() => openDatabase(file)).toThrow('ENOTDIR');
});
