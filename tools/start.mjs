/**
 * `npm start`: installs and builds when needed, then serves. Runs on the Node that the machine
 * has, before anything is installed; the server itself runs on the Node that comes with it.
 */
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { ROOT, run, SERVER_FLAGS, serverNode } from './run.mjs';

try {
	await ensureInstalled();
	await ensureBuilt();
	process.exitCode = await run(serverNode(), [...SERVER_FLAGS, join(ROOT, 'server', 'main.ts')]);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
