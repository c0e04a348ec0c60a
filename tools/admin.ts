/**
 * `npm run admin -- <command>`: what whoever runs the server does with it. What is safe beside a
 * running server works beside it; the rest says in a sentence that it must be stopped.
 */
import { runTool } from './command-line.ts';
import { BACKUP, RESTORE_ALL } from './data-commands.ts';
import {
	CREATE_USER,
	ERASE_PERSON,
	LIST_ROOMS,
	LIST_USERS,
	RESET_LINK
} from './people-commands.ts';
import { CHECK, RESTORE } from './room-commands.ts';

await runTool('npm run admin --', {
	'create-user': CREATE_USER,
	'reset-link': RESET_LINK,
	'list-users': LIST_USERS,
	'list-rooms': LIST_ROOMS,
	'erase-person': ERASE_PERSON,
	backup: BACKUP,
	restore: RESTORE_ALL,
	'check-rooms': CHECK,
	'restore-room': RESTORE
});
