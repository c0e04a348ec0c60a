/** What `npm run rooms` says of a room, as lines for the person who runs the server. */
import { counted } from './command-line.ts';
import type { Range } from '../server/sync/inspect-room.ts';
import type { Repair, RoomHealth } from '../server/sync/repair.ts';

export function wordsOfCheck(id: string, health: RoomHealth): string[] {
	const { damaged, opens } = health;
	const lines = [`Room ${id}${titleOf(health)} is damaged:`];
	for (const { kind, seq, fault } of damaged) lines.push(`  ${kind} ${seq} ${fault}`);
	if (damaged.length === 0) lines.push(`  ${wordsOfMissing(health)} gone`);
	lines.push(
		opens
			? '  It still opens, and all of it is there: only what is kept in reserve is damaged.'
			: '  It is set aside: nobody can open it until it is restored.',
		`  After \`npm run rooms -- restore ${id}\`: ${outcomeOf(health)}`
	);
	return lines;
}

export function wordsOfRepair(id: string, { before, kept }: Repair): string[] {
	const lines = [
		`Room ${id}${titleOf(before)} is restored and can be opened. ${outcomeOf(before)}`
	];
	if (kept.length > 0) lines.push('What was taken out of the database is kept:');
	return [...lines, ...kept.map((path) => `  ${path}`)];
}

function outcomeOf(health: RoomHealth): string {
	const { missing, seq, cards, waitingBytes } = health;
	if (missing.length === 0) return 'Nothing of it is lost.';
	const read =
		missing.length === 1 && missing[0]?.from === 1 && missing[0].to === seq
			? 'Nothing of it can be read, so the board is empty.'
			: `The board has ${counted(cards, 'card')}.`;
	const waiting =
		waitingBytes > 0 ? ` ${counted(waitingBytes, 'byte')} of what came later wait for that.` : '';
	return (
		`${read} ${wordsOfMissing(health)} missing.${waiting} ` +
		'A device that still has what is missing brings it back when it opens the board.'
	);
}

/** Such as `Changes 3 and 7 to 9 of 12 are`. A change is what was stored at a time. */
function wordsOfMissing({ missing, seq }: RoomHealth): string {
	const numbers = missing.map(({ from, to }: Range) =>
		from === to ? `${from}` : `${from} to ${to}`
	);
	const isOne = missing.length === 1 && missing[0]?.from === missing[0]?.to;
	const list = new Intl.ListFormat('en-GB').format(numbers);
	return `${isOne ? 'Change' : 'Changes'} ${list} of ${seq} ${isOne ? 'is' : 'are'}`;
}

const titleOf = ({ title }: RoomHealth): string => (title === '' ? '' : ` (“${title}”)`);
