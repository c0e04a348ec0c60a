/**
 * Bytes that are taken out of the database are kept as files first, on disk before the database
 * forgets them.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps `data` as `folder/<name>.bin`, or `<name>-2.bin`, ... when that holds something else. */
export function keepFile(folder: string, name: string, data: Uint8Array): string {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	for (let count = 1; ; count++) {
		const path = join(folder, `${name}${count === 1 ? '' : `-${count}`}.bin`);
		if (writeNew(path, data)) {
			syncFolder(folder);
			return path;
		}
		// A repair that was cut off has left it.
		if (readFileSync(path).equals(data)) return path;
	}
}

/** False when there is such a file. */
function writeNew(path: string, data: Uint8Array): boolean {
	let file: number;
	try {
		file = openSync(path, 'wx', 0o600);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
		throw error;
	}
	try {
		for (let done = 0; done < data.byteLength;) done += writeSync(file, data, done);
		fsyncSync(file);
	} finally {
		closeSync(file);
	}
	return true;
}

/** The name of a new file is on disk once its folder is. */
function syncFolder(folder: string): void {
	const handle = openSync(folder, 'r');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}
