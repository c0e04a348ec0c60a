/**
 * `npm run admin -- <command>`: what whoever runs the server does with it. What is safe beside a
 * running server works beside it; the rest says in a sentence that it must be stopped.
 */
import { runTool } from './command-line.ts';
import { BACKUP, RESTORE_ALL } from './data-commands.ts';
import { CHECK, RESTORE } from './room-commands.ts';

await runTool('npm run admin --', {
	backup: BACKUP,
	restore: RESTORE_ALL,
	'check-rooms': CHECK,
	'restore-room': RESTORE
});
