/** Reveals the rounds that end by themselves: at their time, or when all who are here have placed all. */
import { cardEntries } from '#board/read-board.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { isAtLeast, may } from '../policy/room-policy.ts';
import type { LiveRooms } from '../sync/live-rooms.ts';
import { reveal } from './reveal.ts';
import { countByPerson, findOpen, findRoundCards } from './round.repository.ts';
import type { Round } from './round.table.ts';

const LOOK_MS = 500;
/** How long people may take to be here again after a start of the server. */
const RETURN_MS = 30_000;

export interface KeeperParts {
	db: Database;
	liveRooms: Pick<LiveRooms, 'read' | 'edit' | 'stageChanged' | 'people'>;
	log: Log;
	now?: () => Date;
}

/** Looks twice a second until it is stopped; what is open survives a restart in the database. */
export function startRoundKeeper({ log, ...parts }: KeeperParts): { stop(): Promise<void> } {
	let looking = Promise.resolve();
	const startedAt = performance.now();
	const timer = setInterval(() => {
		const areBack = performance.now() - startedAt >= RETURN_MS;
		looking = looking
			.then(() => revealDue({ ...parts, areBack }))
			.catch((error: unknown) => log.error({ err: error }, 'cannot look after the rounds'));
	}, LOOK_MS);
	return {
		async stop() {
			clearInterval(timer);
			await looking;
		}
	};
}

/** Reveals what is due now. `areBack`: who is here now are all who are coming. */
export async function revealDue({
	db,
	liveRooms,
	areBack = true,
	now = () => new Date()
}: Omit<KeeperParts, 'log'> & { areBack?: boolean }): Promise<void> {
	for (const round of await findOpen(db)) {
		const at = now();
		const isOver = round.ends_at !== null && round.ends_at <= at.toISOString();
		const hasAll = areBack && round.ends === 'all' && (await haveAll({ db, liveRooms }, round));
		if (isOver || hasAll) {
			await reveal({ db, liveRooms }, round, at);
		}
	}
}

/**
 * Whoever is not here is not waited for, nor a facilitator who has placed nothing; what would show
 * nothing is not revealed.
 */
async function haveAll(
	{ db, liveRooms }: Pick<KeeperParts, 'db' | 'liveRooms'>,
	round: Round
): Promise<boolean> {
	const placed = await countByPerson(db, round.id);
	if (placed.size < round.least) return false;
	const onBoard = await liveRooms.read(
		round.room_id,
		(doc) => new Set(cardEntries(doc).placed.map(([id]) => id))
	);
	const asked = (await findRoundCards(db, round.id)).filter(({ card_id }) => onBoard.has(card_id));
	const waitedFor = liveRooms
		.people(round.room_id)
		.filter(({ role }) => may(role, 'rounds.place'))
		.filter(({ id, role }) => !isAtLeast(role, 'facilitator') || placed.has(id));
	// Where nobody is, there is nobody to show it to.
	return waitedFor.length > 0 && waitedFor.every(({ id }) => (placed.get(id) ?? 0) >= asked.length);
}
