/** `npm run rooms -- check [<id>]` and `npm run rooms -- restore <id>`; also part of `npm run admin`. */
import { runTool } from './command-line.ts';
import { CHECK, RESTORE } from './room-commands.ts';

await runTool('npm run rooms --', { check: CHECK, restore: RESTORE });
