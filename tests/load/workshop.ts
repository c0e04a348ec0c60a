/**
 * `npm run bench:workshop`: a whole workshop on the product as people run it, over loopback.
 *
 *   npm run bench:workshop                   everything, in less than three minutes
 *   npm run bench:workshop -- --quick        a short run with few people, to see that it works
 *   npm run bench:workshop -- --people 100 --viewers 300
 *   npm run bench:workshop -- --profile      where the server's time goes
 *
 * Fails when something goes wrong, never because it is slow: that is for whoever reads the table.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hottest } from './run/profile.ts';
import { blindRound, type Round } from './workshop/blind-round.ts';
import { haveCards, leave, openHall, seat } from './workshop/hall.ts';
import { startProduct } from './workshop/product.ts';
import { audienceTable, roundTable } from './workshop/table.ts';
import { audience } from './workshop/viewers.ts';

/** The longest that all of it may take, in milliseconds. */
const LONGEST_MS = 240_000;

const { values } = parseArgs({
	options: {
		quick: { type: 'boolean', default: false },
		profile: { type: 'boolean', default: false },
		people: { type: 'string' },
		viewers: { type: 'string' }
	}
});
const { quick, profile } = values;
const people = Number(values.people ?? (quick ? 20 : 200));
const viewers = Number(values.viewers ?? (quick ? 30 : 500));
const seconds = quick ? 3 : 30;
const rounds: Round[] = [
	{ name: '1 card', cards: 1, answers: 1, seconds },
	{ name: '25 cards', cards: 25, answers: 25, seconds },
	{ name: '1 card, all at once', cards: 1, answers: 1, seconds: 1 },
	{ name: '25 cards, as fast as they are stored', cards: 25, answers: 5, seconds: 0 },
	{ name: '500 cards', cards: 500, answers: 5, seconds: seconds / 3 }
];
if (![people, viewers].every((count) => Number.isInteger(count) && count >= 1 && count <= 595)) {
	console.error('--people and --viewers are whole numbers from 1 to 595.');
	process.exit(1);
}

setTimeout(() => {
	console.error(`No end within ${LONGEST_MS / 1_000} s.`);
	process.exit(1);
}, LONGEST_MS).unref();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => process.exit(130));
}
const profiles = mkdtempSync(join(tmpdir(), 'detente-profile-'));
process.once('exit', () => rmSync(profiles, { recursive: true, force: true }));

const product = await startProduct(profile ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []);
const hall = await openHall(product);
await seat(product, hall, people);
for (const round of rounds) {
	await haveCards(product, hall, round.cards);
	console.log(roundTable(round, people, await blindRound(product, hall, round)));
}
leave(hall);
const looked = { viewers, cards: 40, perSecond: 10, seconds: quick ? 3 : 20 };
console.log(audienceTable(looked, await audience(product, looked)));
await product.stop();
if (product.log() !== '') throw new Error(`The server's log is not empty:\n${product.log()}`);
for (const file of readdirSync(profiles)) console.log(hottest(join(profiles, file), 40).join('\n'));
