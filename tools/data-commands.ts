/** Backing up the database, beside the server, and putting a backup in its place, without it. */
import { readConfig } from '../server/config.ts';
import { backUp } from '../server/admin/backup.ts';
import { restore } from '../server/admin/restore.ts';
import { counted, say, type Command } from './command-line.ts';

export const BACKUP: Command = {
	takes: '<file>',
	least: 1,
	most: 1,
	does: 'writes a consistent copy of everything; the server may go on',
	async run([file = '']) {
		const { file: to, bytes, damaged, ...found } = backUp(readConfig().dataDir, file);
		say(`${wordsOf(found)} are in ${to}, ${megabytes(bytes)}. The copy is checked and whole.`);
		if (damaged === 0) return 0;
		say(wordsOfDamage(damaged));
		return 1;
	}
};

export const RESTORE_ALL: Command = {
	takes: '<file>',
	least: 1,
	most: 1,
	does: 'puts a backup in the place of the database; the server must be stopped',
	async run([file = '']) {
		const { dataDir } = readConfig();
		const { kept, damaged, ...found } = await restore(dataDir, file, new Date());
		say(`${wordsOf(found)} are restored to ${dataDir}. Everybody signs in again.`);
		if (kept !== null) {
			say(`What was there before is kept in ${kept}. Delete it when it is of no more use.`);
		}
		say('Whoever and whatever was erased since the backup is back: erase it again.');
		if (damaged > 0) say(wordsOfDamage(damaged));
		return 0;
	}
};

function wordsOf({ rooms, users }: { rooms: number; users: number }): string {
	return `${counted(rooms, 'room')} and ${counted(users, 'account')}`;
}

function wordsOfDamage(damaged: number): string {
	return `${counted(damaged, 'stored piece')} of boards ${damaged === 1 ? 'is' : 'are'} damaged: run \`npm run admin -- check-rooms\`.`;
}

function megabytes(bytes: number): string {
	return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
