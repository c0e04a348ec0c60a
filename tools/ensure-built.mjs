/**
 * Builds the app when the build is not of the present sources. The build carries a stamp with the
 * hash of what it was made from, so neither clocks nor deleted files mislead.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, run, serverNode } from './run.mjs';

const FOLDERS = ['src', 'static'];
const FILES = ['package.json', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
const STAMP = join(ROOT, 'build', '.sources');

/** Runs `vite build` if needed. Throws when that fails. */
export async function ensureBuilt() {
	const sources = await hashOfSources();
	if ((await readStamp()) === sources) return;
	console.log('Building the app…');
	const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
	const code = await run(serverNode(), [vite, 'build', '--logLevel', 'error']);
	if (code !== 0) throw new Error(`\`vite build\` failed with exit code ${code}.`);
	await writeFile(STAMP, sources);
}

async function hashOfSources() {
	const listed = await Promise.all(FOLDERS.map(filesIn));
	const files = [...FILES, ...listed.flat()].sort();
	const contents = await Promise.all(files.map((file) => readFile(join(ROOT, file))));
	const hash = createHash('sha256');
	files.forEach((file, index) => {
		hash.update(`${file}\0${contents[index]?.length}\0`).update(contents[index] ?? '');
	});
	return hash.digest('hex');
}

/** @param {string} folder */
async function filesIn(folder) {
	const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
		.map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));
}

/** The stamp, or undefined when there is no finished build. */
async function readStamp() {
	try {
		return await readFile(STAMP, 'utf8');
	} catch {
		return undefined;
	}
}
