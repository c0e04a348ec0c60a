/** Accounts and guests, for whoever runs the server; all of it beside a running server. */
import {
	createUser,
	erasePerson,
	findErasable,
	makeResetLink,
	type Erasable
} from '../server/admin/people.ts';
import { listRooms, listUsers } from '../server/admin/listing.ts';
import { RESET_MINUTES, type ResetLink } from '../server/auth/password-resets.ts';
import { readConfig } from '../server/config.ts';
import { counted, patiently, say, withDatabase, type Command } from './command-line.ts';

export const CREATE_USER: Command = {
	takes: '<e-mail> <name>',
	least: 2,
	most: 2,
	does: 'makes an account, and a link with which its person sets the password',
	run: ([email = '', name = '']) =>
		withDatabase(async (db) => {
			const link = await patiently(() => createUser(db, { email, name }, new Date()));
			say(`The account of ${name} is made. Give them this link yourself:`, ...wordsOfLink(link));
			return 0;
		})
};

export const RESET_LINK: Command = {
	takes: '<e-mail or id>',
	least: 1,
	most: 1,
	does: 'makes a link with which somebody sets a new password',
	run: ([who = '']) =>
		withDatabase(async (db) => {
			const link = await patiently(() => makeResetLink(db, who, new Date()));
			say('Give them this link yourself:', ...wordsOfLink(link));
			return 0;
		})
};

export const LIST_USERS: Command = {
	takes: '',
	least: 0,
	most: 0,
	does: 'lists the accounts',
	run: () =>
		withDatabase(async (db) => {
			const users = await patiently(() => listUsers(db));
			const rows = users.map(({ id, email, name, createdAt, teams }) => [
				id,
				createdAt.slice(0, 10),
				counted(teams, 'team'),
				email,
				name
			]);
			say(...table(rows), `${counted(users.length, 'account')}.`);
			return 0;
		})
};

export const LIST_ROOMS: Command = {
	takes: '',
	least: 0,
	most: 0,
	does: 'lists the rooms, the newest first',
	run: () =>
		withDatabase(async (db) => {
			const rooms = await patiently(() => listRooms(db));
			const rows = rooms.map(({ id, title, team, createdAt, changedAt, people, state }) => [
				id,
				`made ${createdAt.slice(0, 10)}`,
				changedAt === null ? 'never changed' : `changed ${changedAt.slice(0, 10)}`,
				people === 1 ? '1 person' : `${people} people`,
				state,
				team === null ? '-' : team,
				title ?? 'Untitled'
			]);
			say(...table(rows), `${counted(rooms.length, 'room')}.`);
			return 0;
		})
};

export const ERASE_PERSON: Command = {
	takes: '<e-mail or id> [yes]',
	least: 1,
	most: 2,
	does: 'says what goes with a person; with yes, erases them for good',
	run: ([who = '', sure = '']) =>
		withDatabase(async (db) => {
			const person = await patiently(() => findErasable(db, who));
			if (sure !== 'yes') {
				say(...wordsOfErasure(person), 'Nothing was erased. To do it, add yes at the end.');
				return 1;
			}
			await patiently(() => erasePerson(db, person, new Date()));
			say(
				`${person.name} is erased. Backups still hold them: see docs/operating.md.`,
				'A server that is running closes their pages within two seconds.'
			);
			return 0;
		})
};

function wordsOfErasure(person: Erasable): string[] {
	if (person.kind === 'guest') {
		return [`${person.name} is a guest. Their name and every tie of it to a room would go.`];
	}
	const { name, email, rooms, soleOwnerOf } = person;
	const lines = [
		`${name} (${email}) would go, with ${counted(rooms, 'room')} that they alone own. What is a team's stays.`
	];
	if (soleOwnerOf.length > 0) {
		lines.push(`Before that, ${soleOwnerOf.join(', ')} must have another owner.`);
	}
	return lines;
}

/** Without `ORIGIN` the address is that which the server listens on. */
function wordsOfLink({ path }: ResetLink): string[] {
	const { origin, host, port } = readConfig();
	const address = origin ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
	return [`${address}${path}`, `It works once, within ${RESET_MINUTES} minutes.`];
}

/** Columns in line. */
function table(rows: readonly string[][]): string[] {
	const width = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
	return rows.map((row) =>
		row
			.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(width(column))))
			.join('  ')
	);
}
